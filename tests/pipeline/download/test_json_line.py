import json

import pytest

from components.example_gen.ndjson_reader import NOT_AN_OBJECT
from components.example_gen.row_checks import OTHER_WORD
from pipeline.download.json_line import MalformedLineError, convert_line
from tests.pipeline.download.quickdraw_bucket import line

ROW = 'US,"[[[0, 255], [0, 9]]]",7,True,2017-03-01 20:41:36.707250,cat\n'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(line("cat", 7), id="as_google_writes_it"),
        pytest.param(json.dumps(json.loads(line("cat", 7))).encode(), id="blanks_and_no_end"),
        pytest.param(b"\xef\xbb\xbf" + line("cat", 7)[:-1] + b"\r\n", id="byte_order_mark_and_carriage_return"),
        pytest.param(line("cat", 7, more=[1]), id="one_more_key"),
        pytest.param(json.dumps(dict(reversed(json.loads(line("cat", 7)).items()))).encode(), id="another_order"),
        pytest.param(line("cat", 7, [[[5.0, 15], [2, 2.352941], [0, 70]]]), id="raw"),
        pytest.param(line("cat", 7, key_id=7), id="key_is_a_number"),
    ],
)
def test_one_row_however_it_is_written(text):
    assert convert_line(text, "cat", is_raw=False).decode() == ROW


@pytest.mark.parametrize(
    ("timestamp", "written"),
    [
        ("2017-03-01 20:41:36.1 UTC", "2017-03-01 20:41:36.100000"),
        ("2017-03-01 20:41:36 UTC", "2017-03-01 20:41:36.000000"),
        ("yesterday, noon", '"yesterday, noon"'),
        (None, ""),
    ],
)
def test_times_have_six_digits_of_a_second(timestamp, written):
    assert convert_line(line("cat", 7, timestamp=timestamp), "cat", is_raw=False).decode().split("True,")[1] == (
        f"{written},cat\n"
    )


def test_the_raw_form_is_always_simplified():
    """Points on a line go even if all coordinates look simplified; a stroke of one point becomes two."""
    text = line("cat", 7, [[[0, 9, 255], [0, 0, 0], [0, 1, 2]], [[3], [4], [5]]])
    assert b'"[[[0, 255], [0, 0]], [[3, 3], [4, 4]]]"' in convert_line(text, "cat", is_raw=True)
    without_times = line("cat", 7, [[[0, 9, 255], [0, 0, 0]]])
    assert b'"[[[0, 255], [0, 0]]]"' in convert_line(without_times, "cat", is_raw=True)
    assert b'"[[[0, 9, 255], [0, 0, 0]]]"' in convert_line(without_times, "cat", is_raw=False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"{", NOT_AN_OBJECT),
        (b"[]", NOT_AN_OBJECT),
        (b"\xff\xfe", NOT_AN_OBJECT),
        (b"[" * 100_000, NOT_AN_OBJECT),
        (line("dog", 7), OTHER_WORD),
        (line("cat", 7, key_id=None), "key_id is missing"),
        (line("cat", 7, key_id=" "), "key_id is missing"),
        (line("cat", 7, key_id=[7]), "key_id is missing"),
        (line("cat", 7, recognized="true"), "recognized is neither true nor false"),
        (line("cat", 7, []), "drawing: no strokes"),
        (line("cat", 7, [[[1, 2], [3]]]), "drawing: x, y and time lists differ in length"),
        (line("cat", 7, None), "drawing: not a list of strokes"),
    ],
)
def test_what_is_no_row_has_a_reason(text, reason):
    with pytest.raises(MalformedLineError) as error:
        convert_line(text, "cat", is_raw=False)
    assert error.value.reason == reason


def test_a_reason_comes_with_what_the_line_says_of_itself():
    with pytest.raises(MalformedLineError) as error:
        convert_line(line("dog", 7), "cat", is_raw=False)
    assert (error.value.key_id, error.value.word) == ("7", "dog")
