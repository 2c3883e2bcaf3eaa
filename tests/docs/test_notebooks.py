"""The notebooks run from their first cell to their last, and are checked in without what they printed."""

import os
import pathlib

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import REPOSITORY
from tests.pipeline.explore.data_folder import write_folder

FOLDER = REPOSITORY / "docs" / "notebooks"


def _run(name: str) -> list[str]:
    """Runs a notebook; returns the text that each of its code cells printed or showed."""
    notebook = nbformat.read(FOLDER / name, as_version=4)
    # The kernel is a process of its own, which must find the project where this one finds it.
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(REPOSITORY)}}
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    return ["".join(map(_text, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"]


def _text(output: nbformat.NotebookNode) -> str:
    return output.text if output.output_type == "stream" else "".join(output.data.values())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_nothing_that_was_printed_is_checked_in(path: pathlib.Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cells
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)


def test_look_at_the_data_tells_what_the_page_tells(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUICKDRAW_DATA", write_folder(tmp_path))
    shown = "\n".join(_run("look_at_the_data.ipynb"))
    assert "9 rows: 6 kept, 1 not recognized, 2 malformed" in shown
    assert "as arrays of 32 x 32 float64: 48 KiB" in shown
    assert "fewest 1 (ice_cream)\nmedian 2\nmost 3 (ant)" in shown
    assert shown.count('viewBox="') == 6 + 1
    assert "rows whose strokes were there before: 3" in shown
    assert "bat.csv, row 4: wrong number of columns: US,too,few" in shown


def test_look_at_the_data_runs_where_no_data_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUICKDRAW_DATA", raising=False)
    shown = "\n".join(_run("look_at_the_data.ipynb"))
    assert "360 rows: " in shown
    assert shown.count('viewBox="') == 40 + 1
