"""Warm-up: a version answers the requests stored with it before it answers a client's.

The file and its limits are TensorFlow Serving's (saved_model_warmup_util.h at 2.16.1).
"""

from collections.abc import Callable
from typing import Any

import tensorflow as tf
from google.protobuf.message import Message
from tensorflow_serving.apis import prediction_log_pb2

from serving.server.errors import invalid_argument, unimplemented
from serving.server.methods.classify_method import read_classification_request
from serving.server.methods.model_call import Call
from serving.server.methods.multi_inference_method import read_multi_inference_request
from serving.server.methods.predict_method import read_predict_request
from serving.server.methods.regress_method import read_regression_request
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.versions import Version

_WARMUP_FILE = "assets.extra/tf_serving_warmup_requests"
_MOST_RECORDS = 1000
READERS: dict[str, Callable[[LoadedModel, Any], Call[Message]]] = {
    "predict_log": read_predict_request,
    "classify_log": read_classification_request,
    "regress_log": read_regression_request,
    "multi_inference_log": read_multi_inference_request,
}


def has_warmup_requests(version: Version) -> bool:
    """Tells whether there is anything to answer; a version without starts cold."""
    return (version.path / _WARMUP_FILE).is_file()


def warm_up(model: LoadedModel, version: Version) -> None:
    """Runs every request of the version's warm-up file.

    Records without a request are passed over. Model name and version inside a record are not looked at.

    Raises:
        ServingError: A request failed, more than 1,000 records, or a session or streamed one; the version is not to be
            served.
        tf.errors.OpError: The file is not a TFRecord file.
    """
    file = version.path / _WARMUP_FILE
    for position, record in enumerate(tf.data.TFRecordDataset(str(file)).as_numpy_iterator()):
        if position >= _MOST_RECORDS:
            raise invalid_argument(f"Number of warmup records exceeds the maximum ({_MOST_RECORDS})")
        log = prediction_log_pb2.PredictionLog.FromString(record)
        log_type = log.WhichOneof("log_type")
        if log_type is None:
            continue
        if log_type not in READERS:
            raise unimplemented(f"Unsupported log_type for warmup: {log_type}")
        READERS[log_type](model, getattr(log, log_type).request).answer()
