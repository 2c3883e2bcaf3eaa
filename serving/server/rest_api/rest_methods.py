"""The REST methods: JSON body in, JSON body out, in TensorFlow Serving's order of checks."""

from collections.abc import Callable, Mapping

from google.protobuf import json_format
from google.protobuf.message import Message
from tensorflow_serving.apis import classification_pb2, get_model_metadata_pb2, model_pb2, regression_pb2

from serving.server.errors import invalid_argument
from serving.server.methods import predict_method
from serving.server.methods.classify_method import read_classification_request
from serving.server.methods.metadata_method import SIGNATURE_DEF, model_metadata
from serving.server.methods.model_call import ModelCall
from serving.server.methods.model_spec import signature_name_of
from serving.server.methods.regress_method import read_regression_request
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.model_manager import ModelManager
from serving.server.models.signature import Signature
from serving.server.rest_api.json_examples import input_from_json
from serving.server.rest_api.json_request import arrays_from_columns, arrays_from_rows
from serving.server.rest_api.json_response import classification_answer, columns_answer, regression_answer, rows_answer
from serving.server.rest_api.json_tensor import encode_text
from serving.server.rest_api.json_text import Json, parse_object, shown, to_body


def _read_predict_body(manager: ModelManager, spec: model_pb2.ModelSpec, body: bytes) -> ModelCall[bytes]:
    document = _parse(spec, body)
    model = manager.acquire(spec)
    signature = _signature(model, signature_name_of(spec))
    if "instances" in document and "inputs" in document:
        raise invalid_argument(
            f"JSON Value: {shown(document)} Not formatted correctly expecting only one of 'inputs' or 'instances' "
            "keys to exist "
        )
    if "instances" in document:
        inputs, as_json = arrays_from_rows(document["instances"], signature.inputs), rows_answer
    elif "inputs" in document:
        inputs, as_json = arrays_from_columns(document["inputs"], signature.inputs), columns_answer
    else:
        raise invalid_argument("Missing 'inputs' or 'instances' key")
    outputs, runtime_labels = signature.select_outputs(()), (spec.name, predict_method.API)
    return ModelCall(model, signature, inputs, outputs, lambda arrays: to_body(as_json(arrays)), runtime_labels)


def _read_classification_body(manager: ModelManager, spec: model_pb2.ModelSpec, body: bytes) -> ModelCall[bytes]:
    document = _parse(spec, body)
    request = classification_pb2.ClassificationRequest(input=input_from_json(document), model_spec=spec)
    call = read_classification_request(manager.acquire(spec), request)
    return call.then(lambda response: to_body(classification_answer(response.result)))


def _read_regression_body(manager: ModelManager, spec: model_pb2.ModelSpec, body: bytes) -> ModelCall[bytes]:
    document = _parse(spec, body)
    request = regression_pb2.RegressionRequest(input=input_from_json(document), model_spec=spec)
    call = read_regression_request(manager.acquire(spec), request)
    return call.then(lambda response: to_body(regression_answer(response.result)))


def _status(manager: ModelManager, spec: model_pb2.ModelSpec) -> bytes:
    return to_body(_as_json(manager.status(spec)))


def _metadata(manager: ModelManager, spec: model_pb2.ModelSpec) -> bytes:
    response = model_metadata(manager.acquire(spec), spec.name)
    signature_defs = get_model_metadata_pb2.SignatureDefMap()
    response.metadata[SIGNATURE_DEF].Unpack(signature_defs)
    return to_body({"model_spec": _as_json(response.model_spec), "metadata": {SIGNATURE_DEF: _as_json(signature_defs)}})


INQUIRIES: Mapping[str, Callable[[ModelManager, model_pb2.ModelSpec], bytes]] = {
    "status": _status,
    "metadata": _metadata,
}
"""By method: gives the body of the answer to what is asked about a model; quick. Raises ServingError."""

READERS: Mapping[str, Callable[[ModelManager, model_pb2.ModelSpec, bytes], ModelCall[bytes]]] = {
    "predict": _read_predict_body,
    "classify": _read_classification_body,
    "regress": _read_regression_body,
}
"""By method: reads the body of what is asked of a model. Raises ServingError, with TensorFlow Serving's text."""


def _parse(spec: model_pb2.ModelSpec, body: bytes) -> dict[str, Json]:
    """Parses a body and moves its signature name into the spec."""
    document = parse_object(body)
    signature_name = document.get("signature_name", "")
    if not isinstance(signature_name, str):
        raise invalid_argument(
            f"JSON Value: {shown(document)} not formatted correctly. 'signature_name' key must be a string value."
        )
    spec.signature_name = encode_text(signature_name).decode("utf-8")
    return document


def _signature(model: LoadedModel, name: str) -> Signature:
    """Looks a signature up with REST's own code and text, which are not those of gRPC."""
    if name not in model.signatures:
        raise invalid_argument(f'Serving signature name: "{name}" not found in signature def')
    return model.signatures[name]


def _as_json(message: Message) -> dict[str, Json]:
    return json_format.MessageToDict(message, including_default_value_fields=True, preserving_proto_field_name=True)
