"""How every gRPC method refuses a request."""

from typing import NoReturn

import grpc
from google.protobuf.message import Message

from serving.server.errors import ServingError, invalid_argument

_LONGEST_TEXT = 1024


def require_model_spec(request: Message) -> None:
    """Checks that the request names a model.

    Raises:
        ServingError: INVALID_ARGUMENT.
    """
    if not request.HasField("model_spec"):
        raise invalid_argument("Missing ModelSpec")


def refuse(context: grpc.ServicerContext, error: ServingError) -> NoReturn:
    """Ends the call with the error's code and its text."""
    context.abort(error.code, status_text(error.message))
    raise AssertionError("abort always raises")


def status_text(text: str) -> str:
    """Cuts a text that travels in a header, whose size is limited, as grpc_status_util.cc:24-35 does."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}...TRUNCATED"
