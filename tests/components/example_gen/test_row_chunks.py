"""Pieces of a file end where rows end."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.row_chunks import iter_chunks


@pytest.mark.parametrize(
    ("data", "chunks"),
    [
        (b"", []),
        (b"a\nb\nc\n", [b"a\n", b"b\nc\n"]),
        (b"a\nb\nc", [b"a\n", b"b\n", b"c"]),
        (b"abcdefgh\ni\n", [b"abcdefgh\n", b"i\n"]),
        (b'a\n"b\nc"\nd\n', [b"a\n", b'"b\nc"\n', b"d\n"]),
    ],
)
def test_cuts_behind_rows(data, chunks):
    assert list(iter_chunks(io.BytesIO(data), "csv", chunk_bytes=3)) == chunks


def test_quotes_enclose_no_line_end_in_ndjson():
    assert list(iter_chunks(io.BytesIO(b'"a\nb"\n'), "ndjson", chunk_bytes=4)) == [b'"a\n', b'b"\n']


@pytest.mark.parametrize(("num_bytes", "chunks"), [(0, []), (2, [b"a\n"]), (3, [b"a\n", b"b"]), (99, [b"a\n", b"b\n"])])
def test_no_more_is_read_than_asked_for(num_bytes, chunks):
    assert list(iter_chunks(io.BytesIO(b"a\nb\n"), "csv", num_bytes, chunk_bytes=2)) == chunks


def test_an_unbalanced_quote_does_not_pile_up_the_rest_of_the_file():
    data = b'"a\n' + b"b\n" * 1000
    assert max(map(len, iter_chunks(io.BytesIO(data), "csv", chunk_bytes=10))) <= 50


@given(st.text(alphabet='ab"\n').map(str.encode), st.integers(1, 9))
def test_nothing_is_lost(data, chunk_bytes):
    assert b"".join(iter_chunks(io.BytesIO(data), "csv", chunk_bytes=chunk_bytes)) == data
