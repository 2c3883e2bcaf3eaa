"""The Classify method: examples in, labels with scores out; checks and texts are those of classifier.cc at 2.16.1."""

import numpy as np
from tensorflow.core.framework import types_pb2
from tensorflow_serving.apis import classification_pb2

from serving.server.errors import invalid_argument
from serving.server.methods.example_input import INPUTS, serialized_examples
from serving.server.methods.model_call import ModelCall
from serving.server.methods.model_spec import answered_spec, signature_name_of
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.signature import Signature
from serving.server.models.tensor_codec import data_type_of, shape_text
from serving.server.session import Arrays

API = "Classify"
METHOD_NAME = "tensorflow/serving/classify"
CLASSES = "classes"
SCORES = "scores"


def read_classification_request(
    model: LoadedModel, request: classification_pb2.ClassificationRequest
) -> ModelCall[classification_pb2.ClassificationResponse]:
    """Reads a request for a version of the model.

    Raises:
        ServingError: With TensorFlow Serving's code and text.
    """
    signature_name = signature_name_of(request.model_spec)
    signature = model.example_signature(signature_name)
    outputs = classification_outputs(signature)
    examples = serialized_examples(request.input)
    model_spec = answered_spec(request.model_spec.name, model.version, signature_name)

    def respond(arrays: Arrays) -> classification_pb2.ClassificationResponse:
        result = classification_result(arrays, len(examples))
        return classification_pb2.ClassificationResponse(result=result, model_spec=model_spec)

    return ModelCall(model, signature, {INPUTS: examples}, outputs, respond, (request.model_spec.name, API))


def classification_outputs(signature: Signature) -> list[str]:
    """Returns which outputs of a signature make a classification, after checking that it can be one.

    Names decide, not the signature's `method_name`: TensorFlow 2 exports write `predict` there for every signature.

    Raises:
        ServingError: INVALID_ARGUMENT, for other inputs than `inputs` or neither `classes` nor `scores`.
    """
    if len(signature.inputs) != 1:
        raise invalid_argument("Expected one input Tensor.")
    if len(signature.outputs) not in (1, 2):
        raise invalid_argument(f"Expected one or two output Tensors, found {len(signature.outputs)}")
    if INPUTS not in signature.inputs:
        raise invalid_argument(f"No classification inputs found in SignatureDef: {signature.definition}")
    outputs = [alias for alias in (CLASSES, SCORES) if alias in signature.outputs]
    if not outputs:
        raise invalid_argument(
            f'Expected classification signature outputs to contain at least one of "{CLASSES}" or "{SCORES}". '
            f"Signature was: {signature.definition}"
        )
    return outputs


def classification_result(arrays: Arrays, number_of_examples: int) -> classification_pb2.ClassificationResult:
    """Returns one `Classifications` an example; without `classes` labels stay empty, without `scores` they are 0.

    Args:
        arrays: `classes` string `[N, C]`, `scores` float32 `[N, C]`, or one of the two.
        number_of_examples: N.

    Raises:
        ServingError: INVALID_ARGUMENT, for outputs of another type or shape.
    """
    for alias, data_type in ((CLASSES, types_pb2.DT_STRING), (SCORES, types_pb2.DT_FLOAT)):
        if alias in arrays:
            _check_output(alias, arrays[alias], data_type, number_of_examples)
    widths = [array.shape[1] for array in arrays.values()]
    if len(set(widths)) > 1:
        raise invalid_argument(f"Tensors class and score should match in dim_size(1). Got {widths[0]} vs. {widths[1]}")
    empty = np.full((number_of_examples, widths[0]), b"", object)
    labels = arrays.get(CLASSES, empty).tolist()
    scores = arrays.get(SCORES, np.zeros(empty.shape, np.float32)).tolist()
    result = classification_pb2.ClassificationResult()
    for row_labels, row_scores in zip(labels, scores, strict=True):
        classes = result.classifications.add().classes
        for label, score in zip(row_labels, row_scores, strict=True):
            classes.add(label=_text(label), score=score)
    return result


def _check_output(alias: str, array: np.ndarray, data_type: int, number_of_examples: int) -> None:
    if array.ndim != 2:
        raise invalid_argument(f"Expected Tensor shape: [batch_size num_classes] but got {shape_text(array.shape)}")
    if data_type_of(array) != data_type:
        raise invalid_argument(
            f"Expected {alias} Tensor of {types_pb2.DataType.Name(data_type)}. "
            f"Got: {types_pb2.DataType.Name(data_type_of(array))}"
        )
    if len(array) != number_of_examples:
        raise invalid_argument(f"Expected {alias} output batch size of {number_of_examples}. Got: {len(array)}")


def _text(label: bytes) -> str:
    return label.decode("utf-8", "replace")  # the message's field holds text; bytes that are none would not be sent
