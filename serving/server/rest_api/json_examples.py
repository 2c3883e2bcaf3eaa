"""REST classify and regress bodies to `tf.Example`s: `{"context": {...}, "examples": [{feature: value or list}, ...]}`.

Rules and texts are those of TensorFlow Serving's json_tensor.cc at 2.16.1.
"""

from tensorflow.core.example import example_pb2, feature_pb2
from tensorflow.core.framework import types_pb2
from tensorflow_serving.apis import input_pb2

from serving.server.errors import ServingError, invalid_argument
from serving.server.rest_api.json_tensor import decode_base64, encode_text, is_base64, json_type, to_float
from serving.server.rest_api.json_text import Json, shown

_KINDS = {"bytes_list": "bytes", "float_list": "float", "int64_list": "int64"}
_INT64_RANGE = range(-(2**63), 2**63)
_UINT64_RANGE = range(2**64)


def input_from_json(document: dict[str, Json]) -> input_pb2.Input:
    """Returns the examples of a request body, with their context if it has one.

    Raises:
        ServingError: INVALID_ARGUMENT, for missing or empty `examples` and for what is no feature. The text names
            classify even for regress, as TensorFlow Serving's does.
    """
    message = input_pb2.Input()
    if "context" in document:
        message.example_list_with_context.context.CopyFrom(_example(document["context"]))
        examples = message.example_list_with_context.examples
    else:
        examples = message.example_list.examples
    if "examples" not in document:
        raise _format_error(document, "When method is classify, key 'examples' is expected and was not found")
    values = document["examples"]
    if not isinstance(values, list):
        raise _format_error(document, "Expecting 'examples' value to be an list/array")
    if not values:
        raise _format_error(document, "'examples' value is an empty array")
    examples.extend(_example(value) for value in values)
    return message


def _example(value: Json) -> example_pb2.Example:
    if not isinstance(value, dict):
        raise invalid_argument(f"Example must be JSON object but got JSON {json_type(value)}")
    example = example_pb2.Example()
    for name, content in value.items():
        feature = example.features.feature[encode_text(name).decode("utf-8")]
        for element in content if isinstance(content, list) else [content]:
            _add(element, name, feature)
    return example


def _add(value: Json, name: str, feature: feature_pb2.Feature) -> None:
    """Adds one element; the first one decides the kind of list."""
    if isinstance(value, str):
        _list(feature, "bytes_list", name).bytes_list.value.append(encode_text(value))
    elif is_base64(value):
        _list(feature, "bytes_list", name).bytes_list.value.append(decode_base64(value))
    elif isinstance(value, int) and value in _INT64_RANGE:  # true and false, too, as 1 and 0
        _list(feature, "int64_list", name).int64_list.value.append(value)
    elif isinstance(value, int) and value in _UINT64_RANGE:
        raise invalid_argument(f"Feature: {name} has uint64 element. Only int64 is supported.")
    elif isinstance(value, int | float):  # an integer of more than 64 bits is a float to the C++ parser
        _list(feature, "float_list", name).float_list.value.append(_float(value))
    else:
        raise invalid_argument(f"Feature: {name} has element with unexpected JSON type: {json_type(value)}")


def _float(value: int | float) -> float:
    try:
        return to_float(float(value), types_pb2.DT_FLOAT)
    except OverflowError:
        raise invalid_argument("JSON Parse error: Number too big to be stored in double.") from None


def _list(feature: feature_pb2.Feature, kind: str, name: str) -> feature_pb2.Feature:
    present = feature.WhichOneof("kind")
    if present not in (None, kind):
        raise invalid_argument(f"Unexpected element type in feature: {name} expecting type: {_KINDS[present]}")
    return feature


def _format_error(document: dict[str, Json], reason: str) -> ServingError:
    return invalid_argument(f"JSON Value: {shown(document)} {reason}")
