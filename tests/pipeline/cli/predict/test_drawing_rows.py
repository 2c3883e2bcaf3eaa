import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.drawing import parse_drawing
from components.errors import UsageError
from pipeline.cli.predict.drawing_rows import DrawingRow, name_of, read_rows

LINE = "[[[0,255],[0,255]]]"
DOT = "[[[3],[4]]]"
POINTS = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=5)
STROKES = POINTS.map(lambda points: [list(axis) for axis in zip(*points, strict=True)])
DRAWINGS = st.lists(STROKES, min_size=1, max_size=3)


@pytest.fixture
def rows_of(tmp_path):
    """A function that reads a file of such a content: each row's text or reason."""

    def read(content, name="drawings.json"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        rows = list(read_rows(str(file)))
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        return [row.text or row.reason for row in rows]

    return read


def test_a_drawing_on_the_command_line():
    assert list(read_rows(f" {LINE}")) == [DrawingRow(1, LINE)]
    assert list(read_rows(f"[{LINE}, {DOT}]")) == [DrawingRow(1, LINE), DrawingRow(2, DOT)]
    assert list(read_rows('{"drawing": [[[3], [4]]]}')) == [DrawingRow(1, DOT)]
    assert list(read_rows("[7")) == [DrawingRow(1, "", "not JSON")]


@pytest.mark.parametrize(
    "content",
    [
        f"{LINE}\n{DOT}\n",
        f"\ufeff{LINE}\r\n\r\n  {DOT}  ",
        f"[{LINE},{DOT}]",
        f"[\n{LINE},\n\n{DOT}\n]\n",
        json.dumps([json.loads(LINE), json.loads(DOT)], indent=1),
        json.dumps([LINE, DOT]),
        json.dumps([{"drawing": json.loads(LINE)}, {"drawing": DOT, "word": "dot"}], indent=2),
        f'{{"word":"line","drawing":{LINE}}}\n{{"drawing":{DOT},"key_id":"7"}}\n',
        f"{LINE}\n[{DOT}]",
    ],
)
def test_all_forms_of_two_drawings(rows_of, content):
    assert rows_of(content) == [LINE, DOT]


def test_a_drawing_over_several_lines(rows_of):
    assert rows_of(json.dumps(json.loads(LINE), indent=4)) == [LINE]


def test_csv(rows_of):
    content = f'\ufeffkey_id,drawing,word\n1,"{LINE}",ant\n\n2,,ant\n3\n4,"{DOT}",bee\n'
    assert rows_of(content, "ALL.CSV") == [LINE, "not JSON", "not JSON", DOT]


def test_a_csv_cell_longer_than_the_modules_own_limit(rows_of):
    long = json.dumps([[[0] * 100_000, [0] * 100_000]], separators=(",", ":"))
    assert rows_of(f'drawing\n"{long}"\n', "long.csv") == [long]


def test_a_broken_csv_row_costs_only_itself(rows_of):
    assert rows_of(f'drawing\n"{LINE}"\n\0\n"{DOT}"\n', "nul.csv") == [LINE, "not CSV: line contains NUL", DOT]


def test_raw_drawings_are_simplified(rows_of):
    """A raw row of the data set has times, and fractions far beyond 255."""
    raw = {"word": "line", "drawing": [[[100.0, 355.5, 611.0], [40.0, 40.0, 40.0], [0, 16, 33]]]}
    assert rows_of(json.dumps(raw), "raw.ndjson") == ["[[[0,255],[0,0]]]"]
    assert rows_of("[[[-5, 505], [0, 0]]]") == ["[[[0,255],[0,0]]]"]
    assert rows_of('drawing\n"[[[1.5,2.5],[0,0]]]"\n', "raw.csv") == ["[[[0,255],[0,0]]]"]


def test_each_bad_row_has_a_reason_and_the_others_are_read(rows_of):
    content = (
        b'\xff\xfe\n[[[1,2],[3]]]\n[]\n7\n{"word":"ant"}\n[[['
        + LINE.encode()
        + b"\n"
        + b"[" * 9999
        + b"\n"
        + DOT.encode()
    )
    assert rows_of(content) == [
        "not JSON",
        "x, y and time lists differ in length",
        "no strokes",
        "not a list of strokes",
        "not a list of strokes",
        "not JSON",
        "not JSON",
        DOT,
    ]


def test_a_first_line_that_is_cut_off_costs_only_itself(rows_of):
    assert rows_of(f"[[[1,2\n{LINE}\n{DOT}") == ["not JSON", LINE, DOT]


@pytest.mark.parametrize(("name", "content"), [("a", ""), ("a", "\n \n"), ("a.csv", ""), ("a.csv", "drawing\n")])
def test_nothing(rows_of, name, content):
    assert rows_of(content, name) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a,b\n1,2\n", r"has no column named drawing: its header is a,b\."),
        ("\0\n", r"is not a CSV file: line contains NUL\."),
    ],
)
def test_no_such_csv_file(rows_of, content, sentence):
    with pytest.raises(UsageError, match=sentence):
        rows_of(content, "a.csv")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match=r"Cannot read .*absent: No such file or directory\."):
        list(read_rows(str(tmp_path / "absent")))
    with pytest.raises(UsageError, match=r"Cannot read .*: Is a directory\."):
        list(read_rows(str(tmp_path)))


def test_names():
    assert name_of("-") == "standard input"
    assert name_of("[[[1],[2]]]") == "the command line"
    assert name_of("ants.csv") == "ants.csv"


@given(st.lists(DRAWINGS, min_size=1, max_size=4), st.sampled_from(["lines", "list", "objects", "csv"]))
def test_drawings_come_back_as_they_were(tmp_path_factory, drawings, form):
    texts = [json.dumps(drawing) for drawing in drawings]
    table = io.StringIO()
    csv.writer(table).writerows([["drawing"], *([text] for text in texts)])
    content = {
        "lines": "\n".join(texts),
        "list": json.dumps(drawings),
        "objects": "\n".join(json.dumps({"drawing": drawing}) for drawing in drawings),
        "csv": table.getvalue(),
    }[form]
    file = tmp_path_factory.mktemp("forms") / ("a.csv" if form == "csv" else "a.json")
    file.write_text(content)
    assert [json.loads(row.text) for row in read_rows(str(file))] == drawings


@given(st.text(alphabet='[]{}0123456789,. -"drawing:\n') | st.binary())
def test_any_file_is_read_to_its_end(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "any"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for row in read_rows(str(file)):
        assert bool(row.text) != bool(row.reason)
        if row.text:
            parse_drawing(row.text)
