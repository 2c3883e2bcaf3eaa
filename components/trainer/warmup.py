"""TF Serving's warm-up file: requests that a server sends to a model before it takes real ones.

Source of the format: TF Serving's "SavedModel Warmup" guide; TFRecords of `PredictionLog` in
`assets.extra/tf_serving_warmup_requests`. Ours also hold the answers of the exporting process, so that the Pusher can
tell whether a loaded copy still computes the same.
"""

import pathlib
from collections.abc import Callable, Iterator

import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_log_pb2

WARMUP_FILE = "assets.extra/tf_serving_warmup_requests"
MODEL_NAME = "quickdraw"

# A house, one line, a shape of many points, and one text that is no drawing: every branch of the graph runs once.
WARMUP_DRAWINGS = (
    "[[[0,0,255,255,0],[120,255,255,120,120]],[[0,128,255],[120,0,120]]]",
    "[[[0,255],[0,255]]]",
    "[[[" + ",".join(map(str, range(0, 255, 3))) + "],[" + ",".join(map(str, range(254, -1, -3))) + "]]]",
    "not a drawing",
)


def write_warmup_requests(predict: Callable[[tf.Tensor], dict[str, tf.Tensor]], directory: str) -> None:
    """Asks `predict` the warm-up drawings and writes requests and answers.

    Args:
        predict: string `[N]` -> the outputs of `serving_default`.
        directory: the SavedModel that gets the file.
    """
    path = pathlib.Path(directory, WARMUP_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tf.io.TFRecordWriter(str(path)) as writer:
        for drawings in (WARMUP_DRAWINGS[:1], WARMUP_DRAWINGS):
            writer.write(_prediction_log(predict, drawings).SerializeToString())


def read_warmup_logs(directory: str) -> Iterator[predict_pb2.PredictResponse | prediction_log_pb2.PredictLog]:
    """Reads what `write_warmup_requests` wrote.

    Args:
        directory: a SavedModel.

    Yields:
        `PredictLog`s with request and response.
    """
    for record in tf.data.TFRecordDataset(str(pathlib.Path(directory, WARMUP_FILE))):
        yield prediction_log_pb2.PredictionLog.FromString(record.numpy()).predict_log


def _prediction_log(
    predict: Callable[[tf.Tensor], dict[str, tf.Tensor]], drawings: tuple[str, ...]
) -> prediction_log_pb2.PredictionLog:
    log = prediction_log_pb2.PredictionLog()
    inputs = tf.constant(drawings)
    for message in (log.predict_log.request, log.predict_log.response):
        message.model_spec.name = MODEL_NAME
        message.model_spec.signature_name = "serving_default"
    log.predict_log.request.inputs["drawing"].CopyFrom(tf.make_tensor_proto(inputs))
    for name, value in predict(inputs).items():
        log.predict_log.response.outputs[name].CopyFrom(tf.make_tensor_proto(value))
    return log
