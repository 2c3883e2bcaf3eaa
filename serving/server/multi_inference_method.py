"""The MultiInference method: several classifications and regressions of one input by one version of one model.

Checks and texts are those of multi_inference.cc at 2.16.1.
"""

from collections.abc import Sequence

from tensorflow_serving.apis import inference_pb2, model_pb2

from serving.server import classify_method, regress_method
from serving.server.classify_method import classification_outputs, classification_result
from serving.server.errors import invalid_argument, unimplemented
from serving.server.example_input import INPUTS, serialized_examples
from serving.server.loaded_model import LoadedModel
from serving.server.model_spec import answered_spec, signature_name_of
from serving.server.regress_method import regression_outputs, regression_result


def model_spec_of(request: inference_pb2.MultiInferenceRequest) -> model_pb2.ModelSpec:
    """Returns the spec that chooses model and version: the first task's; that of no tasks has no name."""
    return request.tasks[0].model_spec if request.tasks else model_pb2.ModelSpec()


def multi_inference(
    model: LoadedModel, request: inference_pb2.MultiInferenceRequest
) -> inference_pb2.MultiInferenceResponse:
    """Answers every task, in their order, with one version of the model; blocks, so call it from a worker thread.

    All tasks are checked before one is computed. Each runs its own signature, where TensorFlow Serving runs one session
    for all: the numbers are the same.

    Raises:
        ServingError: With TensorFlow Serving's code and text; one bad task fails the request.
    """
    outputs = []
    for position, task in enumerate(request.tasks):
        _check_against_earlier(task, request.tasks[:position])
        outputs.append(_outputs_of(model, task))
    examples = serialized_examples(request.input)
    response = inference_pb2.MultiInferenceResponse()
    for task, aliases in zip(request.tasks, outputs, strict=True):
        signature_name = signature_name_of(task.model_spec)
        arrays = model.signatures[signature_name].run({INPUTS: examples}, aliases)
        result = response.results.add(model_spec=answered_spec(task.model_spec.name, model.version, signature_name))
        if task.method_name == classify_method.METHOD_NAME:
            result.classification_result.CopyFrom(classification_result(arrays, len(examples)))
        else:
            result.regression_result.CopyFrom(regression_result(arrays[regress_method.OUTPUTS], len(examples)))
    return response


def _check_against_earlier(task: inference_pb2.InferenceTask, earlier: Sequence[inference_pb2.InferenceTask]) -> None:
    """Checks the model's name and the signature's; the version of a later task is not looked at."""
    if not task.model_spec.name:
        raise invalid_argument("Found ModelSpec with an empty model name.")
    if any(other.model_spec.name != task.model_spec.name for other in earlier):
        raise invalid_argument("All ModelSpecs in a MultiInferenceRequest must access the same model name.")
    signature_name = signature_name_of(task.model_spec)
    if any(signature_name_of(other.model_spec) == signature_name for other in earlier):
        raise invalid_argument(f"Duplicate evaluation of signature: {signature_name}")


def _outputs_of(model: LoadedModel, task: inference_pb2.InferenceTask) -> list[str]:
    signature_name = signature_name_of(task.model_spec)
    if signature_name not in model.signatures:
        raise invalid_argument(f"Requested signature not found in model graph: {signature_name}")
    signature = model.signatures[signature_name]
    if task.method_name == classify_method.METHOD_NAME:
        return classification_outputs(signature)
    if task.method_name == regress_method.METHOD_NAME:
        return regression_outputs(signature)
    raise unimplemented(f"Unsupported signature method_name: {task.method_name}")
