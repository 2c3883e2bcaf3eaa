import gzip
import hashlib
import pathlib

import pytest

from components.errors import UsageError
from components.submission.drawings_file import digest_of_file, find_drawings, unpack
from tests.components.submission.drawing_rows import LINE, write_drawings


def test_finds_columns_in_any_order(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "test.csv"
    path.write_text("\ufeffdrawing, more ,key_id\r\n")
    file = find_drawings(str(path))
    assert (file.columns, file.format, file.size) == (("drawing", "more", "key_id"), "csv", 26)


def test_ndjson_has_no_header(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "test.ndjson"
    path.write_text("{}\n")
    assert find_drawings(str(path)).columns == ()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("test.txt", b"key_id,drawing\n", "must end in .csv or .ndjson, or such an ending and .gz"),
        ("test.csv", b"", "test.csv is empty"),
        ("test.csv", b"key_id,strokes\n", "must have one column drawing; its header is 'key_id, strokes'"),
        ("test.csv", b"key_id,drawing,key_id\n", "must have one column key_id"),
        ("test.csv", "key_id,drawing\n".encode("utf-16"), "must have one column key_id"),
        ("test.csv.gz", b"key_id,drawing\n", "test.csv.gz cannot be read: "),
    ],
)
def test_what_is_no_file_of_drawings(tmp_path: pathlib.Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError) as refused:
        find_drawings(str(tmp_path / name))
    assert sentence in str(refused.value)


@pytest.mark.parametrize("path", ["nowhere.csv", ".csv"])
def test_no_file(tmp_path: pathlib.Path, path: str) -> None:
    (tmp_path / ".csv").mkdir()
    with pytest.raises(UsageError, match="there is no file"):
        find_drawings(str(tmp_path / path))


def test_unpacks_a_gzipped_file_once(tmp_path: pathlib.Path) -> None:
    plain = write_drawings(tmp_path / "test.csv", [("1", LINE)]).read_bytes()
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(plain))
    file = unpack(find_drawings(str(packed)), tmp_path)
    assert pathlib.Path(file.path).read_bytes() == plain
    assert (file.size, file.is_gzipped, file.columns) == (len(plain), False, ("key_id", "countrycode", "drawing"))
    pathlib.Path(file.path).write_bytes(b"kept")
    assert unpack(find_drawings(str(packed)), tmp_path).size == 4


def test_a_gzipped_file_that_is_cut_short(tmp_path: pathlib.Path) -> None:
    rows = [(str(number), f"[[[{number % 256}],[{number // 256}]]]") for number in range(60_000)]
    packed = gzip.compress(write_drawings(tmp_path / "test.csv", rows).read_bytes())
    (tmp_path / "packed.csv.gz").write_bytes(packed[: len(packed) // 2])
    file = find_drawings(str(tmp_path / "packed.csv.gz"))
    with pytest.raises(UsageError, match="cut short"):
        unpack(file, tmp_path)
    assert not list(tmp_path.glob("unpacked.csv"))


def test_a_plain_file_stays_where_it_is(tmp_path: pathlib.Path) -> None:
    file = find_drawings(str(write_drawings(tmp_path / "test.csv", [("1", LINE)])))
    assert unpack(file, tmp_path) == file


def test_the_digest_is_that_of_sha256sum(tmp_path: pathlib.Path) -> None:
    path = write_drawings(tmp_path / "test.csv", [("1", LINE)])
    assert digest_of_file(find_drawings(str(path))) == hashlib.sha256(path.read_bytes()).hexdigest()
