"""The server that the cases ask, ours or another one, through plain TensorFlow Serving stubs and HTTP."""

import http.client
import json
import time

import grpc
import pytest
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus

from tests.serving.conformance.requests import predict_request

SECONDS = 20


class Target:
    """A server: its gRPC stubs, its REST API, the name of its model."""

    def __init__(self, grpc_target, rest_target, model_name):
        self.channel = grpc.insecure_channel(grpc_target)
        self.prediction = prediction_service_pb2_grpc.PredictionServiceStub(self.channel)
        self.model = model_service_pb2_grpc.ModelServiceStub(self.channel)
        self.model_name = model_name
        self._rest_target = rest_target

    def http(self, verb, path, body=None, headers=None):
        """Returns status, headers and body of a REST answer; a body that is no bytes is sent as JSON."""
        connection = http.client.HTTPConnection(self._rest_target, timeout=SECONDS)
        try:
            sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
            connection.request(verb, path, sent, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def rest(self, verb, path, body=None):
        """Returns status and JSON of a REST answer."""
        status, headers, answer = self.http(verb, path, body)
        assert headers["Content-Type"].startswith("application/json")
        return status, json.loads(answer)

    def post(self, method, body, version=""):
        """Returns status and JSON of a method of the model."""
        return self.rest("POST", f"/v1/models/{self.model_name}{version}:{method}", body)

    def states(self, name=None):
        """Returns (version, state, error code) of every version of a model, in the order of the answer."""
        request = GetModelStatusRequest()
        request.model_spec.name = name or self.model_name
        answer = self.model.GetModelStatus(request, timeout=SECONDS)
        return [
            (each.version, ModelVersionStatus.State.Name(each.state), each.status.error_code)
            for each in answer.model_version_status
        ]


def served(target):
    """The version that answers a Predict."""
    return target.prediction.Predict(predict_request(target.model_name), timeout=SECONDS).model_spec.version.value


def wait_until(condition, seconds=SECONDS):
    """Waits for what a server does by itself: load, unload, switch."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def refusal(call, request):
    """Returns code name and text of the error that a call must end with."""
    with pytest.raises(grpc.RpcError) as caught:
        call(request, timeout=SECONDS)
    return caught.value.code().name, caught.value.details()
