"""Where rows begin: neighbours agree, whatever the bytes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.data_file import DataFile
from components.example_gen.row_boundaries import range_bounds
from components.example_gen.work_plan import FileRange
from tests.components.example_gen.csv_folder import HEADER, row


def cut(data: bytes, count: int, data_format: str = "csv") -> list[bytes]:
    """The bytes of each of `count` ranges of a file."""
    file = DataFile("cat", "cat", data_format, len(data))
    bounds = [range_bounds(io.BytesIO(data), FileRange(file, number, count)) for number in range(count)]
    return [data[start:end] for start, end in bounds]


@pytest.mark.parametrize(
    ("data", "pieces"),
    [
        (b"aaa\nbbb\n", [b"aaa\n", b"bbb\n"]),
        (b"a\nbbbbb\n", [b"a\nbbbbb\n", b""]),
        (b"aaaaa\nb\n", [b"aaaaa\n", b"b\n"]),
        (b"aaaaaaa", [b"aaaaaaa", b""]),
        (b"aaa\nbbb", [b"aaa\n", b"bbb"]),
    ],
)
def test_a_row_belongs_to_the_range_it_begins_in(data, pieces):
    assert cut(data, 2) == pieces


@pytest.mark.parametrize("count", range(1, 40))
def test_a_line_end_in_quotes_is_no_boundary(count):
    rows = [
        f"{row(key, drawing=drawing)}\n" for key, drawing in enumerate(["[[[1],\n\n[2]]]", "\n", "[[[1],[2]]]"] * 3)
    ]
    data = "".join([f"{HEADER}\n", *rows]).encode()
    pieces = cut(data, count)
    assert b"".join(pieces) == data
    starts = {len(HEADER) + 1 + sum(map(len, rows[:number])) for number in range(len(rows))}
    position = 0
    for piece in pieces[:-1]:
        position += len(piece)
        assert position in starts | {len(data)}


def test_doubled_quotes_and_quoted_commas_do_not_mislead():
    rows = [b'"a ""b"", ""c""\n",1\n', b'",\n",2\n', b'"\n,",3\n', b'"",4\n', b'"[1]",5\n']
    for count in range(1, 40):
        lengths = [len(piece) for piece in cut(b"".join(rows), count)]
        assert set(lengths) <= {sum(map(len, rows[i:j])) for i in range(6) for j in range(i, 6)}


def test_quotes_mean_nothing_in_ndjson():
    assert cut(b'"\n"aaaa\n"bbb\n', 2, "ndjson") == [b'"\n"aaaa\n', b'"bbb\n']


def test_a_row_longer_than_a_window_is_searched_to_its_end():
    data = b'"' + b"a,\n" * 100_000 + b'[",1\n' + b"2,2\n" * 9
    assert cut(data, 3) == [data[:-36], b"", data[-36:]]


@given(st.lists(st.sampled_from(b'a,"\n\r'), max_size=60).map(bytes), st.integers(1, 12))
def test_every_byte_is_in_exactly_one_range(data, count):
    assert b"".join(cut(data, count)) == data


@given(st.lists(st.text(alphabet='a,"\n[', max_size=8), min_size=2, max_size=2).map(tuple), st.integers(1, 12))
def test_well_formed_rows_stay_whole(cells, count):
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in (*cells, "[1]")).encode() + b"\n"
    data = quoted * 5
    assert all(len(piece) % len(quoted) == 0 for piece in cut(data, count))
