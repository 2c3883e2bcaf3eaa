import io
import sys

import pytest

from pipeline.cli.submit.progress_bar import ProgressBar


class Stream(io.StringIO):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def on(stream: Stream, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> ProgressBar:
    monkeypatch.setattr(sys, "stderr", stream)
    return ProgressBar(clock)


def test_a_bar_in_place_on_a_terminal(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    terminal = Stream(is_terminal=True)
    bar = on(terminal, monkeypatch, clock)
    bar.started(3000, 0)
    clock.seconds = 0.5
    bar.progress(0)
    clock.seconds = 10.0
    bar.progress(1000)
    bar.clear()
    assert terminal.getvalue().split("\r\x1b[K") == [
        "",
        f"[{'-' * 30}] 0 of 3,000 drawings",
        f"[{'#' * 10}{'-' * 20}] 1,000 of 3,000 drawings, 100 a second, 0:20 left",
        "",
    ]


def test_what_an_earlier_run_did_is_not_this_ones_speed(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    log = Stream(is_terminal=False)
    bar = on(log, monkeypatch, clock)
    bar.started(30_000, 10_000)
    clock.seconds = 20.0
    bar.progress(12_000)
    assert log.getvalue() == (
        "10,000 of 30,000 drawings are answered already; going on.\n"
        "12,000 of 30,000 drawings, 100 a second, 3:00 left\n"
    )


def test_a_log_gets_a_line_every_ten_seconds(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    log = Stream(is_terminal=False)
    bar = on(log, monkeypatch, clock)
    bar.say("starting ...")
    bar.started(100, 0)
    for second in range(25):
        clock.seconds = float(second)
        bar.progress(second)
    bar.clear()
    assert log.getvalue().splitlines() == [
        "starting ...",
        "10 of 100 drawings, 1 a second, 1:30 left",
        "20 of 100 drawings, 1 a second, 1:20 left",
    ]
