"""Counts what became of every row, checks that none is lost, and refuses data that is not worth training on."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from tfx.dsl.io import fileio

from components.errors import DataRefusedError, UsageError

# Nested counts: a count, or counts by name.
Counts = dict[str, Any]

FATES = ("kept", "filtered", "capped", "duplicate", "quarantined")
_FILE_NAME = "summary.json"


def merge_counts(all_counts: Iterable[Counts]) -> Counts:
    """Adds nested counts; a name that is missing counts as 0."""
    total: Counts = {}
    for counts in all_counts:
        _add_counts(total, counts)
    return total


def _add_counts(total: Counts, counts: Counts) -> None:
    """Adds to `total` in place: copying it for each of a run's many counts would take longer than the counting."""
    for name, value in counts.items():
        if isinstance(value, dict):
            _add_counts(total.setdefault(name, {}), value)
        else:
            total[name] = total.get(name, 0) + value


def empty_counts(labels: Iterable[str], split_names: Iterable[str]) -> Counts:
    """Returns a summary of no rows, so that what never occurs reads 0."""
    return {
        "read": 0,
        **dict.fromkeys(FATES, 0),
        "words": {label: {"read": 0, "kept": 0, "filtered": 0} for label in labels},
        "splits": dict.fromkeys(split_names, 0),
        "reasons": {},
        "unreadable": {},
        "files": 0,
    }


def write_summary(uri: str, counts: Counts) -> None:
    """Writes `summary.json` with sorted keys, so that equal counts give equal bytes."""
    fileio.makedirs(uri)
    with fileio.open(f"{uri}/{_FILE_NAME}", "w") as stream:
        stream.write(json.dumps(counts, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def read_summary(uri: str) -> Counts:
    """Reads the summary in an `IngestSummary` artifact's folder."""
    with fileio.open(f"{uri}/{_FILE_NAME}") as stream:
        return json.loads(stream.read())


def check_readable(counts: Counts) -> None:
    """Checks that every file was read to its end: what is missing of a file that is cut short cannot be counted.

    Raises:
        UsageError: with the sentences about the first files that were not.
    """
    if counts["unreadable"]:
        sentences = sorted(counts["unreadable"])
        more = f"; and {len(sentences) - 3} more files" if len(sentences) > 3 else ""
        raise UsageError(f"{'; '.join(sentences[:3])}{more}")


def check_balance(counts: Counts) -> None:
    """Checks that every row that was read has exactly one fate.

    Raises:
        RuntimeError: if not, which is a defect of ours and none of the data.
    """
    if counts["read"] != sum(counts[fate] for fate in FATES):
        fates = ", ".join(f"{fate} {counts[fate]}" for fate in FATES)
        raise RuntimeError(f"rows were lost in ingest: read {counts['read']}, but {fates}")


def check_worth_training(counts: Counts, labels: Sequence[str], max_bad_fraction: float, quarantine_dir: str) -> None:
    """Checks that the data that was read makes a training set.

    Args:
        counts: the summary.
        labels: the labels that the run was asked for.
        max_bad_fraction: the largest tolerated quarantined / read.
        quarantine_dir: where the malformed rows are, for the message.

    Raises:
        DataRefusedError: if too many rows are malformed, a label or a split has no row.
        UsageError: if all rows are of one word.
    """
    bad, read = counts["quarantined"], counts["read"]
    if bad > max_bad_fraction * read:
        commonest = sorted(counts["reasons"].items(), key=lambda item: (-item[1], item[0]))[:5]
        reasons = "; ".join(f"{reason} ({count})" for reason, count in commonest)
        raise DataRefusedError(
            f"{bad} of {read} rows are malformed, more than the tolerated {max_bad_fraction:.2%}: {reasons}. "
            f"Every such row is listed in {quarantine_dir}"
        )
    missing = sorted(label for label in labels if not counts["words"][label]["kept"])
    if missing:
        raise DataRefusedError(
            f"no usable drawing of {', '.join(missing)}: each word needs rows whose recognized is True; "
            f"add some or leave the word out. Malformed rows are listed in {quarantine_dir}"
        )
    kept_words = [label for label, word in counts["words"].items() if word["kept"]]
    if len(kept_words) < 2:
        raise UsageError(f"a classifier needs at least two words, the files hold only {', '.join(kept_words)}")
    for split, rows in counts["splits"].items():
        if not rows:
            raise DataRefusedError(f"{counts['kept']} drawings are too few: the {split} split got none; add drawings")
