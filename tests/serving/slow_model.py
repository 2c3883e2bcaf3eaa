"""A model that takes its time: to load, by its warm-up, and to answer, where a request asks for it."""

import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog


class SlowModel(tf.Module):
    """Computes for as long as it is told; `serving_default` answers at once, with the names of the pushed models."""

    def __init__(self, version):
        super().__init__()
        self.version = tf.Variable(float(version))

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="drawing")])
    def serving_default(self, drawing):
        return {"scores": tf.fill([tf.size(drawing), 3], self.version)}

    @tf.function(input_signature=[tf.TensorSpec([], tf.float64, name="seconds")])
    def compute(self, seconds):
        end = tf.timestamp() + seconds
        turns = tf.constant(0)
        while tf.timestamp() < end:
            turns += 1
        return {"turns": turns}


def compute_request(seconds):
    """Asks for an answer that takes that long."""
    message = PredictRequest()
    message.model_spec.name = "quickdraw"
    message.model_spec.signature_name = "compute"
    message.inputs["seconds"].CopyFrom(tf.make_tensor_proto(seconds, tf.float64))
    return message


def write_slow_model(path, version, seconds_to_load):
    """Writes a version folder whose load takes at least that long."""
    model = SlowModel(version)
    staging = path.parent / f"staging-{path.name}"
    signatures = {"serving_default": model.serving_default, "compute": model.compute}
    tf.saved_model.save(model, str(staging), signatures=signatures)
    log = PredictionLog()
    log.predict_log.request.CopyFrom(compute_request(seconds_to_load))
    (staging / "assets.extra").mkdir()
    with tf.io.TFRecordWriter(str(staging / "assets.extra" / "tf_serving_warmup_requests")) as writer:
        writer.write(log.SerializeToString())
    staging.rename(path)
    return path
