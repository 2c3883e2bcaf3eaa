"""The Report node's work, on a real run's folders."""

import json
import pathlib

import pytest

from components.errors import UsageError
from components.report.executor import Executor
from components.report.unreadable_input import UnreadableInputError


def _do(run, report_path):
    inputs, outputs = run.inputs(), run.outputs()
    Executor().Do(inputs, outputs, {"report_path": str(report_path), "code_fingerprint": ""})
    return pathlib.Path(outputs["report"][0].uri)


def test_writes_the_page_twice_and_the_figures_once(run, tmp_path):
    report_path = tmp_path / "workspace" / "report.html"
    folder = _do(run, report_path)
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "summary.json"]
    assert [path.name for path in report_path.parent.iterdir()] == ["report.html"]
    assert report_path.read_bytes() == (folder / "report.html").read_bytes()
    assert json.loads((folder / "summary.json").read_text()) == {
        "rows": {"read": 40, "kept": 30, "filtered": 4, "capped": 3, "duplicate": 2, "quarantined": 1},
        "examples": 1234,
        "accuracy": 0.9125,
        "map_at_3": 0.9375,
        "blessed": True,
        "pushed_version": 3,
        "model_path": "workspace/models/quickdraw/3",
        "baseline_version": 2,
        "report": str(report_path),
    }


def test_the_same_run_gives_the_same_page(run, tmp_path):
    pages = [(_do(run, tmp_path / name) / "report.html").read_bytes() for name in ("a.html", "b.html")]
    assert pages[0] == pages[1]


def test_an_older_page_is_replaced(run, tmp_path):
    (tmp_path / "report.html").write_text("old")
    _do(run, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text().startswith("<!DOCTYPE html>")


def test_a_path_that_cannot_be_written_is_a_usage_error(run, tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(UsageError, match=r"taken/report\.html cannot be written"):
        _do(run, tmp_path / "taken" / "report.html")


def test_a_missing_input_names_its_file_and_writes_nothing(run, tmp_path):
    inputs, outputs = run.inputs(), run.outputs()
    (run.folder / "evaluation" / "verdict.json").unlink()
    with pytest.raises(UnreadableInputError, match=r"evaluation/verdict\.json"):
        Executor().Do(inputs, outputs, {"report_path": str(tmp_path / "report.html")})
    assert not (tmp_path / "report.html").exists()
