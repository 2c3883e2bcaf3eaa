"""The MultiInference method: several classifications and regressions of one input by one version of one model.

Checks and texts are those of multi_inference.cc at 2.16.1.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
from tensorflow_serving.apis import inference_pb2, model_pb2

from serving.server.errors import ServingError, invalid_argument, unimplemented
from serving.server.joined import joined
from serving.server.methods import classify_method, regress_method
from serving.server.methods.classify_method import classification_outputs, classification_result
from serving.server.methods.example_input import INPUTS, serialized_examples
from serving.server.methods.model_call import ModelCall
from serving.server.methods.model_spec import answered_spec, signature_name_of
from serving.server.methods.regress_method import regression_outputs, regression_result
from serving.server.models.loaded_model import LoadedModel
from serving.server.session import Arrays, Session


def model_spec_of(request: inference_pb2.MultiInferenceRequest) -> model_pb2.ModelSpec:
    """Returns the spec that chooses model and version: the first task's; that of no tasks has no name."""
    return request.tasks[0].model_spec if request.tasks else model_pb2.ModelSpec()


@dataclass(frozen=True)
class MultiInferenceCall:
    """A request for several signatures.

    Attributes:
        calls: One for each task, in their order; at least one to be submitted.
        runtime_labels: None; TensorFlow Serving counts no runtime for this method.
    """

    calls: Sequence[ModelCall[inference_pb2.InferenceResult]]
    runtime_labels: None = None

    def submit(self, session: Session) -> Future[list[Arrays]]:
        """See `methods.model_call.Call`; where one signature is refused, those submitted before are not run."""
        submitted: list[Future[Arrays]] = []
        try:
            for call in self.calls:
                submitted.append(call.submit(session))
        except ServingError:
            for future in submitted:
                future.cancel()
            raise
        return joined(submitted, list)

    def respond(self, outputs: Sequence[Arrays]) -> inference_pb2.MultiInferenceResponse:
        """See `serving.server.methods.model_call.Call`."""
        results = [call.respond(arrays) for call, arrays in zip(self.calls, outputs, strict=True)]
        return inference_pb2.MultiInferenceResponse(results=results)

    def answer(self) -> inference_pb2.MultiInferenceResponse:
        """See `serving.server.methods.model_call.Call`."""
        return inference_pb2.MultiInferenceResponse(results=[call.answer() for call in self.calls])


def read_multi_inference_request(
    model: LoadedModel, request: inference_pb2.MultiInferenceRequest
) -> MultiInferenceCall:
    """Reads a request for a version of the model: every task is checked before one is computed.

    Each runs its own signature, where TensorFlow Serving runs one session for all: the numbers are the same.

    Raises:
        ServingError: With TensorFlow Serving's code and text; one bad task fails the request.
    """
    outputs = []
    for position, task in enumerate(request.tasks):
        _check_against_earlier(task, request.tasks[:position])
        outputs.append(_outputs_of(model, task))
    examples = serialized_examples(request.input)
    return MultiInferenceCall(
        [_call_of(model, task, examples, aliases) for task, aliases in zip(request.tasks, outputs, strict=True)]
    )


def _call_of(
    model: LoadedModel, task: inference_pb2.InferenceTask, examples: np.ndarray, output_aliases: list[str]
) -> ModelCall[inference_pb2.InferenceResult]:
    signature_name = signature_name_of(task.model_spec)
    model_spec = answered_spec(task.model_spec.name, model.version, signature_name)

    def respond(arrays: Arrays) -> inference_pb2.InferenceResult:
        if task.method_name == classify_method.METHOD_NAME:
            classification = classification_result(arrays, len(examples))
            return inference_pb2.InferenceResult(model_spec=model_spec, classification_result=classification)
        regression = regression_result(arrays[regress_method.OUTPUTS], len(examples))
        return inference_pb2.InferenceResult(model_spec=model_spec, regression_result=regression)

    return ModelCall(model, model.signatures[signature_name], {INPUTS: examples}, output_aliases, respond)


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
