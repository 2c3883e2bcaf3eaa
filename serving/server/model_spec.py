"""The `model_spec` of requests and answers."""

from typing import TypeAlias

from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_pb2,
    predict_pb2,
    regression_pb2,
)

from serving.server.errors import invalid_argument

DEFAULT_SIGNATURE = "serving_default"

RequestWithModelSpec: TypeAlias = (
    predict_pb2.PredictRequest
    | classification_pb2.ClassificationRequest
    | regression_pb2.RegressionRequest
    | get_model_metadata_pb2.GetModelMetadataRequest
    | get_model_status_pb2.GetModelStatusRequest
)


def require_model_spec(request: RequestWithModelSpec) -> None:
    """Checks that a request names its model at all; an empty name is found later, when the model is looked up.

    Raises:
        ServingError: INVALID_ARGUMENT (predict_impl.cc:37-41, the same text for every method).
    """
    if not request.HasField("model_spec"):
        raise invalid_argument("Missing ModelSpec")


def signature_name_of(spec: model_pb2.ModelSpec) -> str:
    """Returns the signature a request asks for; an empty name stands for `serving_default`."""
    return spec.signature_name or DEFAULT_SIGNATURE


def answered_spec(name: str, version: int, signature_name: str = "") -> model_pb2.ModelSpec:
    """Returns the spec of an answer: always the number of the version, never its label (util.cc:259-273)."""
    spec = model_pb2.ModelSpec(name=name, signature_name=signature_name)
    spec.version.value = version
    return spec
