"""The quarantine: one file of JSON lines for each CSV file that had malformed rows."""

import json
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from tfx.dsl.io import fileio

from components.example_gen.csv_reader import BadRow

_MAX_TEXT = 200


def clear_quarantine(quarantine_dir: str) -> None:
    """Makes the folder and removes what earlier runs found, which would read as a finding of this run."""
    fileio.makedirs(quarantine_dir)
    for path in fileio.glob(f"{quarantine_dir}/*.jsonl"):
        fileio.remove(path)


def write_quarantine(quarantine_dir: str, csv_path: str, bad_rows: Iterable[Sequence[BadRow]]) -> None:
    """Writes the malformed rows of one CSV file, in the order of the file, to `<its stem>.jsonl`.

    A reader never sees half a file: it is written beside its place and renamed.

    Args:
        quarantine_dir: an existing folder.
        csv_path: the CSV file.
        bad_rows: its malformed rows, in groups of any order.
    """
    rows = sorted(row for group in bad_rows for row in group)
    path = f"{quarantine_dir}/{Path(csv_path).stem}.jsonl"
    temporary = f"{path}.{uuid.uuid4().hex}.tmp"
    with fileio.open(temporary, "w") as stream:
        for row in rows:
            record = {"file": Path(csv_path).name, **row._asdict(), "text": row.text[:_MAX_TEXT]}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    fileio.rename(temporary, path, overwrite=True)
