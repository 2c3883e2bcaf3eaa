"""The verdict as a table on the terminal: a line a metric, and below it each threshold that was missed."""

from collections.abc import Iterator, Mapping
from typing import Any

from components.evaluator.metric_names import LOWER_IS_BETTER, METRIC_NAMES
from pipeline.cli.aligned_text import table

_HEADER = ("", "value", "95 % interval", "threshold", "baseline", "difference", "allowed drop", "")
_MOST_WORDS = 10


def verdict_table(verdict: Mapping[str, Any]) -> str:
    """Lays a verdict out.

    Args:
        verdict: of `components.evaluator.verdict`.

    Returns:
        The table, then a sentence for each failed check; of many failed words the first ten and how many more.
    """
    lines = [table([_HEADER, *_metrics(verdict), *_words(verdict)])]
    failed = [check for check in verdict["checks"] if not check["passed"]]
    if failed:
        shown = [check for check in failed if not check["word"]]
        shown += [check for check in failed if check["word"]][:_MOST_WORDS]
        lines += ["", *(f"FAIL: {check['sentence']}" for check in shown)]
        if len(failed) > len(shown):
            lines.append(f"FAIL: {len(failed) - len(shown):,} more words, see the report.")
    return "\n".join(lines)


def _metrics(verdict: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for metric, name in METRIC_NAMES.items():
        checks = {check["kind"]: check for check in verdict["checks"] if check["metric"] == metric}
        value, change = checks.get("value"), checks.get("change")
        difference = (verdict["differences"] or {}).get(metric)
        yield (
            name,
            f"{verdict['metrics'][metric]:.4f}",
            _interval(verdict["intervals"][metric]),
            _bound(value) if value else "",
            f"{difference['baseline']:.4f}" if difference else "",
            f"{difference['value']:+.4f}" if difference else "",
            f"{change['threshold']:.4f}" if change else "",
            _result([check["passed"] for check in checks.values()]),
        )


def _words(verdict: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The words with the lowest recall, if there is a floor."""
    floors = sorted((check for check in verdict["checks"] if check["word"]), key=lambda check: check["value"])
    for check in floors[:_MOST_WORDS]:
        yield (
            f"recall of {check['word']}",
            f"{check['value']:.4f}",
            _interval([check["low"], check["high"]]),
            f">= {check['threshold']:.4f}",
            "",
            "",
            "",
            _result([check["passed"]]),
        )


def _bound(check: Mapping[str, Any]) -> str:
    return f"{'<=' if check['metric'] in LOWER_IS_BETTER else '>='} {check['threshold']:.4f}"


def _interval(ends: list[float | None]) -> str:
    low, high = ends
    return "" if low is None or high is None else f"{low:.4f} to {high:.4f}"


def _result(passed: list[bool]) -> str:
    if not passed:
        return ""
    return "pass" if all(passed) else "FAIL"
