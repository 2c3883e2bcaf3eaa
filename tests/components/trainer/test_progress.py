import logging
import math
import time

import pytest

from components.trainer.finite_loss import NonFiniteLossError
from components.trainer.progress import Progress, format_duration, log_epoch


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """The remarks of the project's own logger."""
    caplog.set_level(logging.INFO, logger="quickdraw")
    return caplog


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (44.6, "45 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (89, "1 min"),
        (720, "12 min"),
        (3569, "59 min"),
        (3599, "1 h 00 min"),
        (3900, "1 h 05 min"),
        (90_000, "25 h 00 min"),
    ],
)
def test_durations_as_people_say_them(seconds: float, words: str) -> None:
    assert format_duration(seconds) == words


def test_a_line_after_ten_seconds_and_after_another_ten(clock: Clock, log: pytest.LogCaptureFixture) -> None:
    progress = Progress(epoch=2, epochs=5, examples=10_000, batch_size=100)
    for batch, seconds in enumerate((0.0, 5.0, 9.9, 10.0, 12.0, 19.9, 20.0)):
        clock.seconds = 1000.0 + seconds
        progress.on_train_batch_end(batch, {"loss": 0.5, "accuracy": 0.9})

    # Three epochs of 10,000 drawings are left, of which 400 took 10 seconds, and 700 took 20.
    assert log.messages == [
        "Trainer epoch 3/5: 400 of 10,000 drawings, 40/s, about 12 min left",
        "Trainer epoch 3/5: 700 of 10,000 drawings, 35/s, about 14 min left",
    ]


def test_the_last_batch_is_not_counted_as_a_whole_one(clock: Clock, log: pytest.LogCaptureFixture) -> None:
    progress = Progress(epoch=0, epochs=1, examples=1_050, batch_size=100)
    clock.seconds += 10
    progress.on_train_batch_end(10, {"loss": 0.5})

    assert log.messages == ["Trainer epoch 1/1: 1,050 of 1,050 drawings, 105/s, about 0 s left"]


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_loss_that_is_no_number_ends_the_epoch_at_the_next_line(
    loss: float, clock: Clock, log: pytest.LogCaptureFixture
) -> None:
    progress = Progress(epoch=2, epochs=5, examples=10_000, batch_size=100)
    clock.seconds += 9
    progress.on_train_batch_end(0, {"loss": loss})
    clock.seconds += 1
    with pytest.raises(NonFiniteLossError, match=f"training stopped in epoch 3: loss became {loss}"):
        progress.on_train_batch_end(1, {"accuracy": 0.9, "loss": loss})
    assert log.messages == []


def test_what_an_epoch_came_to(log: pytest.LogCaptureFixture) -> None:
    values = {
        "loss": 1.2345,
        "accuracy": 0.5,
        "clean_loss": 1.0,
        "clean_accuracy": 0.625,
        "val_loss": 1.5,
        "val_accuracy": 0.6,
        "learning_rate": 0.001,
        "drawings_per_second": 1234.5,
        "seconds": 100.0,
    }

    log_epoch(values, epoch=2, epochs=5)

    assert log.messages == [
        "Trainer epoch 2/5: loss 1.234, accuracy 0.500 (without dropout 0.625), eval loss 1.500, eval accuracy 0.600, "
        "1,234/s, about 5 min left"
    ]
