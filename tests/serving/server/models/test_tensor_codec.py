import numpy as np
import pytest
import tensorflow as tf
from google.protobuf.message import DecodeError
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from tensorflow.core.framework.tensor_pb2 import TensorProto
from tensorflow.core.framework.types_pb2 import DT_FLOAT, DT_HALF, DT_INT8, DT_INVALID, DT_STRING, DT_UINT64

from serving.server.errors import ServingError
from serving.server.models.tensor_codec import TensorParsingError, data_type_name, decode_tensor, encode_tensor


def proto(dtype, shape=None, **fields):
    message = TensorProto(dtype=dtype, **fields)
    for size in shape or ():
        message.tensor_shape.dim.add(size=size)
    return message


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (proto(DT_FLOAT, [2, 2], float_val=[1, 2, 3, 4]), [[1, 2], [3, 4]]),
        (proto(DT_FLOAT, [4], float_val=[1, 2]), [1, 2, 2, 2]),
        (proto(DT_FLOAT, [3]), [0, 0, 0]),
        (proto(DT_FLOAT, [2], float_val=[1, 2, 3]), [1, 2]),
        (proto(DT_FLOAT, float_val=[7]), 7),
        (proto(DT_FLOAT, [0, 3]), np.zeros((0, 3))),
        (proto(DT_FLOAT, [2], tensor_content=np.array([1, 2], np.float32).tobytes()), [1, 2]),
        (proto(DT_STRING, [2], string_val=[b"a"]), [b"a", b"a"]),
        (proto(DT_STRING, [2]), [b"", b""]),
        (proto(DT_STRING, [2], tensor_content=b"\x01\x02abb"), [b"a", b"bb"]),
        (proto(DT_INT8, [2], int_val=[1, 300]), [1, 44]),
        (proto(DT_UINT64, [2], uint64_val=[1, 2**64 - 1]), [1, 2**64 - 1]),
    ],
    ids=lambda value: "",
)
def test_decodes_as_the_cpp_runtime_does(message, expected):
    np.testing.assert_array_equal(decode_tensor(message), expected)


@pytest.mark.parametrize(
    "message",
    [
        proto(DT_INVALID, [1]),
        proto(DT_HALF, [1]),
        proto(99, [1]),
        proto(DT_FLOAT, [-1]),
        proto(DT_FLOAT, [2**40, 2**40]),
        proto(DT_FLOAT, [0, 2**40, 2**40]),
        proto(DT_FLOAT, [2**21]),
        proto(DT_STRING, [2**62]),
        proto(DT_FLOAT, [1] * 33),
        proto(DT_FLOAT, [2], tensor_content=b"1234567"),
        proto(DT_STRING, [2], tensor_content=b"\x01"),
        proto(DT_STRING, [2**40], tensor_content=b"\x01"),
        proto(DT_STRING, [2], tensor_content=b"\x01\x05ab"),
        proto(DT_STRING, [1], tensor_content=b"\xff" * 9),
    ],
    ids=lambda value: "",
)
def test_refuses_what_contradicts_itself(message):
    with pytest.raises(TensorParsingError):
        decode_tensor(message)


def test_an_unknown_rank_is_refused():
    message = proto(DT_FLOAT)
    message.tensor_shape.unknown_rank = True
    with pytest.raises(TensorParsingError):
        decode_tensor(message)


def test_answers_carry_typed_fields():
    message = encode_tensor(np.array([[0.5, 1.5]], np.float32))
    assert list(message.float_val) == [0.5, 1.5]
    assert message.tensor_content == b""
    assert [dim.size for dim in message.tensor_shape.dim] == [1, 2]


def test_strings_keep_their_zero_bytes():
    words = np.array([b"a\0\0", b""], object)
    assert list(encode_tensor(words).string_val) == [b"a\0\0", b""]
    assert decode_tensor(encode_tensor(words)).tolist() == [b"a\0\0", b""]


def test_types_this_server_does_not_carry_are_unimplemented():
    with pytest.raises(ServingError, match=r"UNIMPLEMENTED.*float16"):
        encode_tensor(np.zeros(1, np.float16))


ARRAYS = st.sampled_from(["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]).flatmap(
    lambda dtype: st_numpy.arrays(dtype, st_numpy.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
)


@given(ARRAYS)
def test_decoding_undoes_encoding(array):
    np.testing.assert_array_equal(decode_tensor(encode_tensor(array)), array)


@given(ARRAYS)
def test_reads_what_tensorflow_writes_and_the_other_way_round(array):
    np.testing.assert_array_equal(decode_tensor(tf.make_tensor_proto(array)), array)
    np.testing.assert_array_equal(tf.make_ndarray(encode_tensor(array)), array)


@given(
    st.integers(0, 24),
    st.lists(st.integers(-1, 3) | st.integers(-(2**63), 2**63 - 1), max_size=4),
    st.binary(max_size=16),
    st.lists(st.binary(max_size=2), max_size=4),
)
@example(DT_STRING, [2**40], b"\x01", [])
@example(DT_STRING, [2**62, 0], b"", [])
@example(DT_FLOAT, [2**40, 2**40], b"", [])
@example(DT_FLOAT, [-1], b"", [])
def test_any_message_is_decoded_or_refused(dtype, shape, content, strings):
    message = proto(dtype, shape, tensor_content=content, string_val=strings)
    try:
        array = decode_tensor(message)
    except TensorParsingError:
        return
    assert array.shape == tuple(shape)


@pytest.mark.filterwarnings("ignore:Unexpected end-group tag")
@given(st.binary(max_size=64))
@example(b"\x08\x07\x12\x0c\x12\n\x08\x80\x80\x80\x80\x80\x80\x80\x80@")  # 2**62 strings
def test_any_bytes_are_decoded_or_refused(data):
    try:
        message = TensorProto.FromString(data)
    except DecodeError:
        return
    try:
        array = decode_tensor(message)
    except TensorParsingError:
        return
    assert array.shape == tuple(dim.size for dim in message.tensor_shape.dim)


def test_names_of_types():
    assert [data_type_name(dtype) for dtype in (DT_FLOAT, DT_STRING, DT_HALF)] == ["float", "string", "half"]
