"""What `quickdraw submit` prints when it is done."""

import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.submission import SubmissionResult


def summary(result: "SubmissionResult", out: pathlib.Path, registry: str) -> str:
    """Lays the result out, a line a fact.

    Args:
        result: of `pipeline.submission.submit`.
        out: the submission's file.
        registry: where the model is from.
    """
    return "\n".join(f"  {name:<11} {value}" for name, value in _rows(result, out, registry))


def _rows(result: "SubmissionResult", out: pathlib.Path, registry: str) -> Iterator[tuple[str, str]]:
    joined = result.joined
    yield "submission", f"{out}, {joined.rows:,} rows"
    yield "sha256", joined.sha256
    yield "model", f"version {result.version} of {registry}"
    if result.answered:
        rate = result.answered / result.seconds
        yield "answered", f"{result.answered:,} drawings in {result.seconds:.1f} s, {rate:,.0f} a second"
    yield "malformed", _malformed(result)
    if result.score:
        yield "MAP@3", str(result.score.map_at_3)
        yield "top-1", f"{result.score.accuracy}; in brackets what 95 % of resampled drawings give"


def _malformed(result: "SubmissionResult") -> str:
    if not result.joined.malformed:
        return "none"
    words = " ".join(result.frequent.words)
    which = (
        "the most frequent words of the model's training data"
        if result.frequent.are_counted
        else "the model's first words: this version was pushed before models knew how frequent their words are"
    )
    return f"{result.joined.malformed:,}, answered with {words}, {which}"
