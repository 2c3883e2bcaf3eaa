"""Makes many real-like rows of few real ones: the same drawings again, under new ids."""

import csv
import hashlib
import pathlib


def write_copies(source: pathlib.Path, target: pathlib.Path, copies: int) -> int:
    """Writes each CSV file of a folder with `copies` times its rows, in the files' own layout.

    Args:
        source: a folder of Kaggle CSVs.
        target: a folder to be made.
        copies: how many rows each row becomes; the first keeps its `key_id`.

    Returns:
        How many rows were written.
    """
    target.mkdir(parents=True)
    num_rows = 0
    for path in sorted(source.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as stream:
            header, *rows = csv.reader(stream)
        key_column = header.index("key_id")
        with (target / path.name).open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            for copy in range(copies):
                for row in rows:
                    key = _copied_key(row[key_column], copy)
                    writer.writerow([*row[:key_column], key, *row[key_column + 1 :]])
        num_rows += copies * len(rows)
    return num_rows


def _copied_key(key: str, copy: int) -> str:
    """Returns a 16-digit id for a copy; the data set's own ids have 16 digits, too."""
    if not copy:
        return key
    return str(int.from_bytes(hashlib.blake2b(f"{copy}:{key}".encode(), digest_size=6).digest(), "big")).zfill(16)
