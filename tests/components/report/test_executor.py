"""The Report node's work, on a real run's folders."""

import pathlib

import pytest

from components.report.executor import Executor
from components.report.unreadable_input import UnreadableInputError


def _do(run):
    inputs, outputs = run.inputs(), run.outputs()
    Executor().Do(inputs, outputs, {"code_fingerprint": ""})
    return pathlib.Path(outputs["report"][0].uri)


def test_writes_the_page(run):
    folder = _do(run)
    assert [path.name for path in folder.iterdir()] == ["report.html"]
    assert (folder / "report.html").read_text().startswith("<!DOCTYPE html>")


def test_the_same_run_gives_the_same_page(run):
    pages = [(_do(run) / "report.html").read_bytes() for _ in range(2)]
    assert pages[0] == pages[1]


def test_a_missing_input_names_its_file_and_writes_nothing(run):
    inputs, outputs = run.inputs(), run.outputs()
    (run.folder / "evaluation" / "verdict.json").unlink()
    with pytest.raises(UnreadableInputError, match=r"evaluation/verdict\.json"):
        Executor().Do(inputs, outputs, {"code_fingerprint": ""})
    assert not pathlib.Path(outputs["report"][0].uri, "report.html").exists()
