import pytest

from serving.server.errors import ServingError
from serving.server.json_text import parse_object, shown, to_body


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


def test_a_long_value_is_shown_cut():
    assert shown("x" * 300) == '"' + "x" * 255 + "...TRUNCATED"


def test_a_value_too_deep_to_write_is_shown_by_a_sentence():
    value = []
    for _ in range(2000):
        value = [value]
    assert shown(value) == "(nested too deeply to show)"


def test_bytes_that_are_no_text_go_out_unchanged():
    assert to_body({"a": b"\xff\xc3\xa9".decode("utf-8", "surrogateescape")}) == b'{"a": "\xff\xc3\xa9"}'
