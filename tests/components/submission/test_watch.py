import pathlib
import threading

import pytest

from components.submission import watch
from components.submission.parts import PartCounts, write_part
from components.submission.watch import PartsWatcher


def test_tells_the_rows_of_the_parts_that_are_there(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_SECONDS_BETWEEN_LOOKS", 0.001)
    told: list[int] = []
    seen = threading.Event()

    def tell(rows: int) -> None:
        told.append(rows)
        if rows == 7:
            seen.set()

    with PartsWatcher(tmp_path, {0: 3, 1: 100, 2: 4}, tell):
        for number in (2, 0):
            write_part(str(tmp_path), number, [], [], PartCounts(0, 0))
        assert seen.wait(10)
    count = len(told)
    assert sorted(told) == told
    assert set(told) <= {0, 4, 7}
    write_part(str(tmp_path), 1, [], [], PartCounts(0, 0))
    assert len(told) == count
