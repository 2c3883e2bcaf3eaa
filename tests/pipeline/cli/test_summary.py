import pytest

from pipeline.cli.summary import TerminalListener, print_summary
from pipeline.local_run import Outcome
from tests.pipeline.cli.test_verdict_table import VERDICT
from tests.pipeline.test_config import make

ROWS = {"read": 1500, "kept": 1400, "filtered": 60, "capped": 30, "duplicate": 6, "quarantined": 4}


def outcome(blessed: bool) -> Outcome:
    verdict = {**VERDICT, "blessed": blessed, "examples": 140, "baseline_sentence": "compared with version 6."}
    push = {
        "pushed": blessed,
        "version": 7 * blessed,
        "path": "",
        "sentence": "pushed as version 7." if blessed else "no.",
    }
    return Outcome(rows=ROWS, verdict=verdict, push=push)


def test_it_tells_every_number_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(outcome(blessed=False), make(), seconds=61.4)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines[0] == "finished in 61 s"
    assert "FAIL: accuracy changed by -0.2500." in lines
    assert lines[-6:] == [
        "rows 1,500 read, 1,400 kept, 60 filtered, 30 capped, 6 duplicate, 4 quarantined",
        "judged by 140 test drawings",
        "baseline compared with version 6.",
        "verdict not blessed",
        "push no.",
        "report work/report.html",
    ]


def test_a_pushed_model_comes_with_the_command_to_serve_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(outcome(blessed=True), make(), seconds=1.0)
    assert "quickdraw serve --workspace work" in capsys.readouterr().out


def test_a_node_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    listener = TerminalListener()
    listener.started("Trainer")
    listener.finished("Trainer", "cached", 0.24)
    assert capsys.readouterr().out == "Trainer              cached     0.2 s\n"
