"""The gRPC service `tensorflow.serving.PredictionService`."""

import asyncio
from concurrent.futures import Executor

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

from serving.server.errors import ServingError
from serving.server.grpc_refusal import refuse, require_model_spec
from serving.server.model_manager import ModelManager
from serving.server.predict_method import predict


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
            require_model_spec(request)
            model = self._manager.acquire(request.model_spec)
            return await asyncio.get_running_loop().run_in_executor(self._executor, predict, model, request)
        except ServingError as error:
            await refuse(context, error)
