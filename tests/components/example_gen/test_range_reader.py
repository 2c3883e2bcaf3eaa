"""Ranges of files, read to their rows."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.example_gen.data_file import DataFile, UnreadableFileError
from components.example_gen.range_reader import read_range
from components.example_gen.work_plan import FileRange
from tests.components.example_gen.csv_folder import HEADER, row

LINE = '{"word":"cat","countrycode":"US","timestamp":"t","recognized":true,"key_id":"%s","drawing":[[[1],[2]]]}\n'
CSV = "".join([f"{HEADER}\n", *(f"{row(key)}\n" for key in range(30))]).encode()
NDJSON = "".join(LINE % key for key in range(30)).encode()


def write(path, content: bytes) -> DataFile:
    path.write_bytes(content)
    columns = tuple(HEADER.split(",")) if ".csv" in path.name else ()
    return DataFile(str(path), "cat", "csv" if columns else "ndjson", len(content), columns)


def read(file: DataFile, count: int = 1, chunk_bytes: int = 100):
    """The ids in each range."""
    batches = [list(read_range(FileRange(file, number, count), chunk_bytes)) for number in range(count)]
    return [[key.decode() for batch in each for key in batch.rows.column("key_id").to_pylist()] for each in batches]


@pytest.mark.parametrize("count", [1, 2, 7, 100])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cat.csv", CSV),
        ("cat.ndjson", NDJSON),
        ("cat.csv", b"\xef\xbb\xbf" + CSV),
        ("cat.ndjson", b"\xef\xbb\xbf" + NDJSON),
    ],
    ids=["csv", "ndjson", "csv with mark", "ndjson with mark"],
)
def test_ranges_together_hold_every_row_once(tmp_path, name, content, count):
    ids = read(write(tmp_path / name, content), count)
    assert [key for each in ids for key in each] == [str(key) for key in range(30)]


@pytest.mark.parametrize(("name", "content"), [("cat.csv.gz", CSV), ("cat.ndjson.gz", NDJSON)])
def test_gzipped_files_in_several_members_too(tmp_path, name, content):
    middle = len(content) // 2
    packed = gzip.compress(content[:middle]) + gzip.compress(content[middle:])
    assert read(write(tmp_path / name, packed)) == [[str(key) for key in range(30)]]


def test_row_numbers_begin_anew_in_each_range(tmp_path):
    file = write(tmp_path / "cat.csv", CSV)
    batches = [next(read_range(FileRange(file, number, 2))) for number in range(2)]
    assert [batch.rows.column("row").to_pylist()[0] for batch in batches] == [1, 1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (gzip.compress(CSV)[:-9], "is cut short: its gzip stream has no end; copy the file again"),
        (gzip.compress(CSV)[:-8] + b"12345678", "cannot be read: CRC check failed .*; copy the file again"),
        (gzip.compress(CSV)[:10] + b"\xff" * 600, "cannot be read: .*; copy the file again"),
        (CSV, "cannot be read: Not a gzipped file"),
    ],
    ids=["short", "checksum", "no deflate stream", "no gzip"],
)
def test_a_broken_gzip_file_is_named(tmp_path, content, sentence):
    file = write(tmp_path / "cat.csv.gz", content)
    with pytest.raises(UnreadableFileError, match=rf"cat\.csv\.gz {sentence}"):
        read(file)


def test_a_file_that_is_gone_is_named(tmp_path):
    file = write(tmp_path / "cat.csv", CSV)
    (tmp_path / "cat.csv").unlink()
    with pytest.raises(UnreadableFileError, match=r"cat\.csv cannot be read: No such file"):
        read(file)


NOISE = st.one_of(
    st.binary(max_size=80), st.lists(st.sampled_from(b'",\ra\xe9\0'), max_size=30).map(bytes), st.just(b'US,"[[[')
).map(lambda noise: noise.replace(b"\n", b"").replace(b"\r", b""))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NOISE, max_size=6), st.integers(1, 9), st.sampled_from([50, 200, 1 << 20]))
def test_no_good_row_is_lost_or_doubled_beside_bad_ones_however_the_file_is_cut(tmp_path, noise, count, chunk_bytes):
    lines = [HEADER.encode()]
    for key in range(8):
        lines += [row(key).encode(), *noise[key : key + 1]]
    file = write(tmp_path / "cat.csv", b"\n".join([*lines, b""]))
    ids = [key for each in read(file, count, chunk_bytes) for key in each]
    assert [ids.count(str(key)) for key in range(8)] == [1] * 8
