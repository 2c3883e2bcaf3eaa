"""Claim: the Evaluator is several times as fast as TFX's own, and its figures are those of plain NumPy.

Usage: python -m benchmarks.evaluator [--data DIR] [--num-words N] [--rows N] [--preset P]

Trains the preset's network for one epoch, exports it, and lets it be judged on the same drawings by: TFX's Evaluator
with nothing but the accuracy; TFX's Evaluator with our metrics and slices, as far as TFMA has them; our Evaluator; our
Evaluator with a baseline, which is the same model once more. Each in a process of its own; wall seconds, imports left
out, and peak RSS. Then computes the metrics from the model's answers with NumPy and prints the largest difference.
"""

import argparse
import json
import os
import pathlib
import shutil
import tempfile
from typing import Any

from benchmarks.stages import REAL_DATA, artifact, examples_artifact, executor, in_process, ingest
from benchmarks.training import open_training, transform
from components.trainer.training_config import TrainingConfig
from pipeline.presets import get_preset


def main() -> None:
    """Prints the table and the difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--num-words", type=int, default=None)
    parser.add_argument("--rows", type=int, default=47_000, help="judge by about so many drawings")
    parser.add_argument("--preset", default="notebook")
    options = parser.parse_args()
    config = get_preset(options.preset).training
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        in_process(ingest, str(options.data), options.num_words, root)
        in_process(transform, root / "examples", root, config)
        in_process(train_and_export, root, config)
        in_process(choose_rows, root, options.rows)
        rows = int((root / "rows.txt").read_text())
        print(
            f"{rows:,} drawings, network {config.network}\n\n| Evaluator | seconds | of ours | drawings/s | peak RSS |"
        )
        print("|---|---|---|---|---|")
        measured = {
            "TFX's, accuracy only": in_process(stock, root, False),
            "TFX's, our metrics and slices": in_process(stock, root, True),
            "ours": in_process(ours, root, False),
            "ours, with a baseline": in_process(ours, root, True),
        }
        for name, (seconds, peak_mib) in measured.items():
            ratio = seconds / measured["ours"].seconds
            print(f"| {name} | {seconds:.1f} | {ratio:.1f} x | {rows / seconds:,.0f} | {peak_mib:,.0f} MiB |")
        in_process(compare_with_numpy, root)


def train_and_export(root: pathlib.Path, config: TrainingConfig) -> None:
    """Writes `root/model`."""
    import tensorflow_transform as tft

    from components.trainer.export import export_model
    from components.trainer.labels import read_labels

    network, data = open_training(root, config)
    network.fit(data.train, verbose=0)
    labels = read_labels(tft.TFTransformOutput(str(root / "graph")))
    export_model(network, labels, config, str(root / "model" / "Format-Serving"))


def choose_rows(root: pathlib.Path, rows: int) -> None:
    """Makes a test split of about `rows` drawings out of all splits: `root/judged`."""
    import tensorflow as tf

    target = root / "judged" / "Split-test"
    target.mkdir(parents=True)
    found = 0
    for shard in sorted((root / "examples").rglob("*.gz")):
        if found >= rows:
            break
        os.link(shard, target / f"{shard.parent.name}-{shard.name}")
        found += int(tf.data.TFRecordDataset(str(shard), compression_type="GZIP").reduce(0, lambda n, _: n + 1))
    (root / "rows.txt").write_text(str(found))


def _inputs(root: pathlib.Path, with_baseline: bool) -> dict[str, list[Any]]:
    from tfx.types import standard_artifacts

    from components.baseline.executor import BASELINE_VERSION_PROPERTY

    schema = artifact(standard_artifacts.Schema, root / "schema")
    baseline = artifact(standard_artifacts.Model, root / "model" if with_baseline else root / "none")
    baseline.set_int_custom_property(BASELINE_VERSION_PROPERTY, int(with_baseline))
    return {
        "examples": [examples_artifact(root / "judged", ["test"])],
        "model": [artifact(standard_artifacts.Model, root / "model")],
        "baseline_model": [baseline],
        "schema": [schema],
    }


def _outputs(folder: pathlib.Path) -> dict[str, list[Any]]:
    from tfx.types import standard_artifacts

    return {
        "evaluation": [artifact(standard_artifacts.ModelEvaluation, folder / "evaluation")],
        "blessing": [artifact(standard_artifacts.ModelBlessing, folder / "blessing")],
    }


def stock(root: pathlib.Path, everything: bool) -> None:
    """TFX's Evaluator."""
    import tensorflow_model_analysis as tfma
    from google.protobuf import json_format
    from tfx.components.evaluator.executor import Executor

    from components.evaluator.eval_config import make_eval_config
    from schema.loader import schema_path

    config = make_eval_config(has_baseline=False)
    if not everything:
        del config.slicing_specs[:]
        del config.metrics_specs[:]
        config.metrics_specs.add(metrics=[tfma.MetricConfig(class_name="SparseCategoricalAccuracy")])
    folder = root / f"stock{everything}"
    inputs = _inputs(root, with_baseline=False)
    shutil.copy(schema_path(), root / "schema" / "schema.pbtxt")
    del inputs["baseline_model"]
    text = json_format.MessageToJson(config, preserving_proto_field_name=True)
    properties = {"eval_config": text, "example_splits": json.dumps(["test"])}
    executor(Executor, folder).Do(inputs, _outputs(folder), properties)


def ours(root: pathlib.Path, with_baseline: bool) -> None:
    """Our Evaluator."""
    from components.evaluator.executor import Executor
    from components.evaluator.thresholds import Thresholds

    folder = root / f"ours{with_baseline}"
    thresholds = json.dumps(Thresholds(min_accuracy=0.0).to_dict())
    executor(Executor, folder).Do(_inputs(root, with_baseline), _outputs(folder), {"thresholds": thresholds})


def compare_with_numpy(root: pathlib.Path) -> None:
    """Prints the largest difference between our metrics and those that NumPy finds in the model's answers."""
    import numpy as np
    import tensorflow as tf

    from components.trainer.export import read_exported_labels

    model = str(root / "model" / "Format-Serving")
    labels, answer = read_exported_labels(model), tf.saved_model.load(model).signatures["serving_default"]
    spec = {name: tf.io.FixedLenFeature([], tf.string) for name in ("drawing", "word")}
    shards = sorted(map(str, (root / "judged" / "Split-test").iterdir()))
    batches = tf.data.TFRecordDataset(shards, compression_type="GZIP").batch(1_000)
    words, answers = [], []
    for batch in batches.map(lambda records: tf.io.parse_example(records, spec)):
        words += [word.decode() for word in batch["word"].numpy()]
        answers.append(answer(drawing=batch["drawing"])["probabilities"].numpy())
    probabilities = np.concatenate(answers).astype(np.float64)
    truth = np.array([labels.index(word) for word in words])
    expected = plain_metrics(truth, probabilities)
    evaluation = json.loads((root / "oursFalse" / "evaluation" / "evaluation.json").read_text())
    slices = {(part["feature"], part["value"]): part["metrics"] for part in evaluation["slices"]}
    differences = [abs(slices["", ""][name]["value"] - value) for name, value in expected.items()]
    for number, word in enumerate(labels):
        of_word = plain_metrics(truth[truth == number], probabilities[truth == number])
        differences += [abs(slices["word", word][name]["value"] - value) for name, value in of_word.items()]
    print(f"\nlargest difference from NumPy, {len(labels):,} words and all: {max(differences):.1e}")


def plain_metrics(truth: Any, probabilities: Any) -> dict[str, float]:
    """The metrics as one would write them first."""
    import numpy as np

    best = np.argsort(-probabilities, axis=1, kind="stable")
    rank = 1 + np.argmax(best == truth[:, np.newaxis], axis=1)
    confidence, right = probabilities.max(axis=1), rank == 1
    bins = np.minimum((confidence * 15).astype(int), 14)
    gaps = [abs(confidence[bins == b].sum() - right[bins == b].sum()) for b in range(15)]
    return {
        "accuracy": np.mean(right),
        "top_3_accuracy": np.mean(rank <= 3),
        "map_at_3": np.mean(np.where(rank <= 3, 1 / rank, 0)),
        "loss": np.mean(-np.log(np.maximum(probabilities[np.arange(len(truth)), truth], 1e-7))),
        "ece": sum(gaps) / len(truth),
    }


if __name__ == "__main__":
    main()
