"""The gRPC service `tensorflow.serving.ModelService`: what is loaded, and what is to be."""

import time
from collections.abc import Callable

import grpc
from tensorflow_serving.apis import get_model_status_pb2, model_management_pb2, model_service_pb2_grpc
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from serving.server.errors import ServingError, invalid_argument
from serving.server.grpc_api.grpc_refusal import refuse, require_model_spec
from serving.server.models.model_config import model_sources
from serving.server.models.model_manager import ModelManager

_LOOK_AGAIN_SECONDS = 0.05


class ModelService(model_service_pb2_grpc.ModelServiceServicer):
    """Status and configuration of the models."""

    def __init__(self, manager: ModelManager, poll_soon: Callable[[], None]) -> None:
        self._manager = manager
        self._poll_soon = poll_soon

    def GetModelStatus(
        self, request: get_model_status_pb2.GetModelStatusRequest, context: grpc.ServicerContext
    ) -> get_model_status_pb2.GetModelStatusResponse:
        """Returns the state of one version or of all, newest first."""
        try:
            require_model_spec(request)
            return self._manager.status(request.model_spec)
        except ServingError as error:
            refuse(context, error)

    def HandleReloadConfigRequest(
        self, request: model_management_pb2.ReloadConfigRequest, context: grpc.ServicerContext
    ) -> model_management_pb2.ReloadConfigResponse:
        """Replaces the models that are served, and returns when every new name among them answers.

        New versions of known names and unloads are not waited for (server_core.cc:373-402). The counters of
        TensorFlow Serving that `metric_names` may ask for do not exist here, and have not increased.
        """
        try:
            self._reload(request.config, context)
        except ServingError as error:
            refuse(context, error)
        response = model_management_pb2.ReloadConfigResponse()
        response.status.error_code = 0
        for name in request.metric_names:
            response.metric.add(name=name, int64_value_increase=0)
        return response

    def _reload(self, config: ModelServerConfig, context: grpc.ServicerContext) -> None:
        if config.WhichOneof("config") != "model_config_list":
            raise invalid_argument(
                "ServerModelConfig type not supported by HandleReloadConfigRequest. "
                "Only ModelConfigList is currently supported"
            )
        sources = model_sources(config.model_config_list.config, self._manager.versions.keys())
        new_names = self._manager.reload(sources)
        self._poll_soon()
        # Looks instead of being told, so that a call whose client has gone ends here and holds no thread.
        while context.is_active() and not self._manager.have_loaded(new_names):
            time.sleep(_LOOK_AGAIN_SECONDS)
