"""The gRPC service `tensorflow.serving.PredictionService`."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    inference_pb2,
    predict_pb2,
    prediction_service_pb2_grpc,
    regression_pb2,
)

from serving.server.classify_method import classify
from serving.server.computing import Computing
from serving.server.errors import ServingError
from serving.server.grpc_refusal import refuse, require_model_spec
from serving.server.loaded_model import LoadedModel
from serving.server.metadata_method import check_metadata_fields, model_metadata
from serving.server.metrics import ServingMetrics
from serving.server.model_manager import ModelManager
from serving.server.multi_inference_method import model_spec_of, multi_inference
from serving.server.predict_method import read_predict_request
from serving.server.regress_method import regress

_LATENCY_SECONDS = 0.1

_Request = TypeVar(
    "_Request", predict_pb2.PredictRequest, classification_pb2.ClassificationRequest, regression_pb2.RegressionRequest
)
_Response = TypeVar("_Response", bound=Message)


class PredictionService(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Predictions, computed away from the event loop.

    A request whose deadline passes, or whose client goes away, while it waits for a thread is cancelled by gRPC and so
    never computed.
    """

    def __init__(self, manager: ModelManager, computing: Computing, metrics: ServingMetrics) -> None:
        self._manager = manager
        self._computing = computing
        self._metrics = metrics

    async def Predict(
        self, request: predict_pb2.PredictRequest, context: grpc.aio.ServicerContext
    ) -> predict_pb2.PredictResponse:
        """Runs a signature of the model on the tensors of the request."""
        return await self._measured("Predict", self._predict, request, context)

    async def Classify(
        self, request: classification_pb2.ClassificationRequest, context: grpc.aio.ServicerContext
    ) -> classification_pb2.ClassificationResponse:
        """Names the classes of examples."""
        return await self._measured("Classify", partial(self._computing.in_thread, classify), request, context)

    async def Regress(
        self, request: regression_pb2.RegressionRequest, context: grpc.aio.ServicerContext
    ) -> regression_pb2.RegressionResponse:
        """Gives each example a number."""
        return await self._measured("Regress", partial(self._computing.in_thread, regress), request, context)

    async def MultiInference(
        self, request: inference_pb2.MultiInferenceRequest, context: grpc.aio.ServicerContext
    ) -> inference_pb2.MultiInferenceResponse:
        """Classifies and regresses the same examples with several signatures."""
        spec = model_spec_of(request)
        try:
            model = self._manager.acquire(spec)
            response = await self._computing.in_thread(multi_inference, model, request)
        except ServingError as error:
            await refuse(context, error)
        kind = request.input.WhichOneof("kind")
        self._metrics.examples(spec.name, len(getattr(request.input, kind).examples))
        return response

    async def GetModelMetadata(
        self, request: get_model_metadata_pb2.GetModelMetadataRequest, context: grpc.aio.ServicerContext
    ) -> get_model_metadata_pb2.GetModelMetadataResponse:
        """Returns the signatures of a version."""
        try:
            require_model_spec(request)
            check_metadata_fields(request)
            return model_metadata(self._manager.acquire(request.model_spec), request.model_spec.name)
        except ServingError as error:
            await refuse(context, error)

    async def _measured(
        self,
        api: str,
        method: Callable[[LoadedModel, _Request], Awaitable[_Response]],
        request: _Request,
        context: grpc.aio.ServicerContext,
    ) -> _Response:
        started = time.perf_counter()
        name = request.model_spec.name
        try:
            require_model_spec(request)
            response = await method(self._manager.acquire(request.model_spec), request)
        except ServingError as error:
            self._metrics.refused(name, error.code)
            await refuse(context, error)
        except asyncio.CancelledError:
            self._metrics.refused(name, _why_cancelled(context))
            raise
        self._metrics.answered(name, api, "GRPC", time.perf_counter() - started)
        return response

    async def _predict(self, model: LoadedModel, request: predict_pb2.PredictRequest) -> predict_pb2.PredictResponse:
        return await self._computing.predict(request.ByteSize(), read_predict_request, model, request)


def _why_cancelled(context: grpc.aio.ServicerContext) -> grpc.StatusCode:
    """Tells a deadline from a client that left; the client counts from earlier, so its end may come before ours."""
    remaining = context.time_remaining()
    expired = remaining is not None and remaining <= _LATENCY_SECONDS
    return grpc.StatusCode.DEADLINE_EXCEEDED if expired else grpc.StatusCode.CANCELLED
