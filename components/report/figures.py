"""The figures that the command line prints when a run ends."""

from typing import Any

from components.report.run_results import RunResults

# What becomes of a row that was read: exactly one of these.
ROW_FATES = ("kept", "filtered", "capped", "duplicate", "quarantined")


def closing_figures(results: RunResults, report_path: str) -> dict[str, Any]:
    """Returns the JSON value of `summary.json`.

    Args:
        results: of the run.
        report_path: where the page was written for a person to find.

    Returns:
        `rows` (count by fate, with `read`), `examples` (test drawings judged), `accuracy`, `map_at_3`, `blessed`,
        `pushed_version` (0: nothing was pushed), `model_path`, `baseline_version` (0: none was serving) and `report`.
    """
    verdict, push = results.verdict, results.push
    return {
        "rows": {name: results.summary[name] for name in ("read", *ROW_FATES)},
        "examples": verdict["examples"],
        "accuracy": verdict["metrics"]["accuracy"],
        "map_at_3": verdict["metrics"]["map_at_3"],
        "blessed": results.blessed,
        "pushed_version": push["version"] if push["pushed"] else 0,
        "model_path": push["path"],
        "baseline_version": verdict["baseline_version"],
        "report": report_path,
    }
