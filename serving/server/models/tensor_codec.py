"""TensorProto to numpy and back, by the rules of the C++ runtime.

`tf.make_ndarray` refuses surplus values and `tf.make_tensor_proto` packs into `tensor_content`; the C++ server does
neither, and clients that read `.float_val` would break. Strings are object arrays of bytes: numpy's own fixed-width
bytes drop trailing zero bytes.
"""

import math
from collections.abc import Sequence

import numpy as np
from tensorflow.core.framework import tensor_pb2, types_pb2

from serving.server.errors import unimplemented

STRING_DTYPE = np.dtype(object)
_TYPED_FIELDS: dict[int, tuple[str, np.dtype]] = {
    types_pb2.DT_FLOAT: ("float_val", np.dtype(np.float32)),
    types_pb2.DT_DOUBLE: ("double_val", np.dtype(np.float64)),
    types_pb2.DT_INT8: ("int_val", np.dtype(np.int8)),
    types_pb2.DT_INT16: ("int_val", np.dtype(np.int16)),
    types_pb2.DT_INT32: ("int_val", np.dtype(np.int32)),
    types_pb2.DT_INT64: ("int64_val", np.dtype(np.int64)),
    types_pb2.DT_UINT8: ("int_val", np.dtype(np.uint8)),
    types_pb2.DT_UINT16: ("int_val", np.dtype(np.uint16)),
    types_pb2.DT_UINT32: ("uint32_val", np.dtype(np.uint32)),
    types_pb2.DT_UINT64: ("uint64_val", np.dtype(np.uint64)),
    types_pb2.DT_BOOL: ("bool_val", np.dtype(np.bool_)),
    types_pb2.DT_STRING: ("string_val", STRING_DTYPE),
}
_DATA_TYPES = {dtype: data_type for data_type, (_, dtype) in _TYPED_FIELDS.items()}
# A few bytes of shape could otherwise ask for terabytes of repeated values.
_MOST_PADDED_ELEMENTS = 2**20
_MOST_RANK = 32  # what numpy holds


class TensorParsingError(ValueError):
    """The TensorProto contradicts itself, or is of a type that this server does not read."""


def data_type_name(data_type: int) -> str:
    """Returns the runtime's name of a DataType: `float`, `string`, `int32`."""
    return str(types_pb2.DataType.Name(data_type)).removeprefix("DT_").lower()


def shape_text(shape: Sequence[int]) -> str:
    """Returns a shape as the runtime writes it: `[2,3]`."""
    return f"[{','.join(map(str, shape))}]"


def data_type_of(array: np.ndarray) -> int:
    """Returns the DataType of an array.

    Raises:
        ServingError: UNIMPLEMENTED, for a dtype that this server does not carry (half, bfloat16, complex, quantized).
    """
    try:
        return _DATA_TYPES[array.dtype]
    except KeyError:
        raise unimplemented(f"This server does not carry tensors of type {array.dtype}") from None


def numpy_dtype(data_type: int) -> np.dtype | None:
    """Returns the numpy dtype of a DataType (object for strings), or None where this server does not carry it."""
    return _TYPED_FIELDS[data_type][1] if data_type in _TYPED_FIELDS else None


def decode_tensor(proto: tensor_pb2.TensorProto) -> np.ndarray:
    """Returns the array of a TensorProto.

    As in C++: no shape is a scalar; too few values repeat the last one; none are zeros; surplus ones are ignored.
    Stricter than C++ in one thing: at most 2**20 elements are made up for values that were not sent.

    Raises:
        TensorParsingError: An unreadable dtype, an unknown or negative dimension, `tensor_content` of a wrong length.
    """
    if proto.dtype not in _TYPED_FIELDS:
        raise TensorParsingError(f"dtype {proto.dtype}")
    field, dtype = _TYPED_FIELDS[proto.dtype]
    shape = _shape_of(proto)
    if proto.tensor_content:
        return _decode_content(proto.tensor_content, dtype, shape)
    return _pad(_typed_values(proto, field, dtype, math.prod(shape)), dtype, shape)


def encode_tensor(array: np.ndarray) -> tensor_pb2.TensorProto:
    """Returns the TensorProto of an array, every element in its typed field.

    Raises:
        ServingError: UNIMPLEMENTED, for a dtype that this server does not carry.
    """
    proto = tensor_pb2.TensorProto(dtype=data_type_of(array))
    for size in array.shape:
        proto.tensor_shape.dim.add(size=size)
    field, _ = _TYPED_FIELDS[proto.dtype]
    getattr(proto, field).extend(array.ravel().tolist())
    return proto


def _shape_of(proto: tensor_pb2.TensorProto) -> tuple[int, ...]:
    shape = tuple(dim.size for dim in proto.tensor_shape.dim)
    bytes_bound = math.prod(max(size, 1) for size in shape) * 16  # numpy checks the product of zero-sized shapes too
    if proto.tensor_shape.unknown_rank or min(shape, default=0) < 0 or bytes_bound >= 2**63 or len(shape) > _MOST_RANK:
        raise TensorParsingError(f"shape {shape}")
    return shape


def _typed_values(proto: tensor_pb2.TensorProto, field: str, dtype: np.dtype, size: int) -> np.ndarray:
    values = getattr(proto, field)[:size]
    if dtype == STRING_DTYPE:
        array = np.empty(len(values), dtype)
        array[:] = values
        return array
    if field == "int_val":  # 32 bits for narrower types too; C++ casts them, so they wrap instead of overflowing
        return np.array(values, np.int32).astype(dtype)
    return np.array(values, dtype)


def _pad(values: np.ndarray, dtype: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
    size = math.prod(shape)
    if len(values) < size:
        if size > _MOST_PADDED_ELEMENTS:
            raise TensorParsingError(f"{len(values)} values for shape {shape}")
        zero = b"" if dtype == STRING_DTYPE else 0
        filler = np.full(size - len(values), values[-1] if len(values) else zero, dtype)
        values = np.concatenate([values, filler])
    return values.reshape(shape)


def _decode_content(content: bytes, dtype: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
    size = math.prod(shape)
    if dtype == STRING_DTYPE:
        strings = _decode_strings(content, size)  # first: who finds them too few must not have made room for all
        array = np.empty(size, dtype)
        array[:] = strings
        return array.reshape(shape)
    if len(content) != size * dtype.itemsize:
        raise TensorParsingError(f"{len(content)} bytes of tensor_content for shape {shape}")
    return np.frombuffer(content, dtype).reshape(shape)


def _decode_strings(content: bytes, count: int) -> list[bytes]:
    """Reads strings packed into `tensor_content`: all lengths as varints, then all bytes (C++ EncodeStringList)."""
    lengths: list[int] = []
    offset = 0
    while len(lengths) < count:
        length, offset = _read_varint(content, offset)
        lengths.append(length)
    if offset + sum(lengths) != len(content):
        raise TensorParsingError(f"{len(content)} bytes of tensor_content for {count} strings")
    strings = []
    for length in lengths:
        strings.append(content[offset : offset + length])
        offset += length
    return strings


def _read_varint(content: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for position in range(5):  # a varint32 has at most five bytes of seven bits
        if offset >= len(content):
            raise TensorParsingError("tensor_content ends inside its string lengths")
        byte = content[offset]
        offset += 1
        value |= (byte & 0x7F) << (7 * position)
        if byte < 0x80:
            return value, offset
    raise TensorParsingError("a string length in tensor_content is longer than 32 bits")
