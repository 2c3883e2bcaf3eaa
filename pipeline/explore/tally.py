"""What was counted of some rows; the tallies of parts of the data add up to that of the whole."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from components.example_gen.row_batch import BadRow
from pipeline.explore.samples import Sample

# Drawings of a word that the page's gallery shows.
PER_WORD = 12
# Near-blank drawings, and malformed rows, that the page shows.
EXAMPLES = 16
_MOST_TEXT = 200


class PlacedBadRow(NamedTuple):
    """A malformed row: its file, the number of the range of the file, and the row, numbered within the range."""

    path: str
    part: int
    row: BadRow


@dataclass
class WordTally:
    """The rows of one word; malformed ones are left out, since their word may be anything.

    Attributes:
        kept: well-formed and recognized.
        filtered: well-formed and not recognized.
        strokes: of the kept drawings together.
        points: of the kept drawings together.
        near_blank: how many of the kept drawings are.
        sample: a few of them.
    """

    kept: int = 0
    filtered: int = 0
    strokes: int = 0
    points: int = 0
    near_blank: int = 0
    sample: Sample = field(default_factory=lambda: Sample(PER_WORD))

    def merge(self, other: "WordTally") -> None:
        """Adds the tally of other rows."""
        self.kept += other.kept
        self.filtered += other.filtered
        self.strokes += other.strokes
        self.points += other.points
        self.near_blank += other.near_blank
        self.sample.merge(other.sample)


@dataclass
class Tally:
    """What was counted of some ranges of files.

    Attributes:
        read: all rows, whatever became of them.
        words: label -> its rows.
        countries: code -> kept drawings; the empty code is an unknown country.
        strokes: strokes of a drawing -> kept drawings.
        points: points of a drawing -> kept drawings.
        reasons: why a row is malformed -> rows.
        bad_rows: the first of the malformed rows.
        rows_of: (path, number of the range) -> its rows, to number the malformed rows within their files.
        near_blank: a few of the drawings that hardly leave ink.
    """

    read: int = 0
    words: dict[str, WordTally] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    strokes: Counter[int] = field(default_factory=Counter)
    points: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    bad_rows: list[PlacedBadRow] = field(default_factory=list)
    rows_of: dict[tuple[str, int], int] = field(default_factory=dict)
    near_blank: Sample = field(default_factory=lambda: Sample(EXAMPLES))

    @property
    def kept(self) -> int:
        """How many rows are well-formed and recognized."""
        return sum(word.kept for word in self.words.values())

    @property
    def filtered(self) -> int:
        """How many rows are well-formed and not recognized."""
        return sum(word.filtered for word in self.words.values())

    @property
    def quarantined(self) -> int:
        """How many rows are malformed."""
        return self.reasons.total()

    def add_bad_rows(self, rows: list[PlacedBadRow]) -> None:
        """Counts malformed rows and keeps those that come first in the files."""
        self.reasons.update(placed.row.reason for placed in rows)
        first = sorted([*self.bad_rows, *rows])[:EXAMPLES]
        self.bad_rows = [placed._replace(row=_shortened(placed.row)) for placed in first]

    def merge(self, other: "Tally") -> None:
        """Adds the tally of other ranges."""
        self.read += other.read
        for label, word in other.words.items():
            self.words.setdefault(label, WordTally()).merge(word)
        # `update` and not `+`, which would make a new counter each time.
        self.countries.update(other.countries)
        self.strokes.update(other.strokes)
        self.points.update(other.points)
        self.reasons.update(other.reasons)
        self.bad_rows = sorted([*self.bad_rows, *other.bad_rows])[:EXAMPLES]
        self.rows_of.update(other.rows_of)
        self.near_blank.merge(other.near_blank)

    def row_in_file(self, placed: PlacedBadRow) -> int:
        """Returns a malformed row's number in its file, from 1, as a CSV parser counts."""
        return placed.row.row + sum(self.rows_of[placed.path, number] for number in range(placed.part))


def _shortened(row: BadRow) -> BadRow:
    """Cuts texts that may be megabytes."""
    return row._replace(key_id=row.key_id[:_MOST_TEXT], word=row.word[:_MOST_TEXT], text=row.text[:_MOST_TEXT])
