import csv
import pathlib

from components.submission.parts import PartCounts, list_parts, open_part, write_part


def read(path: pathlib.Path) -> tuple[PartCounts, str]:
    with path.open("rb") as stream:
        counts, blocks = open_part(stream)
        return counts, b"".join(blocks).decode()


def test_a_part_is_its_counts_and_its_lines(tmp_path: pathlib.Path) -> None:
    write_part(str(tmp_path), 3, [b"12", b"7"], ["ant bee", "caf\u00e9 \u3042 cat"], PartCounts(2, 1))
    assert read(list_parts(tmp_path)[3]) == (PartCounts(2, 1), "12,ant bee\n7,caf\u00e9 \u3042 cat\n")


def test_keys_that_csv_has_to_quote(tmp_path: pathlib.Path) -> None:
    keys = [b"a,b", b'"', b"c\nd"]
    write_part(str(tmp_path), 0, keys, ["ant"] * 3, PartCounts(3, 0))
    _, lines = read(list_parts(tmp_path)[0])
    assert [row[0].encode() for row in csv.reader(lines.splitlines(keepends=True))] == keys


def test_parts_are_listed_in_the_order_of_shards_and_unfinished_ones_not_at_all(tmp_path: pathlib.Path) -> None:
    for number in (1_000_001, 9, 10):
        write_part(str(tmp_path), number, [], [], PartCounts(0, 0))
    (tmp_path / "part-000011.csv.unfinished").touch()
    assert list(list_parts(tmp_path)) == [9, 10, 1_000_001]
