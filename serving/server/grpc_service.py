"""The gRPC services `tensorflow.serving.PredictionService` and `ModelService`."""

import asyncio
from concurrent.futures import Executor

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import (
    get_model_status_pb2,
    model_service_pb2_grpc,
    predict_pb2,
    prediction_service_pb2_grpc,
)

from serving.server.errors import ServingError, invalid_argument
from serving.server.model_manager import ModelManager
from serving.server.predict_method import predict

_LONGEST_ERROR = 1024


async def _answer_unimplemented(service: object, request: Message, context: grpc.aio.ServicerContext) -> None:
    """Stands for a method this server does not have; the generated base's own would log a traceback for every call."""
    await context.abort(grpc.StatusCode.UNIMPLEMENTED, "Method not implemented!")


class PredictionService(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Predictions, computed in the executor's threads so that the event loop stays free."""

    Classify = Regress = MultiInference = GetModelMetadata = _answer_unimplemented

    def __init__(self, manager: ModelManager, executor: Executor) -> None:
        self._manager = manager
        self._executor = executor

    async def Predict(
        self, request: predict_pb2.PredictRequest, context: grpc.aio.ServicerContext
    ) -> predict_pb2.PredictResponse:
        """Runs a signature of the model on the tensors of the request."""
        try:
            _require_model_spec(request)
            model = self._manager.acquire(request.model_spec)
            return await asyncio.get_running_loop().run_in_executor(self._executor, predict, model, request)
        except ServingError as error:
            return await context.abort(error.code, _cut(error.message))


class ModelService(model_service_pb2_grpc.ModelServiceServicer):
    """What is loaded."""

    HandleReloadConfigRequest = _answer_unimplemented

    def __init__(self, manager: ModelManager) -> None:
        self._manager = manager

    async def GetModelStatus(
        self, request: get_model_status_pb2.GetModelStatusRequest, context: grpc.aio.ServicerContext
    ) -> get_model_status_pb2.GetModelStatusResponse:
        """Returns the state of one version or of all, newest first."""
        try:
            _require_model_spec(request)
            return self._manager.status(request.model_spec)
        except ServingError as error:
            return await context.abort(error.code, _cut(error.message))


def _require_model_spec(request: predict_pb2.PredictRequest | get_model_status_pb2.GetModelStatusRequest) -> None:
    if not request.HasField("model_spec"):
        raise invalid_argument("Missing ModelSpec")


def _cut(message: str) -> str:
    """Cuts an error text as grpc_status_util.cc:24-35 does: it travels in a header, whose size is limited."""
    return message if len(message) <= _LONGEST_ERROR else f"{message[:_LONGEST_ERROR]}...TRUNCATED"
