"""The Predict method: request message in, response message out, checks in TensorFlow Serving's order."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from tensorflow_serving.apis import model_pb2, predict_pb2

from serving.server.errors import invalid_argument
from serving.server.loaded_model import DEFAULT_SIGNATURE, LoadedModel
from serving.server.signature import Signature
from serving.server.tensor_codec import TensorParsingError, decode_tensor, encode_tensor


@dataclass(frozen=True)
class PredictCall:
    """A request that has been understood.

    Attributes:
        signature: What to run.
        inputs: One array for each input alias.
        output_aliases: Which outputs to answer with.
        model_spec: What answers it.
    """

    signature: Signature
    inputs: dict[str, np.ndarray]
    output_aliases: list[str]
    model_spec: model_pb2.ModelSpec


def predict(model: LoadedModel, request: predict_pb2.PredictRequest) -> predict_pb2.PredictResponse:
    """Answers a request with a version of the model; blocks, so call it from a worker thread.

    Raises:
        ServingError: With TensorFlow Serving's code and text.
    """
    call = read_request(model, request)
    return make_response(call, call.signature.run(call.inputs, call.output_aliases))


def read_request(model: LoadedModel, request: predict_pb2.PredictRequest) -> PredictCall:
    """Reads a request; the first failing check wins: signature, input aliases, tensors, output filter.

    Raises:
        ServingError: With TensorFlow Serving's code and text.
    """
    signature_name = request.model_spec.signature_name or DEFAULT_SIGNATURE
    signature = model.signature(signature_name)
    signature.check_input_aliases(request.inputs)
    inputs = _decode_inputs(signature, request)
    output_aliases = signature.select_outputs(request.output_filter)
    model_spec = model_pb2.ModelSpec(name=request.model_spec.name, signature_name=signature_name)
    model_spec.version.value = model.version
    return PredictCall(signature, inputs, output_aliases, model_spec)


def make_response(call: PredictCall, outputs: Mapping[str, np.ndarray]) -> predict_pb2.PredictResponse:
    """Makes the answer, which names the version that computed it and carries typed value fields."""
    response = predict_pb2.PredictResponse(model_spec=call.model_spec)
    for alias, array in outputs.items():
        response.outputs[alias].CopyFrom(encode_tensor(array))
    return response


def _decode_inputs(signature: Signature, request: predict_pb2.PredictRequest) -> dict[str, np.ndarray]:
    inputs = {}
    for alias in signature.inputs:
        try:
            inputs[alias] = decode_tensor(request.inputs[alias])
        except TensorParsingError as error:
            raise invalid_argument(f"tensor parsing error: {alias}") from error
    return inputs
