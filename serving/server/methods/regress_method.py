"""The Regress method: examples in, one number each out; checks and texts are those of regressor.cc at 2.16.1."""

import numpy as np
from tensorflow.core.framework import types_pb2
from tensorflow_serving.apis import regression_pb2

from serving.server.errors import invalid_argument
from serving.server.methods.example_input import INPUTS, serialized_examples
from serving.server.methods.model_call import ModelCall
from serving.server.methods.model_spec import answered_spec, signature_name_of
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.signature import Signature
from serving.server.models.tensor_codec import data_type_of, shape_text
from serving.server.session import Arrays

API = "Regress"
METHOD_NAME = "tensorflow/serving/regress"
OUTPUTS = "outputs"


def read_regression_request(
    model: LoadedModel, request: regression_pb2.RegressionRequest
) -> ModelCall[regression_pb2.RegressionResponse]:
    """Reads a request for a version of the model.

    Raises:
        ServingError: With TensorFlow Serving's code and text.
    """
    signature_name = signature_name_of(request.model_spec)
    signature = model.example_signature(signature_name)
    outputs = regression_outputs(signature)
    examples = serialized_examples(request.input)
    model_spec = answered_spec(request.model_spec.name, model.version, signature_name)

    def respond(arrays: Arrays) -> regression_pb2.RegressionResponse:
        result = regression_result(arrays[OUTPUTS], len(examples))
        return regression_pb2.RegressionResponse(result=result, model_spec=model_spec)

    return ModelCall(model, signature, {INPUTS: examples}, outputs, respond, (request.model_spec.name, API))


def regression_outputs(signature: Signature) -> list[str]:
    """Returns which output of a signature is the regression, after checking that the signature can be one.

    Raises:
        ServingError: INVALID_ARGUMENT, for anything but one input `inputs` and one output `outputs`.
    """
    if len(signature.inputs) != 1:
        raise invalid_argument("Expected one input Tensor.")
    if len(signature.outputs) != 1:
        raise invalid_argument("Expected one output Tensor.")
    if INPUTS not in signature.inputs:
        raise invalid_argument(f"No regression inputs found in SignatureDef: {signature.definition}")
    if OUTPUTS not in signature.outputs:
        raise invalid_argument(f"No regression outputs found in SignatureDef: {signature.definition}")
    return [OUTPUTS]


def regression_result(array: np.ndarray, number_of_examples: int) -> regression_pb2.RegressionResult:
    """Returns one `Regression` an example.

    Args:
        array: float32 `[N]` or `[N, 1]`.
        number_of_examples: N.

    Raises:
        ServingError: INVALID_ARGUMENT, for an output of another type or shape.
    """
    if array.ndim != 1 and array.shape[1:] != (1,):
        raise invalid_argument(
            "Expected output Tensor shape to be either [batch_size] or [batch_size, 1] "
            f"but got {shape_text(array.shape)}"
        )
    if len(array) != number_of_examples:
        raise invalid_argument(
            f"Input batch size did not match output batch size: {number_of_examples} vs. {len(array)}"
        )
    if data_type_of(array) != types_pb2.DT_FLOAT:
        raise invalid_argument(
            f"Expected output Tensor of DT_FLOAT. Got: {types_pb2.DataType.Name(data_type_of(array))}"
        )
    values = array.ravel().tolist()
    return regression_pb2.RegressionResult(regressions=[regression_pb2.Regression(value=value) for value in values])
