"""Lines that tell how far a long run is."""

import pytest

from components.example_gen import progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves when it is told."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_line_now_and_then(clock, caplog):
    caplog.set_level("INFO", "quickdraw")
    count = progress.Progress("rows read")
    for seconds in (1, 4, 1, 4.5, 1):
        clock[0] += seconds
        count.add(1_000)
    assert caplog.messages == ["2,000 rows read, 400 a second", "4,000 rows read, 381 a second"]


def test_the_workers_of_a_run_count_together():
    assert progress.shared_progress("/run/1", "rows") is progress.shared_progress("/run/1", "rows")
    assert progress.shared_progress("/run/1", "rows") is not progress.shared_progress("/run/2", "rows")
