import io
import sys

import pytest

from pipeline.cli.predict import progress_line
from pipeline.cli.predict.progress_line import ProgressLine


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def on_a_terminal(monkeypatch):
    """A function that makes standard error a terminal, standard output none, and nobody wait; returns the terminal."""

    def prepare(stdout=None, seconds_before=0):
        terminal = Terminal()
        monkeypatch.setattr(progress_line, "_SECONDS_BEFORE", seconds_before)
        monkeypatch.setattr(progress_line, "_SECONDS_BETWEEN", 0)
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(sys, "stdout", stdout or io.StringIO())
        return terminal

    return prepare


def test_a_line_that_goes_when_it_is_done(on_a_terminal):
    terminal = on_a_terminal()
    with ProgressLine() as progress:
        progress.add()
        progress.say("quickdraw: a sentence.")
        progress.add()
    lines = terminal.getvalue().split("\r\x1b[K")
    assert lines[0] == ""
    assert lines[1].startswith("1 drawings, ")
    assert lines[2] == "quickdraw: a sentence.\n"
    assert lines[3].startswith("2 drawings, ")
    assert lines[4] == ""


def test_short_inputs_have_none(on_a_terminal):
    terminal = on_a_terminal(seconds_before=60)
    with ProgressLine() as progress:
        progress.add()
    assert "drawings" not in terminal.getvalue()


def test_none_among_answers_on_the_same_terminal(on_a_terminal):
    terminal = on_a_terminal(stdout=Terminal())
    with ProgressLine() as progress:
        progress.add()
        progress.say("quickdraw: a sentence.")
    assert terminal.getvalue() == "quickdraw: a sentence.\n"


def test_none_in_a_file(capsys):
    with ProgressLine() as progress:
        progress.add()
    assert capsys.readouterr().err == ""
