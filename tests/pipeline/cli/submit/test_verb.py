import pathlib

import pytest

from tests.components.submission.drawing_rows import (
    ANSWER,
    FREQUENT,
    LINE,
    NO_DRAWING,
    push_tiny_model,
    write_drawings,
    write_labels,
)
from tests.end_to_end.commands import quickdraw


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("workspace")
    push_tiny_model(folder / "models" / "quickdraw", 7)
    return folder


def test_a_submission_and_its_score(workspace: pathlib.Path, tmp_path: pathlib.Path) -> None:
    test = write_drawings(tmp_path / "test.csv", [("9", LINE), ("8", NO_DRAWING)])
    labels = write_labels(tmp_path / "labels.csv", [("8", "bee"), ("9", "alarm clock")])
    out = tmp_path / "submission.csv"
    options = ["--test", test, "--workspace", workspace, "--out", out, "--score", labels, "--batch-size", "64"]
    done = quickdraw("submit", *options)
    assert (done.returncode, done.stderr) == (0, "starting TensorFlow ...\n")
    assert out.read_text() == f"key_id,word\n9,{ANSWER}\n8,{FREQUENT}\n"
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}
    assert lines["submission"] == f"{out}, 2 rows"
    assert lines["model"] == f"version 7 of {workspace}/models/quickdraw"
    assert lines["malformed"].startswith(f"1, answered with {FREQUENT}, the most frequent words")
    assert lines["MAP@3"].startswith("0.7500 (")
    assert lines["top-1"].startswith("0.5000 (")


@pytest.mark.parametrize(
    ("test", "options", "sentence", "exit_code"),
    [
        ("nowhere.csv", [], "nowhere.csv.", 2),
        ("test.csv", ["--version", "8"], "has no version 8; there are 7.", 2),
        ("twice.csv", [], "the key_id 9 is in row 1 and again in row 2", 4),
        ("test.csv", ["--batch-size", "0"], "Invalid value for '--batch-size'", 2),
        ("test.csv", ["--beam-arg", "open"], "--beam-arg open is no option of Beam's; write it as", 2),
    ],
)
def test_what_a_user_can_cause_is_a_sentence(
    workspace: pathlib.Path,
    tmp_path: pathlib.Path,
    test: str,
    options: list[str],
    sentence: str,
    exit_code: int,
) -> None:
    write_drawings(tmp_path / "test.csv", [("9", LINE)])
    write_drawings(tmp_path / "twice.csv", [("9", LINE), ("9", LINE)])
    where = ["--test", tmp_path / test, "--workspace", workspace, "--out", tmp_path / "submission.csv"]
    done = quickdraw("submit", *where, *options)
    assert done.returncode == exit_code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("submission.csv*"))
