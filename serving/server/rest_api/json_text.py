"""JSON bodies as bytes: parsing with the reasons a client can read, writing values as TensorFlow Serving does."""

import json
from typing import TypeAlias

from serving.server.errors import invalid_argument

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_MOST_LETTERS = 256
_SHOWING = json.JSONEncoder(indent=4, ensure_ascii=False)


def parse_object(body: bytes) -> dict[str, Json]:
    """Returns the JSON object of a request body; NaN, Infinity and -Infinity are numbers.

    Raises:
        ServingError: INVALID_ARGUMENT, for a body that is empty, not UTF-8, not JSON, nested too deeply or no object.
    """
    if not body:
        raise invalid_argument("JSON Parse error: The document is empty")
    try:
        document = json.loads(body.decode("utf-8"))
    except RecursionError:
        raise invalid_argument("JSON Parse error: The document is nested too deeply") from None
    except ValueError as error:  # not UTF-8, not JSON, or a number with more digits than Python converts
        raise invalid_argument(f"JSON Parse error: {error}") from error
    if not isinstance(document, dict):
        raise invalid_argument(f"JSON Value: {shown(document)} Is not object")
    return document


def shown(value: Json) -> str:
    """Returns a JSON value as error texts show it: indented by four, cut after 256 letters as from 2.18 on."""
    text = ""
    for part in _SHOWING.iterencode(value):  # piece by piece: the value may have megabytes or a thousand levels
        text += part
        if len(text) > _MOST_LETTERS:
            return f"{text[:_MOST_LETTERS]}...TRUNCATED"
    return text


def to_body(value: Json) -> bytes:
    """Returns the JSON body of an answer; bytes that came from `surrogateescape` go out unchanged."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogateescape")


def error_body(message: str) -> bytes:
    """Returns the JSON body of an error; half a surrogate pair, which a client may have sent, becomes `?`."""
    return json.dumps({"error": message}, ensure_ascii=False).encode("utf-8", "replace")
