"""What a client takes for a drawing, and what is sent of it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from components.drawing import InvalidDrawingError
from components.simplification import simplify_if_raw

# A JSON text, or strokes: `[[xs, ys], ...]` of numbers, lists or numpy arrays.
Drawing = str | Sequence[Sequence[Sequence[float]]] | Sequence[Any]


def as_bytes(drawing: Drawing) -> bytes:
    """Returns the JSON text of a drawing in UTF-8.

    A text is sent as it is; bytes that were no UTF-8 where it came from (`errors="surrogateescape"`) are what they
    were. Strokes with fractions, times or coordinates beyond 0..255 are simplified as the data set was. What is no
    drawing is sent too: the server's answer for it is defined.
    """
    text = drawing if isinstance(drawing, str) else _strokes_text(_as_lists(drawing))
    return text.encode("utf-8", "surrogateescape")


def _strokes_text(strokes: object) -> str:
    with suppress(InvalidDrawingError):  # the server is the judge
        strokes = simplify_if_raw(strokes)
    return json.dumps(strokes, separators=(",", ":"))


def _as_lists(value: object) -> object:
    """Replaces numpy arrays and numbers, at any depth, by lists and numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return [_as_lists(item) for item in value] if isinstance(value, list | tuple) else value
