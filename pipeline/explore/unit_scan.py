"""What a worker does: reads a unit's rows, judges them as the ingest does, and counts."""

import pathlib
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from components.example_gen.range_reader import read_range
from components.example_gen.row_checks import judge_rows
from components.example_gen.work_plan import FileRange, WorkUnit
from pipeline.explore.hash_spool import HashSpool, hash_texts
from pipeline.explore.near_blank import MOST_POINTS, NearBlankFinder
from pipeline.explore.packs import Pack, Span, pack_ranges, read_pack
from pipeline.explore.samples import drawings_at
from pipeline.explore.tally import PlacedBadRow, Tally, WordTally

# A unit of a large gzipped file has any number of rows.
_MOST_ROWS_WAITING = 1_000_000


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
    for group in pack_ranges(unit.ranges):
        pack = read_pack(group)
        if pack is not None:
            scan.add_pack(group, pack)
        else:
            for part in group:
                scan.read(part)
    scan.flush()
    return scan.tally


class _Columns(NamedTuple):
    """What is counted of the good rows of a batch once there are enough of them; [N] each."""

    keys: np.ndarray
    drawings: np.ndarray
    strokes: np.ndarray
    points: np.ndarray
    countries: pa.BinaryArray


class _UnitScan:
    """A tally, and the columns that wait to be counted: counting many rows at once is as quick as counting few."""

    def __init__(self, place: SpoolPlace) -> None:
        self.tally = Tally()
        self._place = place
        self._near_blank = NearBlankFinder(self.tally)
        self._waiting: list[_Columns] = []
        self._num_waiting = 0

    def read(self, part: FileRange) -> None:
        """Reads and judges a range."""
        label = part.file.label
        word = self._word(label)
        read = 0
        for batch in read_range(part):
            judged = judge_rows(batch, label)
            read += batch.num_rows
            word.filtered += judged.filtered
            if judged.quarantined:
                self.tally.add_bad_rows([PlacedBadRow(part.file.path, part.number, row) for row in judged.quarantined])
            if judged.rows.num_rows:
                self._add_good(judged.rows, [Span(label, 0, judged.rows.num_rows)])
        self._add_read(part, read)

    def add_pack(self, ranges: Sequence[FileRange], pack: Pack) -> None:
        """Takes files that were read together."""
        for part, read, span in zip(ranges, pack.read, pack.spans, strict=True):
            self._word(span.label).filtered += read - (span.end - span.start)
            self._add_read(part, read)
        self._add_good(pack.rows, [span for span in pack.spans if span.start < span.end])

    def flush(self) -> None:
        """Counts the columns and writes the hashes."""
        self._near_blank.flush()
        if self._waiting:
            keys, drawings, strokes, points, countries = zip(*self._waiting, strict=True)
            self._place.keys().add(np.concatenate(keys))
            self._place.drawings().add(np.concatenate(drawings))
            self.tally.strokes.update(_counts(np.concatenate(strokes)))
            self.tally.points.update(_counts(np.concatenate(points)))
            self.tally.countries.update(_text_counts(pa.chunked_array(countries)))
        self._waiting, self._num_waiting = [], 0

    def _word(self, label: str) -> WordTally:
        return self.tally.words.setdefault(label, WordTally())

    def _add_read(self, part: FileRange, read: int) -> None:
        self.tally.rows_of[part.file.path, part.number] = read
        self.tally.read += read

    def _add_good(self, rows: pa.Table, spans: Sequence[Span]) -> None:
        keys, drawings = (hash_texts(rows.column(name).combine_chunks()) for name in ("key_id", "drawing"))
        strokes, points = (rows.column(name).to_numpy() for name in ("strokes", "points"))
        for label, start, end in spans:
            word = self._word(label)
            word.kept += end - start
            word.strokes += int(strokes[start:end].sum())
            word.points += int(points[start:end].sum())
        self._sample(rows, keys, spans)
        few = np.flatnonzero(points <= MOST_POINTS)
        self._near_blank.add(drawings_at(rows, keys, few, _words_at(few, spans)))
        self._waiting.append(_Columns(keys, drawings, strokes, points, rows.column("countrycode").combine_chunks()))
        self._num_waiting += rows.num_rows
        if self._num_waiting >= _MOST_ROWS_WAITING:
            self.flush()

    def _sample(self, rows: pa.Table, keys: np.ndarray, spans: Sequence[Span]) -> None:
        """Offers the rows to the samples of their words, and copies only those that may enter."""
        promising = [start + self._word(label).sample.promising(keys[start:end]) for label, start, end in spans]
        positions = np.concatenate([np.zeros(0, np.int64), *promising])
        offered = iter(drawings_at(rows, keys, positions, _words_at(positions, spans)))
        for span, of_span in zip(spans, promising, strict=True):
            self._word(span.label).sample.add(list(islice(offered, len(of_span))))


def _words_at(positions: np.ndarray, spans: Sequence[Span]) -> list[str]:
    """Returns the words of the rows at some positions, [M]."""
    ends = np.array([span.end for span in spans], np.int64)
    return [spans[number].label for number in np.searchsorted(ends, positions, side="right").tolist()]


def _counts(numbers: np.ndarray) -> Counter[int]:
    values, counts = np.unique(numbers, return_counts=True)
    return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))


def _text_counts(texts: pa.ChunkedArray) -> Counter[str]:
    counts = texts.value_counts()
    values, numbers = counts.field("values").to_pylist(), counts.field("counts").to_pylist()
    return Counter({text.decode(): count for text, count in zip(values, numbers, strict=True)})
