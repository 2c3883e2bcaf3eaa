"""Reading ndjson: Google's two forms, any other JSON object, and lines that are none."""

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.ndjson_reader import NOT_AN_OBJECT, read_ndjson
from components.example_gen.row_batch import COLUMNS, BadRow
from components.example_gen.row_checks import judge_rows

DRAWING = "[[[1,2],[3,4]]]"


def line(key_id, word="cat", drawing=DRAWING, recognized="true"):
    """A line of Google's form, without its end."""
    return (
        f'{{"word":"{word}","countrycode":"VE","timestamp":"2017-03-02 23:25:10.07453 UTC",'
        f'"recognized":{recognized},"key_id":"{key_id}","drawing":{drawing}}}'
    )


def read(*chunks):
    """Returns the rows as tuples (row, countrycode, drawing, key_id, recognized, word), sorted, and the broken ones."""
    batches = list(read_ndjson(chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in chunks))
    rows = [(row["row"], *(row[name].decode() for name in COLUMNS)) for b in batches for row in b.rows.to_pylist()]
    return sorted(rows), [bad for batch in batches for bad in batch.broken]


def read_one(text):
    """Returns the cells of a single line by column."""
    ((_, *cells),), broken = read(text)
    assert broken == []
    return dict(zip(COLUMNS, cells, strict=True))


def test_googles_form():
    rows, broken = read("\n".join([line(7), line(8, "ant", "[[[0],[255]],[[9,8],[1,2]]]", "false"), ""]))
    assert broken == []
    assert rows == [
        (1, "VE", DRAWING, "7", "True", "cat"),
        (2, "VE", "[[[0],[255]],[[9,8],[1,2]]]", "8", "False", "ant"),
    ]


def test_every_column_is_binary_and_the_row_a_number():
    (batch,) = read_ndjson([f"{line(7)}\n{line(8)} \nnone".encode()])
    expected = pa.schema([*((name, pa.binary()) for name in COLUMNS), ("row", pa.int64())])
    assert batch.rows.schema == expected
    assert (batch.rows.num_rows, batch.num_rows) == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        line(7) + "\r",
        "\ufeff" + line(7),
        '{"drawing": [[[1, 2], [3, 4]]], "key_id": 7, "more": {"word": "ant"}, "recognized": true,'
        '"countrycode": "VE", "word": "c\\u0061t"}',
    ],
)
def test_any_other_object_is_read_as_well(text):
    assert read_one(text) == read_one(line(7))


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        ("recognized", True, "True"),
        ("recognized", False, "False"),
        ("recognized", 1, "1"),
        ("countrycode", None, ""),
        ("word", 'a "cat" 🐱', 'a "cat" 🐱'),
        ("word", "\ud83d", "\ufffd" * 3),
        ("key_id", 7, "7"),
        ("drawing", None, ""),
        ("drawing", "[]", "[]"),
        ("drawing", {"x": [1]}, '{"x":[1]}'),
    ],
)
def test_cells(column, value, cell):
    assert read_one(json.dumps({column: value})) == {**dict.fromkeys(COLUMNS, ""), column: cell}


def test_a_raw_drawing_is_simplified():
    raw = "[[[100.0,140.0,260.0],[150.0,210.0,90.0],[0,40,95]],[[180.0],[90.0],[200]]]"
    assert read_one(line(7, drawing=raw))["drawing"] == "[[[0,64,255],[96,191,0]],[[128,128],[0,0]]]"


@pytest.mark.parametrize("drawing", ["[[[0,9],[0,9],[5,6]]]", "[[[0.0,9],[0,9]]]", "[[[0,256],[0,256]]]"])
def test_what_is_raw(drawing):
    assert read_one(line(7, drawing=drawing))["drawing"] == "[[[0,255],[0,255]]]"


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        ("[]", "no strokes"),
        ("[[[1,2],[3]]]", "x and y lists differ in length"),
        ("[[[1,2],[3,4],[5]]]", "a stroke is not two lists"),
        ("[[[],[]]]", "a stroke without points"),
        ("[[[true],[1]]]", "not an integer"),
        ("[[[1.5,2],[NaN,3]]]", "not an integer"),
        ('"cat"', "not JSON"),
        ("null", "not JSON"),
    ],
)
def test_a_malformed_drawing_keeps_its_text_for_its_judge(drawing, reason):
    (batch,) = read_ndjson([line(7, drawing=drawing).encode()])
    judged = judge_rows(batch, "cat")
    text = json.loads(drawing) if drawing.startswith('"') else drawing.replace("null", "")
    assert judged.quarantined == [BadRow(1, "7", "cat", f"drawing: {reason}", text)]


def test_an_object_without_recognized_is_quarantined():
    (batch,) = read_ndjson([json.dumps({"word": "cat", "key_id": "7", "drawing": [[[1], [2]]]}).encode()])
    assert [bad.reason for bad in judge_rows(batch, "cat").quarantined] == ["recognized is neither True nor False"]


@pytest.mark.parametrize(
    "text",
    ["none", line(7)[:-1], line(7) * 2, "[]", "7", '{"word": NULL}', line(7, "c\tat"), line(7, drawing="[[[01]]]")],
)
def test_a_line_that_is_no_object_costs_only_itself(text):
    rows, broken = read("\n".join([line(1), text, line(3)]))
    assert [row[0] for row in rows] == [1, 3]
    assert broken == [BadRow(2, "", "", NOT_AN_OBJECT, text)]


def test_a_line_that_is_nested_without_end():
    text = line(7, drawing="[" * 100_000)
    assert read(text) == ([], [BadRow(1, "", "", NOT_AN_OBJECT, text)])


def test_bytes_that_are_not_utf8():
    rows, broken = read(line(1, "caf\u00e9").encode("latin-1") + b"\n\xff\n" + line(3, "caf\u00e9").encode())
    assert [(row[0], row[-1]) for row in rows] == [(1, "caf\ufffd"), (3, "caf\u00e9")]
    assert broken == [BadRow(2, "", "", NOT_AN_OBJECT, "\ufffd")]


def test_rows_are_numbered_over_all_chunks_and_without_blank_lines():
    rows, broken = read(f"\n{line(1)}\n\n", "\n \r\n", f"none\n\t\n{line(3)}\n", line(4))
    assert [(row[0], row[3]) for row in rows] == [(1, "1"), (3, "3"), (4, "4")]
    assert [bad.row for bad in broken] == [2]


@pytest.mark.parametrize("chunk", [b"", b"\n", b" \r\n"])
def test_no_rows(chunk):
    assert read() == ([], [])
    assert read(chunk) == ([], [])


COORDINATES = st.lists(st.integers(0, 300), max_size=3).map(lambda axis: json.dumps(axis, separators=(",", ":")))
DRAWINGS = st.lists(st.lists(COORDINATES, min_size=1, max_size=3).map(",".join).map("[{}]".format), max_size=3)
NAMES = st.text(max_size=5) | st.text(alphabet='"\\u\t\x00,:{}', max_size=5)


@given(NAMES, NAMES, DRAWINGS.map(",".join).map("[{}]".format), st.sampled_from(["true", "false", "null"]))
def test_the_quick_way_and_the_plain_way_agree(word, key_id, drawing, recognized):
    text = line(key_id, word, drawing, recognized).replace("\n", "").encode("utf-8", "replace")
    rows, broken = read(text)
    # Behind a blank no line is regular.
    plain_rows, plain_broken = read(b" " + text)
    assert rows == plain_rows
    assert [bad.reason for bad in broken] == [bad.reason for bad in plain_broken]


NOISE = st.one_of(
    st.binary(max_size=80),
    st.lists(st.sampled_from(b'{}[]":,\\e1t\xe9\0\r '), max_size=40).map(bytes),
    st.tuples(st.integers(0, len(line(5))), st.binary(max_size=3)).map(
        lambda change: line(5).encode()[: change[0]] + change[1] + line(5).encode()[change[0] + 1 :]
    ),
)


@given(st.lists(NOISE.map(lambda noise: noise.replace(b"\n", b"")), max_size=4))
def test_noise_costs_no_good_line_and_is_counted(noise):
    lines = [line(1001).encode()]
    for number, text in enumerate(noise):
        lines += [text, line(1002 + number).encode()]
    (batch,) = read_ndjson([b"\n".join(lines)])
    keys = set(batch.rows.column("key_id").to_pylist())
    assert {str(1001 + number).encode() for number in range(len(noise) + 1)} <= keys
    assert batch.num_rows == len(noise) + 1 + sum(1 for text in noise if text.strip(b" \t\r\f"))
    judge_rows(batch, "cat")
