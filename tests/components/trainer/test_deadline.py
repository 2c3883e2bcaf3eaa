import pathlib
import time

import pytest

from components.trainer.deadline import TrainingPausedError, check_deadline, write_deadline

NOON = 1_700_000_000.0


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOON)


def test_an_epoch_that_fits_in_goes_on(tmp_path: pathlib.Path) -> None:
    write_deadline(str(tmp_path / "state"), NOON + 60)

    check_deadline(str(tmp_path / "state"), seconds_an_epoch=60.0, epoch=2, epochs=5)


def test_an_epoch_that_would_be_late_is_not_begun(tmp_path: pathlib.Path) -> None:
    write_deadline(str(tmp_path / "state"), NOON + 60)

    with pytest.raises(TrainingPausedError) as paused:
        check_deadline(str(tmp_path / "state"), seconds_an_epoch=60.5, epoch=2, epochs=5)

    assert str(paused.value) == (
        "training paused after epoch 2 of 5, as --max-minutes asked; nothing is lost. The same command goes on from "
        "there."
    )
    assert paused.value.exit_code == 1


def test_a_later_deadline_replaces_an_earlier_one(tmp_path: pathlib.Path) -> None:
    write_deadline(str(tmp_path), NOON - 1)
    write_deadline(str(tmp_path), NOON + 1.25)

    check_deadline(str(tmp_path), seconds_an_epoch=1.25, epoch=1, epochs=5)


def test_without_a_deadline_nothing_stops(tmp_path: pathlib.Path) -> None:
    folder = str(tmp_path / "state")
    check_deadline(folder, seconds_an_epoch=1e9, epoch=1, epochs=5)
    write_deadline(folder, None)
    write_deadline(folder, NOON)
    write_deadline(folder, None)

    check_deadline(folder, seconds_an_epoch=1e9, epoch=1, epochs=5)
    assert list((tmp_path / "state").iterdir()) == []
