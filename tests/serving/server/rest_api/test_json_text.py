import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from serving.server.errors import ServingError
from serving.server.rest_api.json_text import error_body, parse_object, shown, to_body


def test_parses_an_object_with_infinities():
    assert parse_object(b'{"a": [1, Infinity, "\xc3\xa9"]}') == {"a": [1, float("inf"), "é"]}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "JSON Parse error: The document is empty"),
        (b"{", "JSON Parse error: Expecting property name"),
        (b'{"a":1} x', "JSON Parse error: Extra data"),
        (b'{"a":"\xff"}', "JSON Parse error: .*invalid start byte"),
        (b"[" * 100_000, "JSON Parse error: The document is nested too deeply"),
        (b'{"a":' + b"9" * 5000 + b"}", "JSON Parse error: Exceeds the limit"),
        (b"[1]", r"JSON Value: \[\n    1\n\] Is not object"),
    ],
    ids=["empty", "cut", "surplus", "utf-8", "deep", "digits", "list"],
)
def test_says_why_a_body_is_no_object(body, reason):
    with pytest.raises(ServingError, match=f"INVALID_ARGUMENT: {reason}"):
        parse_object(body)


@given(st.binary() | st.text(alphabet='{}[]":,\\ud8019.-eNaIfinty \0').map(str.encode))
@example(b'{"a": "\\ud800"}')
@example(b'{"a": "\xff"}')
@example(b'{"a": ' + b"9" * 5000 + b"}")
@example(b'{"a": ' + b"[" * 100_000)
@example(b"\xef\xbb\xbf{}")
@example(b'{"a": 1e999}')
def test_any_body_is_an_object_or_refused_in_a_text_that_can_be_sent(body):
    try:
        assert isinstance(parse_object(body), dict)
    except ServingError as error:
        assert error.http_status == 400
        assert json.loads(error_body(error.message))["error"]


def test_a_long_value_is_shown_cut():
    assert shown("x" * 300) == '"' + "x" * 255 + "...TRUNCATED"


def test_a_value_of_many_levels_is_shown_cut():
    value = []
    for _ in range(2000):
        value = [value]
    assert shown(value).startswith("[\n    [\n        [")
    assert shown(value).endswith("...TRUNCATED")


def test_only_the_beginning_of_a_large_value_is_written():
    read = []

    class Lazy(list):
        def __iter__(self):
            return (read.append(number) or number for number in range(10**9))

    assert shown(Lazy([0])).endswith("...TRUNCATED")
    assert len(read) < 300


def test_bytes_that_are_no_text_go_out_unchanged():
    assert to_body({"a": b"\xff\xc3\xa9".decode("utf-8", "surrogateescape")}) == b'{"a": "\xff\xc3\xa9"}'


def test_half_a_surrogate_pair_in_an_error_text():
    assert error_body("Missing named input: \ud800") == b'{"error": "Missing named input: ?"}'
