"""The sentence about dropout, in every case."""

import pytest

from components.report.training_gap import gap_sentence


def _history(training, clean, validation):
    return {"accuracy": [0.1, training], "clean_accuracy": [0.1, clean], "val_accuracy": [0.1, validation]}


def test_takes_the_gap_apart():
    assert gap_sentence(_history(0.80, 0.95, 0.90), best_epoch=2, varied=False) == (
        "in epoch 2, whose weights were kept, training was measured at 80.0% with dropout on while the weights still "
        "change, and validation at 90.0%; without all that, drawings of the training split give 95.0%: how training is "
        "measured costs 15.0 points, and 5.0 points are overfitting, what the network knows better of drawings it has "
        "seen."
    )


@pytest.mark.parametrize(
    ("validation", "rest"),
    [
        (0.97, "and nothing is overfitting: validation is even 2.0 points better, by chance of its drawings."),
        (0.953, "and next to nothing is overfitting."),
        (0.947, "and next to nothing is overfitting."),
    ],
)
def test_overfitting_is_called_so_only_where_it_is(validation, rest):
    assert gap_sentence(_history(0.80, 0.95, validation), best_epoch=2, varied=False).endswith(rest)


def test_varied_drawings_are_named():
    sentence = gap_sentence(_history(0.80, 0.95, 0.90), best_epoch=1, varied=True)
    assert "10.0% with dropout on, on varied drawings, while the weights still change" in sentence
