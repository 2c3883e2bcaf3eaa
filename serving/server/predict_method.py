"""The Predict method: request message in, response message out, checks in TensorFlow Serving's order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from tensorflow_serving.apis import predict_pb2

from serving.server.errors import invalid_argument
from serving.server.loaded_model import LoadedModel
from serving.server.model_spec import answered_spec, signature_name_of
from serving.server.signature import Signature
from serving.server.tensor_codec import TensorParsingError, decode_tensor, encode_tensor

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class PredictCall(Generic[_Answer]):
    """A request that has been understood; how it is run is left to a `serving.server.session.Session`.

    Attributes:
        model: Held until the answer is made: its variables go when it goes.
        signature: Of the model, what to run.
        inputs: One array for each input alias.
        output_aliases: Which outputs the answer is made of.
        respond: Makes the answer of one array for each of these.
    """

    model: LoadedModel
    signature: Signature
    inputs: Mapping[str, np.ndarray]
    output_aliases: list[str]
    respond: Callable[[Mapping[str, np.ndarray]], _Answer]

    def answer(self) -> _Answer:
        """Runs the model and makes the answer; blocks, so call it from a worker thread.

        Raises:
            ServingError: With the runtime's own code and text.
        """
        return self.respond(self.signature.run(self.inputs, self.output_aliases))


def predict(model: LoadedModel, request: predict_pb2.PredictRequest) -> predict_pb2.PredictResponse:
    """Answers a request with a version of the model; blocks, so call it from a worker thread.

    Raises:
        ServingError: With TensorFlow Serving's code and text.
    """
    return read_predict_request(model, request).answer()


def read_predict_request(
    model: LoadedModel, request: predict_pb2.PredictRequest
) -> PredictCall[predict_pb2.PredictResponse]:
    """Reads a request; the first failing check wins: signature, input aliases, tensors, output filter.

    The answer names the version that computes it and carries typed value fields.

    Raises:
        ServingError: With TensorFlow Serving's code and text.
    """
    signature_name = signature_name_of(request.model_spec)
    signature = model.signature(signature_name)
    signature.check_input_aliases(request.inputs)
    inputs = _decode_inputs(signature, request)
    output_aliases = signature.select_outputs(request.output_filter)
    model_spec = answered_spec(request.model_spec.name, model.version, signature_name)

    def respond(outputs: Mapping[str, np.ndarray]) -> predict_pb2.PredictResponse:
        response = predict_pb2.PredictResponse(model_spec=model_spec)
        for alias, array in outputs.items():
            response.outputs[alias].CopyFrom(encode_tensor(array))
        return response

    return PredictCall(model, signature, inputs, output_aliases, respond)


def _decode_inputs(signature: Signature, request: predict_pb2.PredictRequest) -> dict[str, np.ndarray]:
    inputs = {}
    for alias in signature.inputs:
        try:
            inputs[alias] = decode_tensor(request.inputs[alias])
        except TensorParsingError as error:
            raise invalid_argument(f"tensor parsing error: {alias}") from error
    return inputs
