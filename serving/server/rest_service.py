"""The REST API: `POST /v1/models/NAME[/versions/N]:predict` and `GET /v1/models/NAME[/versions/N]`.

Paths are matched as in TensorFlow Serving's http_rest_api_util.cc: whole, case-insensitive, before percent-decoding.
"""

import asyncio
import re
from collections.abc import Iterable
from concurrent.futures import Executor
from urllib.parse import unquote

from aiohttp import web
from google.protobuf import json_format
from tensorflow_serving.apis import model_pb2

from serving.server.errors import ServingError, invalid_argument, unimplemented
from serving.server.json_request import arrays_from_columns, arrays_from_rows
from serving.server.json_response import columns_answer, rows_answer
from serving.server.json_text import Json, parse_object, shown, to_body
from serving.server.loaded_model import DEFAULT_SIGNATURE, LoadedModel
from serving.server.model_manager import ModelManager
from serving.server.signature import Signature

_LARGEST_BODY_BYTES = 64 * 2**20
_MODEL = r"/v1/models/(?P<name>[^/:]+)(?:/versions/(?P<version>\d+)|/labels/(?P<label>[^/:]+))?"
_METHOD_PATH = re.compile(_MODEL + r":(?P<method>predict|classify|regress)", re.IGNORECASE | re.ASCII)
_STATUS_PATH = re.compile(_MODEL + r"(?P<metadata>/metadata)?", re.IGNORECASE | re.ASCII)


class RestService:
    """Answers HTTP requests for one model manager; bodies are read and written in the executor's threads."""

    def __init__(self, manager: ModelManager, executor: Executor) -> None:
        self._manager = manager
        self._executor = executor

    def application(self, more_routes: Iterable[web.AbstractRouteDef] = ()) -> web.Application:
        """Returns the aiohttp application of the whole API, and of routes that come before it."""
        application = web.Application(client_max_size=_LARGEST_BODY_BYTES)
        application.router.add_routes(more_routes)
        application.router.add_route("*", "/{path:.*}", self._handle)
        return application

    async def _handle(self, request: web.Request) -> web.Response:
        path = request.raw_path.partition("?")[0]
        if not path.lower().startswith("/v1/"):
            return web.Response(status=404, text="Not Found")
        try:
            body = await self._answer(request, path)
            return web.Response(body=body, content_type="application/json")
        except web.HTTPRequestEntityTooLarge as error:
            return _error_response(error.status, f"The request body is larger than {_LARGEST_BODY_BYTES} bytes")
        except web.RequestPayloadError as error:
            return _error_response(400, f"The request body cannot be read: {error}")
        except ServingError as error:
            return _error_response(error.http_status, error.message)

    async def _answer(self, request: web.Request, path: str) -> bytes:
        method_path = _METHOD_PATH.fullmatch(path)
        if request.method == "POST" and method_path:
            if method_path["method"].lower() != "predict":
                raise unimplemented(f"Method not implemented: {method_path['method']}")
            body = await request.read()
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._executor, self._predict, _model_spec(method_path), body)
        status_path = _STATUS_PATH.fullmatch(path)
        if request.method == "GET" and status_path:
            if status_path["metadata"]:
                raise unimplemented("Method not implemented: metadata")
            return self._status(_model_spec(status_path))
        if request.method == "GET" and path.lower() == "/v1/models":
            raise invalid_argument("Missing model name in request.")
        raise invalid_argument(f"Malformed request: {request.method} {path}")

    def _predict(self, spec: model_pb2.ModelSpec, body: bytes) -> bytes:
        document = parse_object(body)
        signature_name = document.get("signature_name", "")
        if not isinstance(signature_name, str):
            raise invalid_argument(
                f"JSON Value: {shown(document)} not formatted correctly. 'signature_name' key must be a string value."
            )
        signature = _signature(self._manager.acquire(spec), signature_name or DEFAULT_SIGNATURE)
        return to_body(_run(signature, document))

    def _status(self, spec: model_pb2.ModelSpec) -> bytes:
        text = json_format.MessageToJson(
            self._manager.status(spec), including_default_value_fields=True, preserving_proto_field_name=True
        )
        return text.encode("utf-8")


def _run(signature: Signature, document: dict[str, Json]) -> dict[str, Json]:
    if "instances" in document and "inputs" in document:
        raise invalid_argument(
            f"JSON Value: {shown(document)} Not formatted correctly expecting only one of 'inputs' or 'instances' "
            "keys to exist "
        )
    output_aliases = signature.select_outputs(())
    if "instances" in document:
        inputs = arrays_from_rows(document["instances"], signature.inputs)
        return rows_answer(signature.run(inputs, output_aliases))
    if "inputs" in document:
        inputs = arrays_from_columns(document["inputs"], signature.inputs)
        return columns_answer(signature.run(inputs, output_aliases))
    raise invalid_argument("Missing 'inputs' or 'instances' key")


def _signature(model: LoadedModel, name: str) -> Signature:
    """Looks a signature up with REST's own code and text, which are not those of gRPC."""
    if name not in model.signatures:
        raise invalid_argument(f'Serving signature name: "{name}" not found in signature def')
    return model.signatures[name]


def _model_spec(match: re.Match[str]) -> model_pb2.ModelSpec:
    spec = model_pb2.ModelSpec(name=unquote(match["name"]))
    if match["version"]:
        number = int(match["version"])
        if number >= 2**63:
            raise invalid_argument("")  # TensorFlow Serving answers 400 before it writes a text
        spec.version.value = number
    elif match["label"]:
        spec.version_label = unquote(match["label"])
    return spec


def _error_response(status: int, message: str) -> web.Response:
    body = to_body({"error": message}) if message else b""
    return web.Response(status=status, body=body, content_type="application/json")
