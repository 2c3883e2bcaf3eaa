"""Warm-up: a version answers the requests stored with it before it answers a client's.

The file and its limits are TensorFlow Serving's (saved_model_warmup_util.h at 2.16.1).
"""

import tensorflow as tf
from tensorflow_serving.apis import prediction_log_pb2

from serving.server.errors import invalid_argument, unimplemented
from serving.server.loaded_model import LoadedModel
from serving.server.predict_method import predict
from serving.server.versions import Version

_WARMUP_FILE = "assets.extra/tf_serving_warmup_requests"
_MOST_RECORDS = 1000
_NEVER_WARMED = ("session_run_log", "predict_streamed_log")


def warm_up(model: LoadedModel, version: Version) -> None:
    """Runs every Predict request of the version's warm-up file; a version without the file starts cold.

    Records without a request, and those of Classify, Regress and MultiInference, which nobody can call here, are passed
    over. Model name and version inside a record are not looked at.

    Raises:
        ServingError: A request failed, more than 1,000 records, or a session or streamed one; the version is not to be
            served.
        tf.errors.OpError: The file is not a TFRecord file.
    """
    file = version.path / _WARMUP_FILE
    if not file.is_file():
        return
    for position, record in enumerate(tf.data.TFRecordDataset(str(file)).as_numpy_iterator()):
        if position >= _MOST_RECORDS:
            raise invalid_argument(f"Number of warmup records exceeds the maximum ({_MOST_RECORDS})")
        log = prediction_log_pb2.PredictionLog.FromString(record)
        log_type = log.WhichOneof("log_type")
        if log_type == "predict_log":
            predict(model, log.predict_log.request)
        elif log_type in _NEVER_WARMED:
            raise unimplemented(f"Unsupported log_type for warmup: {log_type}")
