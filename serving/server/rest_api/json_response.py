"""Answers of the REST methods: `predictions` row by row, `outputs` column by column, `results` example by example.

Rules and texts are those of TensorFlow Serving's json_tensor.cc at 2.16.1. Numbers are equal to its own as numbers, not
letter by letter: float32 values are written with the fewest digits that read back as the same float32.
"""

import base64
from collections.abc import Mapping

import numpy as np
from tensorflow_serving.apis import classification_pb2, regression_pb2

from serving.server.errors import invalid_argument
from serving.server.models.tensor_codec import STRING_DTYPE
from serving.server.rest_api.json_text import Json

_BYTES_SUFFIX = "_bytes"


def rows_answer(outputs: Mapping[str, np.ndarray]) -> dict[str, Json]:
    """Returns `{"predictions": [...]}`: bare values for one output, an object a row for several.

    Raises:
        ServingError: INVALID_ARGUMENT, for an output without a batch dimension or of another batch size.
    """
    batch_size = None
    for alias, array in outputs.items():
        if array.ndim == 0:
            raise invalid_argument(f"Tensor name: {alias} has no shape information ")
        if batch_size not in (None, len(array)):
            raise invalid_argument(
                f"Tensor name: {alias} has inconsistent batch size: {len(array)} expecting: {batch_size}"
            )
        batch_size = len(array)
    columns = {alias: _plain_values(alias, array) for alias, array in outputs.items()}
    if len(columns) == 1:
        return {"predictions": next(iter(columns.values()))}
    rows: list[Json] = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return {"predictions": rows}


def columns_answer(outputs: Mapping[str, np.ndarray]) -> dict[str, Json]:
    """Returns `{"outputs": ...}`: the bare value of one output, or an object of values by alias."""
    columns = {alias: _plain_values(alias, array) for alias, array in outputs.items()}
    return {"outputs": next(iter(columns.values())) if len(columns) == 1 else columns}


def classification_answer(result: classification_pb2.ClassificationResult) -> dict[str, Json]:
    """Returns `{"results": ...}`: for each example a list of `[label, score]`."""
    rows: list[Json] = []
    for classifications in result.classifications:
        scores = _short_floats(np.array([each.score for each in classifications.classes], np.float32))
        rows.append([[each.label, score] for each, score in zip(classifications.classes, scores, strict=True)])
    return {"results": rows}


def regression_answer(result: regression_pb2.RegressionResult) -> dict[str, Json]:
    """Returns `{"results": ...}`: one number for each example."""
    values = np.array([regression.value for regression in result.regressions], np.float32)
    return {"results": _short_floats(values)}


def _plain_values(alias: str, array: np.ndarray) -> Json:
    """Returns nested lists (or a scalar) of what JSON can hold."""
    if array.dtype == STRING_DTYPE:
        as_bytes = alias.endswith(_BYTES_SUFFIX)
        values = np.empty(array.shape, STRING_DTYPE)
        values.ravel()[:] = [_base64(value) if as_bytes else _text(value) for value in array.ravel().tolist()]
        return values.tolist()
    if array.dtype == np.float32:
        return _short_floats(array)
    return array.tolist()


def _short_floats(array: np.ndarray) -> list[Json]:
    """Returns float32 values as the doubles that JSON writes with the fewest digits: 0.2, not 0.20000000298."""
    return array.astype("U").astype(np.float64).tolist()


def _base64(value: bytes) -> dict[str, str]:
    return {"b64": base64.b64encode(value).decode("ascii")}


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")
