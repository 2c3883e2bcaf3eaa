"""What became of rows, counted."""

import io

import pyarrow as pa

from components.example_gen.csv_reader import read_csv
from components.example_gen.row_checks import judge_rows
from components.example_gen.row_counts import count_batch, count_sample
from components.example_gen.sampling import Sample
from tests.components.example_gen.csv_folder import HEADER, row


def test_a_batch_counts_every_row_once():
    lines = [row(1), row(2, recognized="False"), row(3, "dog"), row(4, drawing="[]"), row(5, recognized="perhaps")]
    (batch,) = read_csv(io.BytesIO("\n".join([HEADER, *lines, ""]).encode()))
    counts = count_batch(batch, judge_rows(batch))
    assert (counts["read"], counts["filtered"], counts["quarantined"]) == (5, 1, 2)
    assert sum(counts["reasons"].values()) == 2
    assert counts["words"] == {
        "cat": {"read": 2, "kept": 0, "filtered": 1},
        "dog": {"read": 1, "kept": 0, "filtered": 0},
    }


def test_a_sample_counts_its_rows_by_split():
    # The smallest hash trains, the middle of the last fifth evaluates, the largest one tests.
    split_hash = pa.array([0, int(0.85 * 2**64), 2**64 - 1], pa.uint64())
    sample = Sample(pa.table({"split_hash": split_hash}), capped=5, duplicate=2)
    counts = count_sample(("cat", sample), {"train": 0.8, "eval": 0.1, "test": 0.1})
    assert counts == {
        "kept": 3,
        "capped": 5,
        "duplicate": 2,
        "words": {"cat": {"kept": 3}},
        "splits": {"train": 1, "eval": 1, "test": 1},
    }
