"""The gRPC service `tensorflow.serving.PredictionService`."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    inference_pb2,
    predict_pb2,
    prediction_service_pb2,
    regression_pb2,
)
from tensorflow_serving.apis.model_pb2 import ModelSpec

from serving.server.computing import Computing
from serving.server.errors import ServingError
from serving.server.grpc_api.grpc_refusal import require_model_spec
from serving.server.grpc_api.unary_methods import UnaryMethod
from serving.server.methods.classify_method import read_classification_request
from serving.server.methods.metadata_method import check_metadata_fields, model_metadata
from serving.server.methods.model_call import Call
from serving.server.methods.multi_inference_method import model_spec_of, read_multi_inference_request
from serving.server.methods.predict_method import read_predict_request
from serving.server.methods.regress_method import read_regression_request
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.model_manager import ModelManager
from serving.server.monitoring.metrics import ServingMetrics

_LATENCY_SECONDS = 0.1
_NAME = prediction_service_pb2.DESCRIPTOR.services_by_name["PredictionService"].full_name

_Request = TypeVar("_Request", bound=Message)
_Measured = TypeVar(
    "_Measured", predict_pb2.PredictRequest, classification_pb2.ClassificationRequest, regression_pb2.RegressionRequest
)
_Read = Callable[[LoadedModel, _Request], Call[Message]]


class PredictionService:
    """Predictions, computed in other threads than the one they are asked in.

    A request whose deadline passes, or whose client goes away, while it waits for a thread is cancelled by gRPC and so
    never computed.
    """

    def __init__(self, manager: ModelManager, computing: Computing, metrics: ServingMetrics) -> None:
        self._manager = manager
        self._computing = computing
        self._metrics = metrics

    def methods(self) -> Mapping[str, UnaryMethod]:
        """Returns all methods, by full name."""
        methods = (self.Predict, self.Classify, self.Regress, self.MultiInference, self.GetModelMetadata)
        return {f"/{_NAME}/{method.__name__}": method for method in methods}

    def Predict(self, message: bytes, deadline: float) -> Future[Message]:
        """Runs a signature of the model on the tensors of the request."""
        request = predict_pb2.PredictRequest.FromString(message)
        return self._measured("Predict", len(message), read_predict_request, request, deadline)

    def Classify(self, message: bytes, deadline: float) -> Future[Message]:
        """Names the classes of examples."""
        request = classification_pb2.ClassificationRequest.FromString(message)
        return self._measured("Classify", len(message), read_classification_request, request, deadline)

    def Regress(self, message: bytes, deadline: float) -> Future[Message]:
        """Gives each example a number."""
        request = regression_pb2.RegressionRequest.FromString(message)
        return self._measured("Regress", len(message), read_regression_request, request, deadline)

    def MultiInference(self, message: bytes, deadline: float) -> Future[Message]:
        """Classifies and regresses the same examples with several signatures."""
        request = inference_pb2.MultiInferenceRequest.FromString(message)
        answer = self._answered(len(message), read_multi_inference_request, model_spec_of, request)
        answer.add_done_callback(partial(self._count_examples, request))
        return answer

    def GetModelMetadata(self, message: bytes, deadline: float) -> Future[Message]:
        """Returns the signatures of a version; computed here, so that it is answered while all threads are busy."""
        request = get_model_metadata_pb2.GetModelMetadataRequest.FromString(message)
        return _future_of(self._metadata, request)

    def _metadata(
        self, request: get_model_metadata_pb2.GetModelMetadataRequest
    ) -> get_model_metadata_pb2.GetModelMetadataResponse:
        require_model_spec(request)
        check_metadata_fields(request)
        return model_metadata(self._manager.acquire(request.model_spec), request.model_spec.name)

    def _measured(
        self, api: str, size: int, read: _Read[_Measured], request: _Measured, deadline: float
    ) -> Future[Message]:
        started = time.perf_counter()
        answer = self._answered(size, read, _model_spec_of, request)
        answer.add_done_callback(partial(self._record, api, request.model_spec.name, started, deadline))
        return answer

    def _answered(
        self, size: int, read: _Read[_Request], spec_of: Callable[[_Request], ModelSpec], request: _Request
    ) -> Future[Message]:
        try:
            return self._computing.answer(size, read, self._manager.acquire(spec_of(request)), request)
        except ServingError as error:
            answer: Future[Message] = Future()
            answer.set_exception(error)
            return answer

    def _record(self, api: str, name: str, started: float, deadline: float, answer: Future[Message]) -> None:
        if answer.cancelled():
            self._metrics.refused(name, _why_cancelled(deadline))
            return
        error = answer.exception()
        if error is None:
            self._metrics.answered(name, api, "GRPC", time.perf_counter() - started)
        else:
            self._metrics.refused(name, error.code if isinstance(error, ServingError) else grpc.StatusCode.UNKNOWN)

    def _count_examples(self, request: inference_pb2.MultiInferenceRequest, answer: Future[Message]) -> None:
        if not answer.cancelled() and answer.exception() is None:
            examples = getattr(request.input, request.input.WhichOneof("kind")).examples
            self._metrics.examples(model_spec_of(request).name, len(examples))


def _model_spec_of(request: _Measured) -> ModelSpec:
    require_model_spec(request)
    return request.model_spec


def _future_of(function: Callable[..., Message], *arguments: object) -> Future[Message]:
    """Calls a function here and now."""
    future: Future[Message] = Future()
    try:
        future.set_result(function(*arguments))
    except Exception as error:  # whatever it is, who waits must hear of it
        future.set_exception(error)
    return future


def _why_cancelled(deadline: float) -> grpc.StatusCode:
    """Tells a deadline from a client that left; the client counts from earlier, so its end may come before ours."""
    expired = deadline - time.time() <= _LATENCY_SECONDS
    return grpc.StatusCode.DEADLINE_EXCEEDED if expired else grpc.StatusCode.CANCELLED
