"""Reading CSV files: columns by name, rows by number, broken rows aside."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.csv_reader import read_csv
from components.example_gen.data_file import read_header
from components.example_gen.row_chunks import iter_chunks
from tests.components.example_gen.csv_folder import HEADER, row

GOOD = row(7)


def read_batches(data: bytes, chunk_bytes: int = 1 << 20):
    stream = io.BytesIO(data)
    columns = read_header(stream.readline())
    return list(read_csv(iter_chunks(stream, "csv", chunk_bytes=chunk_bytes), columns))


def read(text: str | bytes, chunk_bytes: int = 1 << 20):
    """Returns {row number: key_id} of the rows and {row number: text} of the broken ones."""
    data = text if isinstance(text, bytes) else text.encode()
    batches = read_batches(data, chunk_bytes)
    numbers = [number for batch in batches for number in batch.rows.column("row").to_pylist()]
    keys = [key.decode() for batch in batches for key in batch.rows.column("key_id").to_pylist()]
    return dict(zip(numbers, keys, strict=True)), {bad.row: bad.text for batch in batches for bad in batch.broken}


@pytest.mark.parametrize("chunk_bytes", [1, 100, 1 << 20])
def test_rows_are_numbered_without_header_and_blank_lines(chunk_bytes):
    text = "\n".join([HEADER, row(11), "", "1,2", row(12), "3", row(13)])
    assert read(text, chunk_bytes) == ({1: "11", 3: "12", 5: "13"}, {2: "1,2", 4: "3"})


def test_columns_by_name_in_any_order_and_others_ignored():
    data = b'word,extra,key_id,drawing,recognized\ncat,?,5,"[[[1],[2]]]",True\n'
    (batch,) = read_batches(data)
    assert batch.rows.to_pylist() == [
        {
            "countrycode": b"",
            "drawing": b"[[[1],[2]]]",
            "key_id": b"5",
            "recognized": b"True",
            "word": b"cat",
            "row": 1,
        }
    ]


@pytest.mark.parametrize("text", [HEADER, HEADER + "\n", HEADER + "\n\n\n"])
def test_no_rows(text):
    assert read(text) == ({}, {})


def test_byte_order_mark_and_crlf():
    data = b"\xef\xbb\xbf" + "\r\n".join([HEADER, row(1), row(2), ""]).encode()
    assert read(data) == ({1: "1", 2: "2"}, {})


def test_a_quoted_line_end_belongs_to_its_row():
    assert read("\n".join([HEADER, row(1, drawing="[[[1],\n[2]]]"), row(2)]), 50) == ({1: "1", 2: "2"}, {})


@pytest.mark.parametrize("chunk_bytes", [1, 150, 1 << 20])
def test_an_unbalanced_quote_costs_only_its_own_row(chunk_bytes):
    bad = row(2).replace(']]]"', "]]]")
    rows, broken = read("\n".join([HEADER, row(1), bad, row(3), row(4)]), chunk_bytes)
    assert (sorted(rows.values()), list(broken.values())) == (["1", "3", "4"], [bad])


def test_a_file_cut_short_in_a_quoted_field():
    rows, broken = read("\n".join([HEADER, row(1), 'US,"[[[1, 2']))
    assert (rows, broken) == ({1: "1"}, {2: 'US,"[[[1, 2'})


def test_a_broken_row_that_is_not_utf8():
    rows, broken = read(f"{HEADER}\n{GOOD}\n".encode() + b"\xe9,1\n" + GOOD.encode())
    assert (rows, broken) == ({1: "7", 3: "7"}, {2: "\ufffd,1"})


NOISE = st.one_of(st.binary(max_size=80), st.lists(st.sampled_from(b'",\r\na\xe9\0'), max_size=30).map(bytes))


@given(NOISE, st.sampled_from([20, 1 << 20]))
def test_random_bytes_never_stop_the_reader(noise, chunk_bytes):
    rows, _ = read(f"{HEADER}\n{GOOD}\n".encode() + noise, chunk_bytes)
    assert rows[1] == "7"


@given(NOISE.map(lambda noise: noise.replace(b"\n", b"").replace(b"\r", b"")))
def test_a_noisy_line_costs_no_good_row_behind_it(noise):
    rows, _ = read(f"{HEADER}\n{GOOD}\n".encode() + noise + f"\n{row(8)}\n{row(9)}\n".encode())
    assert {"7", "8", "9"} <= set(rows.values())
