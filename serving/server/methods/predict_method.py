"""The Predict method: tensors in, tensors out, checks in TensorFlow Serving's order."""

import numpy as np
from tensorflow_serving.apis import predict_pb2

from serving.server.errors import invalid_argument
from serving.server.methods.model_call import ModelCall
from serving.server.methods.model_spec import answered_spec, signature_name_of
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.signature import Signature
from serving.server.models.tensor_codec import TensorParsingError, decode_tensor, encode_tensor
from serving.server.session import Arrays

API = "Predict"


def read_predict_request(
    model: LoadedModel, request: predict_pb2.PredictRequest
) -> ModelCall[predict_pb2.PredictResponse]:
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

    def respond(outputs: Arrays) -> predict_pb2.PredictResponse:
        response = predict_pb2.PredictResponse(model_spec=model_spec)
        for alias, array in outputs.items():
            response.outputs[alias].CopyFrom(encode_tensor(array))
        return response

    return ModelCall(model, signature, inputs, output_aliases, respond, (request.model_spec.name, API))


def _decode_inputs(signature: Signature, request: predict_pb2.PredictRequest) -> dict[str, np.ndarray]:
    inputs = {}
    for alias in signature.inputs:
        try:
            inputs[alias] = decode_tensor(request.inputs[alias])
        except TensorParsingError as error:
            raise invalid_argument(f"tensor parsing error: {alias}") from error
    return inputs
