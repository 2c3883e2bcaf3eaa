"""One JSON value, a scalar or nested lists, to one dense array of the type a signature declares.

Rules and texts are those of TensorFlow Serving's json_tensor.cc at 2.16.1.
"""

import base64
import binascii
import math

import numpy as np
from tensorflow.core.framework import types_pb2

from serving.server.errors import ServingError, invalid_argument, unimplemented
from serving.server.models.tensor_codec import data_type_name, numpy_dtype
from serving.server.rest_api.json_text import Json, shown

Scalar = bytes | bool | int | float

_FLOATS: dict[int, type[np.floating]] = {types_pb2.DT_FLOAT: np.float32, types_pb2.DT_DOUBLE: np.float64}
# The range that rapidjson's IsInt, IsInt64, ... accept; narrow types are cast from 32 bits, as in C++.
_INT32_RANGE = (-(2**31), 2**31 - 1)
_INTEGERS = {
    types_pb2.DT_INT8: _INT32_RANGE,
    types_pb2.DT_UINT8: _INT32_RANGE,
    types_pb2.DT_INT16: _INT32_RANGE,
    types_pb2.DT_INT32: _INT32_RANGE,
    types_pb2.DT_INT64: (-(2**63), 2**63 - 1),
    types_pb2.DT_UINT32: (0, 2**32 - 1),
    types_pb2.DT_UINT64: (0, 2**64 - 1),
}
_MOST_LEVELS = 32  # what numpy holds


def is_base64(value: Json) -> bool:
    """Tells whether a JSON value is the `{"b64": "..."}` form of a string."""
    return isinstance(value, dict) and list(value) == ["b64"] and isinstance(value["b64"], str)


def array_from_json(value: Json, data_type: int) -> np.ndarray:
    """Returns the dense array of a scalar or of nested lists; the first element of each list sets the shape of all.

    Args:
        value: A parsed JSON value; strings may be given as `{"b64": ...}`.
        data_type: The DataType the signature declares.

    Raises:
        ServingError: INVALID_ARGUMENT for ragged lists, more than 32 levels or a value of another type;
            UNIMPLEMENTED for a type that REST does not carry.
    """
    dtype = numpy_dtype(data_type)
    if dtype is None:
        raise _no_conversion(value, data_type)
    shape = _shape(value)
    scalars: list[Scalar] = []
    _collect(value, 0, shape, data_type, scalars)
    if _INTEGERS.get(data_type) == _INT32_RANGE:
        return np.array(scalars, np.int32).astype(dtype).reshape(shape)
    return np.array(scalars, dtype).reshape(shape)


def _shape(value: Json) -> list[int]:
    shape: list[int] = []
    while isinstance(value, list):
        shape.append(len(value))
        if not value:
            break
        value = value[0]
    if len(shape) > _MOST_LEVELS:
        raise invalid_argument(f"Encountered list at unexpected level: {_MOST_LEVELS} expected < {_MOST_LEVELS}")
    return shape


def _collect(value: Json, level: int, shape: list[int], data_type: int, scalars: list[Scalar]) -> None:
    if not isinstance(value, list):
        if level != len(shape):
            raise invalid_argument(
                f"JSON Value: {shown(value)} found at incorrect level: {level + 1} in the JSON DOM. "
                f"Expected at level: {len(shape)}"
            )
        scalars.append(_scalar(value, data_type))
        return
    if level >= len(shape):
        raise invalid_argument(f"Encountered list at unexpected level: {level} expected < {len(shape)}")
    if len(value) != shape[level]:
        raise invalid_argument(
            f"Encountered list at unexpected size: {len(value)} at level: {level} expected size: {shape[level]}"
        )
    for item in value:
        _collect(item, level + 1, shape, data_type, scalars)


def _scalar(value: Json, data_type: int) -> Scalar:
    if isinstance(value, dict) and data_type == types_pb2.DT_STRING:
        return decode_base64(value)
    if isinstance(value, dict):
        raise _type_error(value, data_type)
    if data_type == types_pb2.DT_STRING:
        if not isinstance(value, str):
            raise _type_error(value, data_type)
        return encode_text(value)
    if data_type in _FLOATS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _type_error(value, data_type)
        return to_float(value, data_type)
    if data_type in _INTEGERS:
        lowest, highest = _INTEGERS[data_type]
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise _type_error(value, data_type)
        return value
    if data_type == types_pb2.DT_BOOL:
        if not isinstance(value, bool):
            raise _type_error(value, data_type)
        return value
    raise _no_conversion(value, data_type)


def encode_text(value: str) -> bytes:
    """Returns a JSON string as UTF-8.

    Raises:
        ServingError: INVALID_ARGUMENT, for half a surrogate pair, which JSON can spell and UTF-8 cannot.
    """
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError:
        raise invalid_argument("JSON Parse error: The surrogate pair in string is invalid.") from None


def to_float(value: int | float, data_type: int) -> float:
    """Returns a number as a float of the type, DT_FLOAT or DT_DOUBLE.

    Raises:
        ServingError: INVALID_ARGUMENT, for a number beyond the type's range or an integer beyond its digits.
    """
    limits = np.finfo(_FLOATS[data_type])
    if isinstance(value, int):
        lossless = abs(value) < 2 ** (limits.nmant + 1)
    else:
        lossless = not math.isfinite(value) or abs(value) <= float(limits.max)
    if not lossless:
        raise invalid_argument(
            f"Cannot convert JSON value: {shown(value)} to {data_type_name(data_type)} without loss of precision."
        )
    return float(value)


def decode_base64(value: Json) -> bytes:
    """Returns the bytes of the `{"b64": ...}` form.

    Raises:
        ServingError: INVALID_ARGUMENT, for anything else and for text that is not base64.
    """
    encoded = value["b64"] if isinstance(value, dict) and is_base64(value) else None
    if not isinstance(encoded, str):
        raise invalid_argument(f"JSON Value: {shown(value)} not formatted correctly for base64 data")
    text = encoded.rstrip("=")
    try:  # the padding may be left out, as absl::Base64Unescape allows
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise invalid_argument("Unable to base64 decode") from None


def _no_conversion(value: Json, data_type: int) -> ServingError:
    return unimplemented(f"Conversion of JSON Value: {shown(value)} to type: {data_type_name(data_type)}")


def _type_error(value: Json, data_type: int) -> ServingError:
    return invalid_argument(
        f"JSON Value: {shown(value)} Type: {json_type(value)} is not of expected type: {data_type_name(data_type)}"
    )


def json_type(value: Json) -> str:
    """Returns the name of a JSON value's type in error texts; those of true and false are `True` and `False`."""
    if isinstance(value, bool):
        return str(value)
    names: dict[type, str] = {type(None): "Null", dict: "Object", list: "Array", str: "String"}
    return names.get(type(value), "Number")
