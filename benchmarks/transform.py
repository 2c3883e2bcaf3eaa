"""Claim: the Transform stage is several times as fast as TFX's own with the raster one writes first.

Usage: python -m benchmarks.transform [--data DIR] [--num-words N] [--copies N]

Ingests the CSVs once, then runs three stages over the same examples, each in a process of its own: TFX's Transform with
`benchmarks/naive_preprocessing.py`, TFX's Transform with our `preprocessing_fn`, and our Transform. Wall seconds,
imports left out, and peak RSS. With --copies 10 ours also runs over ten times the rows: how time and memory grow.
"""

import argparse
import json
import os
import pathlib
import shutil
import tempfile
from typing import Any

from benchmarks.stages import REAL_DATA, artifact, examples_artifact, executor, in_process, ingest

STYLE = {"feature": "image", "image_style": "notebook", "image_size": 32, "code_fingerprint": ""}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--num-words", type=int, default=None)
    parser.add_argument("--copies", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        in_process(ingest, str(options.data), options.num_words, root / "examples")
        rows = json.loads((root / "examples" / "summary" / "summary.json").read_text())["kept"]
        print(f"{rows:,} rows\n\n| Transform | seconds | of ours | peak RSS |\n|---|---|---|---|")
        stages = {
            "TFX's, naive raster": (stock_transform, "benchmarks.naive_preprocessing.preprocessing_fn"),
            "TFX's, our raster": (stock_transform, "components.transform.preprocessing.preprocessing_fn"),
            "ours": (our_transform, ""),
        }
        measured = {
            name: in_process(stage, root / "examples", root / f"out{i}", function)
            for i, (name, (stage, function)) in enumerate(stages.items())
        }
        if options.copies > 1:
            multiply(root / "examples" / "examples", options.copies)
            measured[f"ours, {options.copies} x the rows"] = in_process(
                our_transform, root / "examples", root / "many", ""
            )
        for name, (seconds, peak_mib) in measured.items():
            print(f"| {name} | {seconds:.1f} | {seconds / measured['ours'][0]:.1f} x | {peak_mib:,.0f} MiB |")


def outputs(folder: pathlib.Path) -> dict[str, list[Any]]:
    """The artifacts that Transform makes, in a folder."""
    from tfx.types import standard_artifacts

    return {
        "transform_graph": [artifact(standard_artifacts.TransformGraph, folder / "graph")],
        "transformed_examples": [artifact(standard_artifacts.Examples, folder / "transformed")],
    }


def stock_transform(examples: pathlib.Path, folder: pathlib.Path, function: str) -> None:
    """TFX's Transform."""
    from tfx.components.transform.executor import Executor
    from tfx.types import standard_artifacts

    from schema.loader import schema_path

    schema = artifact(standard_artifacts.Schema, folder / "schema")
    shutil.copy(schema_path(), folder / "schema" / "schema.pbtxt")
    made = outputs(folder)
    made["updated_analyzer_cache"] = [artifact(standard_artifacts.TransformCache, folder / "cache")]
    properties = dict.fromkeys(("module_file", "module_path", "stats_options_updater_fn", "splits_config"))
    properties |= {"preprocessing_fn": function, "custom_config": json.dumps(STYLE), "disable_statistics": 1}
    properties["force_tf_compat_v1"] = 0
    inputs = {"examples": [examples_artifact(examples / "examples")], "schema": [schema]}
    executor(Executor, folder).Do(inputs, made, properties)


def our_transform(examples: pathlib.Path, folder: pathlib.Path, _: str) -> None:
    """Our Transform."""
    from components.transform.executor import Executor

    executor(Executor, folder).Do({"examples": [examples_artifact(examples / "examples")]}, outputs(folder), STYLE)


def multiply(folder: pathlib.Path, copies: int) -> None:
    """Links every shard under more names, so that there are `copies` times the rows."""
    for shard in [*folder.rglob("*.gz")]:
        for copy in range(1, copies):
            os.link(shard, shard.with_name(f"copy{copy}-{shard.name}"))


if __name__ == "__main__":
    main()
