"""What a component made, in a form in which equal contents are equal: not the files, whose bytes may differ."""

import json
import pathlib
from typing import Any

import tensorflow as tf
import tensorflow_data_validation as tfdv
import tensorflow_transform as tft
from google.protobuf import json_format


def records(folder: pathlib.Path) -> dict[str, list[str]]:
    """Split -> its examples, sorted."""
    return {
        split.name: sorted(
            str(tf.train.Example.FromString(record))
            for path in sorted(split.glob("*.gz"))
            for record in tf.data.TFRecordDataset(str(path), compression_type="GZIP").as_numpy_iterator()
        )
        for split in sorted(folder.glob("Split-*"))
    }


def statistics(folder: pathlib.Path) -> dict[str, Any]:
    """Split -> its statistics as plain values, features by their names."""
    found = {}
    for path in sorted(folder.glob("Split-*/FeatureStats.pb")):
        values = json_format.MessageToDict(tfdv.load_stats_binary(str(path)))
        for dataset in values["datasets"]:
            dataset["features"].sort(key=lambda feature: str(feature["path"]))
        found[path.parent.name] = _rounded(values)
    return found


def vocabulary(folder: pathlib.Path) -> list[bytes]:
    """The words of a transform graph, in the order of their labels."""
    (name,) = (path.name for path in (folder / "transform_fn" / "assets").iterdir())
    return tft.TFTransformOutput(str(folder)).vocabulary_by_name(name)


def evaluation(folder: pathlib.Path) -> Any:
    """What the Evaluator counted, and its verdict."""
    return [_rounded(json.loads((folder / name).read_text())) for name in ("evaluation.json", "verdict.json")]


def made_by(node: str, folder: pathlib.Path) -> Any:
    """All of a component's outputs."""
    if node == "DrawingExampleGen":
        return records(folder / "examples"), json.loads((folder / "summary" / "summary.json").read_text())
    if node == "StatisticsGen":
        return statistics(folder / "statistics")
    if node == "Transform":
        return records(folder / "transformed_examples"), vocabulary(folder / "transform_graph")
    return evaluation(folder / "evaluation")


def leftovers(folder: pathlib.Path) -> list[str]:
    """What a job that was begun twice might have left in outputs."""
    names = ("beam-temp-*", "*.unfinished", ".unfinished", ".temporary")
    return sorted(str(path.relative_to(folder)) for name in names for path in folder.rglob(name))


def _rounded(value: Any) -> Any:
    """Sums of floats depend on who added first."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value
