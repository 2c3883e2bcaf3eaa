"""Counts what became of the rows of a range, in the terms of the summary."""

from collections import Counter
from dataclasses import dataclass, field

from components.example_gen.row_batch import BadRow, RowBatch
from components.example_gen.row_checks import JudgedRows
from components.example_gen.summary import Counts
from components.example_gen.work_plan import FileRange


@dataclass
class RangeTally:
    """What reading and judging made of a range, so far.

    Attributes:
        part: the range.
        read: how many rows the reader read; so the balance of the summary would show a row lost by the judge.
        good: how many of them are good.
        filtered: how many are well-formed and not recognized.
        quarantined: the malformed rows.
        unreadable: why the file could not be read to its end; empty if it could.
    """

    part: FileRange
    read: int = 0
    good: int = 0
    filtered: int = 0
    quarantined: list[BadRow] = field(default_factory=list)
    unreadable: str = ""

    def add(self, batch: RowBatch, judged: JudgedRows) -> None:
        """Adds a batch and what became of it."""
        self.read += batch.num_rows
        self.good += judged.rows.num_rows
        self.filtered += judged.filtered
        self.quarantined += judged.quarantined

    def counts(self) -> Counts:
        """Returns the counts; `words` leaves malformed rows out, since their word may be anything."""
        word = {"read": self.good + self.filtered, "kept": 0, "filtered": self.filtered}
        return {
            "files": int(self.part.number == 0),
            "read": self.read,
            "filtered": self.filtered,
            "quarantined": len(self.quarantined),
            "reasons": dict(Counter(row.reason for row in self.quarantined)),
            "words": {self.part.file.label: word},
            "unreadable": {self.unreadable: 1} if self.unreadable else {},
        }
