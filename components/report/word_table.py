"""The words: how many rows each has, how many were recognized, how the kept ones fell into the splits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LOWEST = 10


@dataclass(frozen=True)
class WordRow:
    """One word.

    Attributes:
        word: The label.
        read: Its well-formed rows.
        recognized: Which share of them Quick, Draw! recognized when they were drawn.
        kept: How many drawings the run uses.
        splits: Which share of those is in each split; empty where that is not known.
    """

    word: str
    read: int
    recognized: float
    kept: int
    splits: Sequence[float]


@dataclass(frozen=True)
class WordTable:
    """All words.

    Attributes:
        splits: The names of the columns of `WordRow.splits`.
        rows: The words in alphabetical order, capitals among the others.
        recognized: The share of all well-formed rows that were recognized.
        lowest: The ten words of the lowest share, lowest first; none that were always recognized.
    """

    splits: Sequence[str]
    rows: Sequence[WordRow]
    recognized: float
    lowest: Sequence[WordRow]


def word_table(summary: Mapping[str, Any], split_counts: Mapping[str, Mapping[str, int]]) -> WordTable:
    """Lays the words out.

    Args:
        summary: `summary.json` of DrawingExampleGen, see `IngestSummary`.
        split_counts: split -> word -> drawings; empty where that is not known.
    """
    rows = []
    for word in sorted(summary["words"], key=lambda word: (word.casefold(), word)):
        counts = summary["words"][word]
        in_splits = [words.get(word, 0) for words in split_counts.values()]
        rows.append(
            WordRow(
                word=word,
                read=counts["read"],
                recognized=_share(counts["read"] - counts["filtered"], counts["read"]),
                kept=counts["kept"],
                splits=[_share(drawings, sum(in_splits)) for drawings in in_splits],
            )
        )
    well_formed = summary["read"] - summary["quarantined"]
    return WordTable(
        splits=list(split_counts),
        rows=rows,
        recognized=_share(well_formed - summary["filtered"], well_formed),
        lowest=sorted((row for row in rows if row.recognized < 1), key=lambda row: row.recognized)[:_LOWEST],
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
