import pytest
from google.protobuf import text_format
from hypothesis import given
from hypothesis import strategies as st
from tensorflow_serving.apis.input_pb2 import Input

from serving.server.errors import ServingError
from serving.server.rest_api.json_examples import input_from_json


def test_the_kinds_of_features():
    document = {
        "examples": [
            {
                "word": "ant",
                "raw": {"b64": "/w=="},
                "count": [1, True, -(2**63)],
                "ratio": [0.5, float("inf")],
                "none": [],
            }
        ]
    }
    expected = """
        example_list { examples { features {
            feature { key: "word" value { bytes_list { value: "ant" } } }
            feature { key: "raw" value { bytes_list { value: "\\377" } } }
            feature { key: "count" value { int64_list { value: [1, 1, -9223372036854775808] } } }
            feature { key: "ratio" value { float_list { value: [0.5, inf] } } }
            feature { key: "none" value { } }
        } } }"""
    assert input_from_json(document) == text_format.Parse(expected, Input())


def test_a_context():
    message = input_from_json({"context": {"country": "US"}, "examples": [{}, {"n": 1}]}).example_list_with_context
    assert message.context.features.feature["country"].bytes_list.value == [b"US"]
    assert [list(example.features.feature) for example in message.examples] == [[], ["n"]]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({}, "JSON Value: {} When method is classify, key 'examples' is expected and was not found"),
        ({"examples": 1}, "JSON Value: {\n    \"examples\": 1\n} Expecting 'examples' value to be an list/array"),
        ({"examples": []}, "JSON Value: {\n    \"examples\": []\n} 'examples' value is an empty array"),
        ({"examples": ["x"]}, "Example must be JSON object but got JSON String"),
        ({"examples": [{}], "context": 1}, "Example must be JSON object but got JSON Number"),
        ({"examples": [{"a": None}]}, "Feature: a has element with unexpected JSON type: Null"),
        ({"examples": [{"a": {"x": 1}}]}, "Feature: a has element with unexpected JSON type: Object"),
        ({"examples": [{"a": [[1]]}]}, "Feature: a has element with unexpected JSON type: Array"),
        ({"examples": [{"a": [1, 0.5]}]}, "Unexpected element type in feature: a expecting type: int64"),
        ({"examples": [{"a": [0.5, True]}]}, "Unexpected element type in feature: a expecting type: float"),
        ({"examples": [{"a": ["x", 1]}]}, "Unexpected element type in feature: a expecting type: bytes"),
        ({"examples": [{"a": {"b64": "!"}}]}, "Unable to base64 decode"),
        ({"examples": [{"a": 2**63}]}, "Feature: a has uint64 element. Only int64 is supported."),
        ({"examples": [{"a": 1e39}]}, "Cannot convert JSON value: 1e+39 to float without loss of precision."),
        ({"examples": [{"a": 10**400}]}, "JSON Parse error: Number too big to be stored in double."),
        ({"examples": [{"a": "\ud800"}]}, "JSON Parse error: The surrogate pair in string is invalid."),
        ({"examples": [{"\ud800": 1}]}, "JSON Parse error: The surrogate pair in string is invalid."),
    ],
    ids=lambda value: "",
)
def test_what_is_no_example(document, text):
    with pytest.raises(ServingError) as caught:
        input_from_json(document)
    assert str(caught.value) == f"INVALID_ARGUMENT: {text}"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["b64", "x", "\ud800"]), inner),
)


@given(st.dictionaries(st.sampled_from(["examples", "context"]), VALUES))
def test_any_document_becomes_examples_or_a_reason(document):
    try:
        input_from_json(document).SerializeToString()
    except ServingError as error:
        assert error.http_status == 400
