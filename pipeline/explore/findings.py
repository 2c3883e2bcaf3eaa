"""All that is known of the data: what the page shows and what `--json` prints."""

import dataclasses
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.example_gen.data_file import DataFile
from pipeline.explore.first_rows import first_rows
from pipeline.explore.hash_spool import Repeats
from pipeline.explore.near_blank import LEAST_INK, MOST_POINTS
from pipeline.explore.numbers import Balance, Memory, Spread, balance_of, memory_of, spread_of
from pipeline.explore.samples import Sampled
from pipeline.explore.scan import Scan
from pipeline.explore.tally import Tally


@dataclass(frozen=True)
class WordFinding:
    """One word; the means are of its kept drawings and 0 where there are none.

    Attributes:
        read: its well-formed rows.
        kept: those that were recognized.
        recognized: kept / read.
        strokes: mean.
        points: mean.
        near_blank: how many of the kept drawings are.
    """

    read: int
    kept: int
    recognized: float
    strokes: float
    points: float
    near_blank: int


@dataclass(frozen=True)
class MalformedRow:
    """A row that is no drawing: its file's name, its number there from 1, and what is wrong with which field."""

    file: str
    row: int
    key_id: str
    word: str
    reason: str
    text: str


@dataclass(frozen=True)
class NearBlank:
    """The drawings of at most `most_points` points whose picture has fewer than `least_ink` dark pixels of 1,024."""

    most_points: int
    least_ink: int
    drawings: int


@dataclass(frozen=True)
class Findings:
    """What one pass over the data found.

    Attributes:
        files: how many there are.
        read: all rows; read = kept + filtered + quarantined.
        kept: well-formed and recognized rows; all below is counted among these, unless it says otherwise.
        filtered: well-formed rows that were not recognized.
        quarantined: malformed rows.
        first_rows: of the first file, whatever they are.
        memory: of the pictures.
        balance: of the words.
        words: by label, in alphabetical order.
        countries: code -> drawings, commonest first; the empty code is an unknown country.
        strokes: of a drawing; None without drawings.
        points: of a drawing; None without drawings.
        same_key: rows whose `key_id` occurs again.
        same_drawing: rows whose strokes occur again, text by text.
        reasons: why rows are malformed, commonest reason first.
        malformed: the first of these rows.
        near_blank: the drawings that a model hardly sees.
        samples: label -> a few drawings.
        near_blank_sample: a few near-blank drawings.
    """

    files: int
    read: int
    kept: int
    filtered: int
    quarantined: int
    first_rows: Sequence[Mapping[str, str]]
    memory: Memory
    balance: Balance
    words: Mapping[str, WordFinding]
    countries: Mapping[str, int]
    strokes: Spread | None
    points: Spread | None
    same_key: Repeats
    same_drawing: Repeats
    reasons: Mapping[str, int]
    malformed: Sequence[MalformedRow]
    near_blank: NearBlank
    samples: Mapping[str, Sequence[Sampled]]
    near_blank_sample: Sequence[Sampled]

    def to_json(self) -> dict[str, Any]:
        """Returns the numbers as JSON values; the sampled drawings are left to the page."""
        values = dataclasses.asdict(dataclasses.replace(self, samples={}, near_blank_sample=[]))
        del values["samples"], values["near_blank_sample"]
        return {
            **values,
            "same_key": self.same_key._asdict(),
            "same_drawing": self.same_drawing._asdict(),
        }


def find(files: Sequence[DataFile], scan: Scan) -> Findings:
    """Turns counts into findings.

    Args:
        files: those that were read, in their order.
        scan: of them.
    """
    tally = scan.tally
    words = sorted(tally.words.items(), key=lambda item: (item[0].casefold(), item[0]))
    return Findings(
        files=len(files),
        read=tally.read,
        kept=tally.kept,
        filtered=tally.filtered,
        quarantined=tally.quarantined,
        first_rows=first_rows(files[0]),
        memory=memory_of(tally.kept, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")),
        balance=balance_of({label: word.kept for label, word in words}),
        words=_words(tally),
        countries=_commonest_first(tally.countries),
        strokes=spread_of(tally.strokes),
        points=spread_of(tally.points),
        same_key=scan.same_key,
        same_drawing=scan.same_drawing,
        reasons=_commonest_first(tally.reasons),
        malformed=_malformed(tally),
        near_blank=NearBlank(MOST_POINTS, LEAST_INK, sum(word.near_blank for _, word in words)),
        samples={label: word.sample.drawings for label, word in words},
        near_blank_sample=tally.near_blank.drawings,
    )


def _words(tally: Tally) -> dict[str, WordFinding]:
    found = {}
    for label, word in sorted(tally.words.items(), key=lambda item: (item[0].casefold(), item[0])):
        read = word.kept + word.filtered
        found[label] = WordFinding(
            read=read,
            kept=word.kept,
            recognized=_share(word.kept, read),
            strokes=_share(word.strokes, word.kept),
            points=_share(word.points, word.kept),
            near_blank=word.near_blank,
        )
    return found


def _malformed(tally: Tally) -> list[MalformedRow]:
    return [
        MalformedRow(
            file=placed.path.rsplit("/", 1)[-1],
            row=tally.row_in_file(placed),
            key_id=placed.row.key_id,
            word=placed.row.word,
            reason=placed.row.reason,
            text=placed.row.text,
        )
        for placed in tally.bad_rows
    ]


def _commonest_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
