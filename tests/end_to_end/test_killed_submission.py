"""kill -9 in the middle of a submission, and the same command again."""

import pathlib
import subprocess
import sys
import time

from components.submission.file_rows import PIECE_BYTES
from components.submission.parts import list_parts
from components.submission.work_folder import folder_of
from pipeline.submission import submit
from pipeline.submission_options import SubmissionOptions
from tests.components.submission.drawing_rows import NO_DRAWING, push_tiny_model, write_drawings
from tests.end_to_end.commands import quickdraw
from tests.pipeline.submission_listener import Listener

SHARDS = 12
# Of about 1,000 bytes, each with a line end inside quotes.
DRAWING = f"[[[{','.join(['7'] * 245)}],\n [{','.join(['9'] * 245)}]]]"


def kill_after_the_first_part(arguments: list[str], folder: pathlib.Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "pipeline.cli.main", *arguments], stderr=subprocess.DEVNULL) as run:
        while not list_parts(folder):
            assert run.poll() is None, "the run ended before it could be killed"
            time.sleep(0.001)
        run.kill()


def test_the_same_command_gives_the_bytes_of_an_undisturbed_run(tmp_path: pathlib.Path) -> None:
    push_tiny_model(tmp_path / "models")
    texts = [DRAWING, DRAWING, NO_DRAWING]
    rows = ((f"k{row}", texts[row % len(texts)]) for row in range(SHARDS * PIECE_BYTES * 3 // 2 // len(DRAWING)))
    test = write_drawings(tmp_path / "test.csv", rows)
    command = ["submit", "--test", str(test), "--registry", str(tmp_path / "models"), "--out"]
    out = tmp_path / "killed.csv"
    kill_after_the_first_part([*command, str(out)], folder_of(out))
    assert not out.exists()
    there = len(list_parts(folder_of(out)))
    assert 0 < there < SHARDS
    again = quickdraw(*command, str(out))
    assert again.returncode == 0, again.stderr
    assert "drawings are answered already; going on." in again.stderr
    undisturbed = SubmissionOptions(str(test), tmp_path / "undisturbed.csv", str(tmp_path / "models"))
    submit(undisturbed, Listener())
    assert out.read_bytes() == (tmp_path / "undisturbed.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["killed.csv", "models", "test.csv", "undisturbed.csv"]
