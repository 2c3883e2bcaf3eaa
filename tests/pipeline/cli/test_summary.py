import pytest

from pipeline.cli.summary import TerminalListener, print_summary
from pipeline.local_run import Outcome
from tests.pipeline.test_config import make

ROWS = {"read": 1500, "kept": 1400, "filtered": 60, "capped": 30, "duplicate": 6, "quarantined": 4}
CHECKS = [{"passed": False, "sentence": "accuracy 0.5000 is below 0.6000."}, {"passed": True, "sentence": "fine."}]


def outcome(blessed: bool) -> Outcome:
    verdict = {
        "blessed": blessed,
        "examples": 140,
        "metrics": {"accuracy": 0.5, "map_at_3": 0.625},
        "baseline_sentence": "no model was serving.",
        "checks": CHECKS,
    }
    push = {
        "pushed": blessed,
        "version": 7 * blessed,
        "path": "",
        "sentence": "pushed as version 7." if blessed else "no.",
    }
    return Outcome(rows=ROWS, verdict=verdict, push=push)


def test_the_table_has_every_number_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(outcome(blessed=False), make(), seconds=61.4)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines == [
        "finished in 61 s",
        "rows 1,500 read, 1,400 kept, 60 filtered, 30 capped, 6 duplicate, 4 quarantined",
        "accuracy 0.500 on 140 test drawings",
        "MAP@3 0.625",
        "baseline no model was serving.",
        "verdict not blessed",
        "FAIL: accuracy 0.5000 is below 0.6000.",
        "pass: fine.",
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
