import json
import pathlib
from collections import defaultdict

import pytest
import tensorflow as tf

from components.trainer.history import HistoryWriter

CURVES = {
    "epochs": [1, 2],
    "loss": [0.75, 0.5],
    "accuracy": [0.25, 0.375],
    "val_loss": [0.625, 0.4375],
    "val_accuracy": [0.5, 0.625],
    "clean_loss": [0.6875, 0.40625],
    "clean_accuracy": [0.5625, 0.65625],
    "learning_rate": [0.001, 0.0005],
    "drawings_per_second": [1000.0, 2000.0],
    "seconds": [2.0, 1.0],
}
CSV = """\
epochs,loss,accuracy,val_loss,val_accuracy,clean_loss,clean_accuracy,learning_rate,drawings_per_second,seconds
1,0.75,0.25,0.625,0.5,0.6875,0.5625,0.001,1000.0,2.0
2,0.5,0.375,0.4375,0.625,0.40625,0.65625,0.0005,2000.0,1.0
"""
# Folder below logs/ -> tag -> (step, value) of each epoch.
SCALARS = {
    "train": {
        "epoch_loss": [(1, 0.75), (2, 0.5)],
        "epoch_accuracy": [(1, 0.25), (2, 0.375)],
        "epoch_learning_rate": [(1, 0.001), (2, 0.0005)],
    },
    "train without dropout": {
        "epoch_loss": [(1, 0.6875), (2, 0.40625)],
        "epoch_accuracy": [(1, 0.5625), (2, 0.65625)],
    },
    "evaluation": {
        "epoch_loss": [(1, 0.625), (2, 0.4375)],
        "epoch_accuracy": [(1, 0.5), (2, 0.625)],
    },
}


def first_epochs(count: int) -> dict[str, list[float]]:
    return {name: values[:count] for name, values in CURVES.items()}


def scalars(run: pathlib.Path) -> dict[str, dict[str, list[tuple[int, float]]]]:
    """What TensorBoard would draw: folder -> tag -> (step, value) in the order of writing."""
    found: dict[str, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted((run / "logs").glob("*/events.*")):
        for event in tf.compat.v1.train.summary_iterator(str(path)):
            for value in event.summary.value:
                number = float(tf.make_ndarray(value.tensor))
                found[path.parent.name][value.tag].append((event.step, pytest.approx(number, rel=1e-6)))
    return found


def test_json_and_csv_hold_every_curve(tmp_path: pathlib.Path) -> None:
    writer = HistoryWriter(str(tmp_path / "run"))
    writer.write(CURVES)
    writer.close()

    assert json.loads((tmp_path / "run" / "history.json").read_text()) == CURVES
    assert (tmp_path / "run" / "history.csv").read_text() == CSV
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["history.csv", "history.json", "logs"]


def test_each_write_brings_the_files_up_to_date(tmp_path: pathlib.Path) -> None:
    writer = HistoryWriter(str(tmp_path))
    writer.write(first_epochs(1))
    assert json.loads((tmp_path / "history.json").read_text()) == first_epochs(1)
    assert (tmp_path / "history.csv").read_text().splitlines() == CSV.splitlines()[:2]
    # Not closed yet: TensorBoard may watch a training.
    assert scalars(tmp_path)["train"]["epoch_loss"] == [(1, 0.75)]

    writer.write(CURVES)
    writer.write(CURVES)
    writer.close()
    assert (tmp_path / "history.csv").read_text() == CSV
    assert scalars(tmp_path) == SCALARS


def test_a_writer_that_goes_on_writes_the_epochs_before_it(tmp_path: pathlib.Path) -> None:
    first = HistoryWriter(str(tmp_path / "killed"))
    first.write(first_epochs(1))

    second = HistoryWriter(str(tmp_path / "continued"))
    second.write(CURVES)
    second.close()

    assert scalars(tmp_path / "continued") == SCALARS
    assert json.loads((tmp_path / "continued" / "history.json").read_text()) == CURVES


def test_curves_of_unequal_length_are_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        HistoryWriter(str(tmp_path)).write(CURVES | {"seconds": [2.0]})
