"""Pieces of a CSV file end where rows end."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.csv_chunks import iter_chunks


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
    assert list(iter_chunks(io.BytesIO(data), 3)) == chunks


def test_an_unbalanced_quote_does_not_pile_up_the_rest_of_the_file():
    data = b'"a\n' + b"b\n" * 1000
    assert max(map(len, iter_chunks(io.BytesIO(data), 10))) <= 50


@given(st.text(alphabet='ab"\n').map(str.encode), st.integers(1, 9))
def test_nothing_is_lost(data, chunk_bytes):
    assert b"".join(iter_chunks(io.BytesIO(data), chunk_bytes)) == data
