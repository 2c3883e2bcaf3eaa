"""Claim: the Transform stage is several times as fast as TFX's own with the raster one writes first.

Usage: python -m benchmarks.transform [--data DIR] [--num-words N] [--copies N]

Ingests the CSVs once, then runs three stages over the same examples, each in a process of its own: TFX's Transform with
`benchmarks/naive_preprocessing.py`, TFX's Transform with our `preprocessing_fn`, and our Transform. Wall seconds,
imports left out, and peak RSS. With --copies 10 ours also runs over ten times the rows: how time and memory grow.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from typing import Any

REAL_DATA = pathlib.Path(__file__).parents[2] / "shared" / "quickdraw" / "train_simplified"
STYLE = {"image_style": "notebook", "image_size": 32, "code_fingerprint": ""}


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
        for name, (seconds, peak) in measured.items():
            print(f"| {name} | {seconds:.1f} | {seconds / measured['ours'][0]:.1f} x | {peak / 1024:,.0f} MiB |")


def in_process(work: Callable[..., None], *arguments: Any) -> tuple[float, int]:
    """Runs `work` in a fresh process.

    Returns:
        Seconds of the work without imports, and the process's peak RSS in KiB.
    """
    parent, child = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measured, args=(child, work, arguments))
    process.start()
    result = parent.recv()
    process.join()
    return result


def _measured(pipe: Any, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    import tfx.v1  # noqa: F401 - its seconds belong to no stage

    import components.transform.executor  # noqa: F401

    started = time.monotonic()
    work(*arguments)
    pipe.send((time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def _artifact(kind: Any, folder: pathlib.Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    value = kind()
    value.uri = str(folder)
    return value


def _raw_examples(folder: pathlib.Path) -> Any:
    from tfx.types import standard_artifacts

    examples = _artifact(standard_artifacts.Examples, folder / "examples")
    examples.split_names = '["train","eval","test"]'
    examples.set_string_custom_property("payload_format", "FORMAT_TF_EXAMPLE")
    return examples


def _outputs(folder: pathlib.Path) -> dict[str, list[Any]]:
    from tfx.types import standard_artifacts

    return {
        "transform_graph": [_artifact(standard_artifacts.TransformGraph, folder / "graph")],
        "transformed_examples": [_artifact(standard_artifacts.Examples, folder / "transformed")],
    }


def _executor(kind: Any, folder: pathlib.Path) -> Any:
    return kind(kind.Context(beam_pipeline_args=[], tmp_dir=str(folder / "tmp"), unique_id="1"))


def ingest(data: str, num_words: int | None, folder: pathlib.Path) -> None:
    """Makes the raw examples that every stage reads."""
    from components.example_gen.component import DrawingExampleGen
    from components.example_gen.executor import Executor

    node = DrawingExampleGen(data_dir=data, quarantine_dir=str(folder / "quarantine"), num_words=num_words)
    summary = _artifact(node.outputs["summary"].type, folder / "summary")
    made = {"examples": [_raw_examples(folder)], "summary": [summary]}
    _executor(Executor, folder).Do({}, made, node.exec_properties)


def stock_transform(examples: pathlib.Path, folder: pathlib.Path, function: str) -> None:
    """TFX's Transform."""
    from tfx.components.transform.executor import Executor
    from tfx.types import standard_artifacts

    from schema.loader import schema_path

    schema = _artifact(standard_artifacts.Schema, folder / "schema")
    shutil.copy(schema_path(), folder / "schema" / "schema.pbtxt")
    made = _outputs(folder)
    made["updated_analyzer_cache"] = [_artifact(standard_artifacts.TransformCache, folder / "cache")]
    properties = dict.fromkeys(("module_file", "module_path", "stats_options_updater_fn", "splits_config"))
    properties |= {"preprocessing_fn": function, "custom_config": json.dumps(STYLE), "disable_statistics": 1}
    properties["force_tf_compat_v1"] = 0
    inputs = {"examples": [_raw_examples(examples)], "schema": [schema]}
    _executor(Executor, folder).Do(inputs, made, properties)


def our_transform(examples: pathlib.Path, folder: pathlib.Path, _: str) -> None:
    """Our Transform."""
    from components.transform.executor import Executor

    _executor(Executor, folder).Do({"examples": [_raw_examples(examples)]}, _outputs(folder), STYLE)


def multiply(folder: pathlib.Path, copies: int) -> None:
    """Links every shard under more names, so that there are `copies` times the rows."""
    for shard in [*folder.rglob("*.gz")]:
        for copy in range(1, copies):
            os.link(shard, shard.with_name(f"copy{copy}-{shard.name}"))


if __name__ == "__main__":
    main()
