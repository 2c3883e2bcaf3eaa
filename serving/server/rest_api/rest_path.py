"""The paths of the REST API and what they ask for.

Paths are matched as in TensorFlow Serving's http_rest_api_util.cc: whole, case-insensitive, before percent-decoding.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from tensorflow_serving.apis import model_pb2

from serving.server.errors import invalid_argument

_MODEL = r"/v1/models/(?P<name>[^/:]+)(?:/versions/(?P<version>\d+)|/labels/(?P<label>[^/:]+))?"
_METHOD_PATH = re.compile(_MODEL + r":(?P<method>predict|classify|regress)", re.IGNORECASE | re.ASCII)
_STATUS_PATH = re.compile(_MODEL + r"(?P<metadata>/metadata)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class RestCall:
    """What a request line asks for.

    Attributes:
        method: `predict`, `classify`, `regress` (these have a body), `status` or `metadata`.
        spec: The model, and the version or label if the path has one.
    """

    method: str
    spec: model_pb2.ModelSpec


def parse_call(verb: str, path: str) -> RestCall:
    """Returns what a verb and a path under /v1/ ask for.

    Args:
        verb: `GET`, `POST`, ...
        path: As sent, without the query; bytes that are no UTF-8 as `surrogateescape` gives them.

    Raises:
        ServingError: INVALID_ARGUMENT, for a path that the API does not have and for the wrong verb.
    """
    match = _METHOD_PATH.fullmatch(path)
    if verb == "POST" and match:
        return RestCall(match["method"].lower(), _model_spec(match))
    match = _STATUS_PATH.fullmatch(path)
    if verb == "GET" and match:
        return RestCall("metadata" if match["metadata"] else "status", _model_spec(match))
    if verb == "GET" and path.lower() == "/v1/models":
        raise invalid_argument("Missing model name in request.")
    raise invalid_argument(f"Malformed request: {verb} {path}")


def _model_spec(match: re.Match[str]) -> model_pb2.ModelSpec:
    spec = model_pb2.ModelSpec(name=_decoded(match["name"]))
    if match["version"]:
        number = int(match["version"])
        if number >= 2**63:
            raise invalid_argument("")  # TensorFlow Serving answers 400 before it writes a text
        spec.version.value = number
    elif match["label"]:
        spec.version_label = _decoded(match["label"])
    return spec


def _decoded(part: str) -> str:
    return unquote_to_bytes(part.encode("utf-8", "surrogateescape")).decode("utf-8", "replace")
