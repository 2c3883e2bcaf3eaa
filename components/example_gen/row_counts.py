"""Counts what became of rows, in the terms of the summary."""

from collections import Counter

import numpy as np

from components.example_gen.csv_reader import RowBatch
from components.example_gen.row_checks import JudgedRows
from components.example_gen.sampling import Sample
from components.example_gen.splits import SPLIT_NAMES, assign_splits
from components.example_gen.summary import Counts


def count_batch(batch: RowBatch, judged: JudgedRows) -> Counts:
    """Counts what reading and judging made of a batch.

    `read` comes from the reader alone, so that the balance of the summary would show a row lost by the judge.
    `words` leaves malformed rows out, since their word may be anything.
    """
    good = Counter(label.decode() for label in judged.rows.column("label").to_pylist())
    return {
        "read": batch.num_rows,
        "filtered": judged.filtered.total(),
        "quarantined": len(judged.quarantined),
        "reasons": dict(Counter(row.reason for row in judged.quarantined)),
        "words": {
            label: {"read": rows, "kept": 0, "filtered": judged.filtered[label]}
            for label, rows in (good + judged.filtered).items()
        },
    }


def count_sample(element: tuple[str, Sample], fractions: dict[str, float]) -> Counts:
    """Counts what sampling kept of a word, and in which splits it is."""
    label, sample = element
    kept = sample.rows.num_rows
    splits = assign_splits(sample.rows.column("split_hash").to_numpy(), fractions)
    in_splits = np.bincount(splits, minlength=len(SPLIT_NAMES)).tolist()
    return {
        "kept": kept,
        "capped": sample.capped,
        "duplicate": sample.duplicate,
        "words": {label: {"kept": kept}},
        "splits": dict(zip(SPLIT_NAMES, in_splits, strict=True)),
    }
