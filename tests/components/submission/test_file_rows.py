import json
import pathlib

import pytest

from components.errors import DataRefusedError, UsageError
from components.example_gen.data_file import DataFile
from components.submission.drawings_file import find_drawings
from components.submission.file_rows import Piece, iter_pieces, iter_rows, read_piece, rows_of
from tests.components.submission.drawing_rows import LINE, LINE_IN_LINES, write_drawings


def read(path: pathlib.Path) -> list[tuple[str, str]]:
    rows = [row for table in iter_rows(find_drawings(str(path))) for row in table.to_pylist()]
    return [(row["key_id"].decode(), row["drawing"].decode()) for row in rows]


def test_a_line_end_inside_quotes_ends_no_row(tmp_path: pathlib.Path) -> None:
    rows = [("1", LINE), ("2", LINE_IN_LINES), ("3", LINE)]
    assert read(write_drawings(tmp_path / "test.csv", rows)) == rows


def test_ndjson_comes_in_the_order_of_its_lines(tmp_path: pathlib.Path) -> None:
    # Google's own lines are read before those that are written in another way.
    drawing = [[[0, 255], [0, 255]]]
    unusual = [{"drawing": drawing, "key_id": str(number)} for number in range(6)]
    usual = [
        {
            "word": "cat",
            "countrycode": "US",
            "timestamp": "t",
            "recognized": True,
            "key_id": str(number),
            "drawing": drawing,
        }
        for number in range(6)
    ]
    lines = [json.dumps(usual[i] if i % 2 else unusual[i], separators=(",", ":")) for i in range(6)]
    (tmp_path / "test.ndjson").write_text("\n".join(lines))
    assert read(tmp_path / "test.ndjson") == [(str(number), LINE) for number in range(6)]


def test_pieces_are_whole_rows_and_follow_one_another(tmp_path: pathlib.Path) -> None:
    path = write_drawings(tmp_path / "test.csv", [("1", LINE), ("2", "\n\n"), ("3", '"\n,"')])
    file = find_drawings(str(path))
    pieces = list(iter_pieces(file, 8))
    assert [piece.data.decode() for piece in pieces] == [
        '1,US,"[[[0,255],[0,255]]]"\n',
        '2,US,"\n\n"\n',
        '3,US,"""\n,"""\n',
    ]
    assert [read_piece(file, piece.offset, len(piece.data)) for piece in pieces] == pieces


def test_a_row_that_is_none_is_told_by_its_number_in_the_file(tmp_path: pathlib.Path) -> None:
    file = DataFile("test.csv", "", "csv", 10, ("key_id", "drawing"))
    with pytest.raises(DataRefusedError, match=r"test.csv, row 1,002: wrong number of columns: '2,x,y'; every row"):
        rows_of(Piece(0, b"1,x\n2,x,y\n"), file, rows_before=1000)


def test_a_file_that_has_gone(tmp_path: pathlib.Path) -> None:
    gone = DataFile(str(tmp_path / "gone.csv"), "", "csv", 10, ("key_id", "drawing"))
    for read_it in (lambda: list(iter_pieces(gone)), lambda: read_piece(gone, 0, 1)):
        with pytest.raises(UsageError, match="cannot be read: No such file or directory"):
            read_it()
