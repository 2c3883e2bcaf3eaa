"""Predict requests for the tiny model."""

import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from tests.serving.tiny_model import DRAWING


def predict_request(name="quickdraw", version=None, label=None):
    """Asks for one drawing's words."""
    message = PredictRequest()
    message.model_spec.name = name
    if version is not None:
        message.model_spec.version.value = version
    if label is not None:
        message.model_spec.version_label = label
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto([DRAWING]))
    return message
