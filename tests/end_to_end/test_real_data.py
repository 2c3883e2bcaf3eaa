"""A small run on real drawings, from the CSVs to the pushed model's answers."""

import csv
import pathlib
import re

import pytest
import tensorflow as tf

from components.example_gen.summary import read_summary
from components.pusher.registry import list_versions
from components.trainer.assets import read_word_counts
from pipeline.run_metadata import read_node_run
from tests.components.submission.drawing_rows import ANSWER, push_tiny_model
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
    counts = read_word_counts(tmp_path / "models" / "quickdraw" / str(version))
    assert list(counts) == ["airplane", "alarm_clock", "ant"]
    assert sum(counts.values()) == rows["splits"]["train"]
    model = tf.saved_model.load(str(tmp_path / "models" / "quickdraw" / str(version)))
    answer = model.signatures["serving_default"](drawing=tf.constant(["[[[0,255],[0,0]]]", "no drawing"]))
    assert set(answer["words"][0].numpy().tolist()) == {b"airplane", b"alarm_clock", b"ant"}
    assert answer["words"][1].numpy().tolist() == [b"", b"", b""]

    # Training files have drawings, keys and words: both what is asked and what is true.
    ants, out = real_data_dir / "train_simplified" / "ant.csv", tmp_path / "ants.csv"
    done = quickdraw("submit", "--test", ants, "--score", ants, "--workspace", tmp_path, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    with ants.open(newline="") as asked, out.open(newline="") as answered:
        assert [row["key_id"] for row in csv.DictReader(asked)] == [row["key_id"] for row in csv.DictReader(answered)]
    (accuracy,) = re.findall(r"top-1 +([0-9.]+) ", done.stdout)
    assert float(accuracy) > 0.5


@pytest.mark.exhaustive
@pytest.mark.real_data
def test_the_whole_real_test_set_in_kaggles_format(real_data_dir: pathlib.Path, tmp_path: pathlib.Path) -> None:
    push_tiny_model(tmp_path / "models")
    test, out = real_data_dir / "test_simplified.csv", tmp_path / "submission.csv"
    done = quickdraw("submit", "--test", test, "--registry", tmp_path / "models", "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    with test.open(newline="") as asked, out.open(newline="") as answered:
        keys = [row["key_id"] for row in csv.DictReader(asked)]
        rows = list(csv.DictReader(answered))
    assert list(rows[0]) == ["key_id", "word"]
    assert [row["key_id"] for row in rows] == keys
    assert len(set(keys)) == 24_559
    assert {row["word"] for row in rows} == {ANSWER}
