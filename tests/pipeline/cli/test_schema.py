import pathlib
import subprocess

import pytest

from pipeline.schema_file import read_schema
from tests.components.data_gate.made_statistics import make_rows
from tests.pipeline.cli.test_main import quickdraw
from tests.pipeline.small_workspace import make_workspace


def schema_verb(verb: str, workspace: pathlib.Path, *more: str) -> subprocess.CompletedProcess[str]:
    return quickdraw("schema", verb, "--workspace", str(workspace), *more)


@pytest.fixture
def refused(tmp_path: pathlib.Path) -> pathlib.Path:
    """A workspace whose newest data has a drawing of 2,000 strokes, which the gate refuses."""
    rows = make_rows(40, 0)
    for row in rows:
        row["countrycode"] = "US"
    make_workspace(tmp_path, {"train": rows, "eval": [{**rows[0], "strokes": 2_000}, *rows[1:9]]})
    return tmp_path


def test_accept_leaves_nothing_to_change(refused: pathlib.Path) -> None:
    accepted = schema_verb("accept", refused)
    assert accepted.returncode == 0, accepted.stderr
    assert "split eval, feature strokes: Out-of-range values" in accepted.stdout
    assert "-  max: 1000\n" in accepted.stdout
    assert "+  max: 2000\n" in accepted.stdout
    assert "feature points" not in accepted.stdout
    assert f"accepted: {refused / 'schema.pbtxt'}" in accepted.stdout
    widened = {feature.name: feature for feature in read_schema(refused / "schema.pbtxt").feature}
    assert widened["strokes"].int_domain.max == 2_000

    before = (refused / "schema.pbtxt").read_text()
    diff = schema_verb("diff", refused)
    assert diff.returncode == 0, diff.stderr
    assert "nothing to change: the data keeps the schema." in diff.stdout
    assert (refused / "schema.pbtxt").read_text() == before


def test_a_workspace_without_statistics_is_one_sentence(tmp_path: pathlib.Path) -> None:
    done = schema_verb("diff", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("quickdraw: the workspace")
    assert "quickdraw run --data DIR" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_no_schema_is_one_sentence(tmp_path: pathlib.Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes")
    done = schema_verb("accept", tmp_path, "--schema", str(tmp_path / "notes.txt"))
    assert done.returncode == 2
    assert "notes.txt is not the text of a schema" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "schema.pbtxt").exists()
