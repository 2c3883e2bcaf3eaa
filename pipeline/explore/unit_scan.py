"""What a worker does: reads a unit's rows, judges them as the ingest does, and counts."""

import pathlib
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from components.example_gen.range_reader import read_range
from components.example_gen.row_checks import JudgedRows, judge_rows
from components.example_gen.work_plan import FileRange, WorkUnit
from pipeline.explore.hash_spool import HashSpool, hash_texts
from pipeline.explore.near_blank import NearBlankFinder
from pipeline.explore.tally import PlacedBadRow, Tally, WordTally

# A unit of a large gzipped file has any number of rows.
_MOST_HASHES = 1_000_000


class SpoolPlace(NamedTuple):
    """Where the hashes go: an existing folder, and in how many parts."""

    folder: pathlib.Path
    parts: int

    def keys(self) -> HashSpool:
        """Returns the spool of the ids."""
        return HashSpool(self.folder, "keys", self.parts)

    def drawings(self) -> HashSpool:
        """Returns the spool of the drawings' texts."""
        return HashSpool(self.folder, "drawings", self.parts)


def scan_unit(unit: WorkUnit, place: SpoolPlace) -> Tally:
    """Counts the rows of a unit and spools the hashes of the good ones.

    Raises:
        UnreadableFileError: a file cannot be read to its end.
    """
    scan = _UnitScan(place)
    for part in unit.ranges:
        rows = 0
        for batch in read_range(part):
            scan.add(judge_rows(batch, part.file.label), part)
            rows += batch.num_rows
        scan.tally.rows_of[part.file.path, part.number] = rows
        scan.tally.read += rows
    scan.finish()
    return scan.tally


@dataclass
class _UnitScan:
    """A tally, and what waits to be written or looked at."""

    place: SpoolPlace
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self._near_blank = NearBlankFinder(self.tally)
        self._hashes: list[tuple[np.ndarray, np.ndarray]] = []
        self._num_hashes = 0

    def add(self, judged: JudgedRows, part: FileRange) -> None:
        word = self.tally.words.setdefault(part.file.label, WordTally())
        word.filtered += judged.filtered
        self.tally.add_bad_rows([PlacedBadRow(part.file.path, part.number, row) for row in judged.quarantined])
        if judged.rows.num_rows:
            self._add_good(judged.rows, word, part.file.label)

    def finish(self) -> None:
        self._near_blank.flush()
        self._spool()

    def _add_good(self, rows: pa.Table, word: WordTally, label: str) -> None:
        keys, drawings = (hash_texts(rows.column(name).combine_chunks()) for name in ("key_id", "drawing"))
        strokes, points = (rows.column(name).to_numpy() for name in ("strokes", "points"))
        word.kept += rows.num_rows
        word.strokes += int(strokes.sum())
        word.points += int(points.sum())
        word.sample.add_rows(rows, keys, label)
        self._near_blank.add(rows, points, keys, label)
        self.tally.strokes.update(_counts(strokes))
        self.tally.points.update(_counts(points))
        self.tally.countries.update(_countries(rows))
        self._hashes.append((keys, drawings))
        self._num_hashes += len(keys)
        if self._num_hashes >= _MOST_HASHES:
            self._spool()

    def _spool(self) -> None:
        if self._hashes:
            keys, drawings = (np.concatenate(hashes) for hashes in zip(*self._hashes, strict=True))
            self.place.keys().add(keys)
            self.place.drawings().add(drawings)
        self._hashes, self._num_hashes = [], 0


def _counts(numbers: np.ndarray) -> Counter[int]:
    values, counts = np.unique(numbers, return_counts=True)
    return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))


def _countries(rows: pa.Table) -> Counter[str]:
    counts = rows.column("countrycode").value_counts()
    values, numbers = counts.field("values").to_pylist(), counts.field("counts").to_pylist()
    return Counter({code.decode(): count for code, count in zip(values, numbers, strict=True)})
