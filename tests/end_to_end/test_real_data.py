"""A small run on real drawings, from the CSVs to the pushed model's answers."""

import pathlib

import pytest
import tensorflow as tf

from components.example_gen.summary import read_summary
from components.pusher.registry import list_versions
from pipeline.run_metadata import read_node_run
from tests.end_to_end.commands import NODES, node_states, quickdraw

WORDS = "airplane,alarm clock,ant"


@pytest.mark.real_data
def test_real_drawings_from_csv_to_prediction(real_data_dir: pathlib.Path, tmp_path: pathlib.Path) -> None:
    options = ["--words", WORDS, "--per-word", "150", "--epochs", "8", "--min-accuracy", "0.4"]
    done = quickdraw("run", "--data", real_data_dir / "train_simplified", "--workspace", tmp_path, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert node_states(done.stdout) == dict.fromkeys(NODES, "ran")

    ingest = read_node_run(str(tmp_path / "metadata.sqlite"), "quickdraw", "DrawingExampleGen")
    assert ingest is not None
    rows = read_summary(ingest.outputs["summary"])
    assert {word: counts["kept"] for word, counts in rows["words"].items()} == {
        "airplane": 150,
        "alarm_clock": 150,
        "ant": 150,
    }
    assert rows["read"] == sum(rows[fate] for fate in ("kept", "filtered", "capped", "duplicate", "quarantined"))
    assert rows["quarantined"] == 0

    (version,) = list_versions(tmp_path / "models" / "quickdraw")
    model = tf.saved_model.load(str(tmp_path / "models" / "quickdraw" / str(version)))
    answer = model.signatures["serving_default"](drawing=tf.constant(["[[[0,255],[0,0]]]", "no drawing"]))
    assert set(answer["words"][0].numpy().tolist()) == {b"airplane", b"alarm_clock", b"ant"}
    assert answer["words"][1].numpy().tolist() == [b"", b"", b""]
