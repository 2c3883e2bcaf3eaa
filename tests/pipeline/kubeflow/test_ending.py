import pathlib

import pytest

from components.errors import DataRefusedError, NotBlessedError, QuickdrawError, UsageError
from pipeline.kubeflow.ending import tell
from pipeline.kubeflow.local_twins import LocalTwins


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (QuickdrawError("x is wrong."), 1),
        (UsageError("x is wrong."), 2),
        (NotBlessedError("x is wrong."), 3),
        (DataRefusedError("x is wrong."), 4),
    ],
)
def test_one_sentence_and_the_exit_code(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], error: Exception, exit_code: int
) -> None:
    message = tmp_path / "dev" / "termination-log"
    message.parent.mkdir()
    message.touch()
    assert tell(error, LocalTwins(str(tmp_path))) == exit_code
    assert capsys.readouterr() == ("", "quickdraw: x is wrong.\n")
    assert message.read_text() == "quickdraw: x is wrong."


def test_what_nobody_expected_has_a_traceback_and_a_last_line(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        assert tell(error, LocalTwins(str(tmp_path))) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == "quickdraw: ValueError: first"
    assert list(tmp_path.iterdir()) == []


def test_kubernetes_reads_so_much_of_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "termination-log").touch()
    tell(UsageError("x" * 5000), LocalTwins(str(tmp_path)))
    assert (tmp_path / "dev" / "termination-log").stat().st_size == 4096
