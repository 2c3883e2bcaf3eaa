"""The components with Beam jobs, each run by itself on what the others made, in one folder: here, or on a cluster."""

import json
import pathlib
from collections.abc import Callable
from typing import Any

import apache_beam as beam
from tfx.types import standard_artifacts

from benchmarks.stages import artifact, examples_artifact
from components.artifact_folders import empty, remove_leftovers
from components.evaluator import executor as evaluator
from components.example_gen import executor as example_gen
from components.example_gen.component import DrawingExampleGen
from components.statistics_gen import executor as statistics_gen
from components.transform import executor as transform
from pipeline.beam_runner import BeamRunner
from pipeline.presets import get_preset
from schema.loader import schema_path

NODES = ("DrawingExampleGen", "StatisticsGen", "Transform", "Evaluator")
_PRESET = get_preset("notebook")
MakePipeline = Callable[[], beam.Pipeline] | None


def run_node(node: str, made: pathlib.Path, out: pathlib.Path, runner: BeamRunner) -> None:
    """Runs a component.

    Args:
        node: one of `NODES`.
        made: folder with what the ones before it made.
        out: folder for its outputs.
        runner: where.
    """
    outputs = _outputs(node, out)
    folders = [value.uri for value in outputs.values()]

    def work(make_pipeline: MakePipeline) -> None:
        fresh = {name: [value] for name, value in _outputs(node, out).items()}
        _RUN[node](made, fresh, None if runner.is_local else make_pipeline)
        remove_leftovers(folders)

    runner.run(node, work, lambda: empty(folders))


def _outputs(node: str, out: pathlib.Path) -> dict[str, Any]:
    if node == "DrawingExampleGen":
        kind = DrawingExampleGen(data_dir="", quarantine_dir="").outputs["summary"].type
        return {"examples": examples_artifact(out / "examples"), "summary": artifact(kind, out / "summary")}
    if node == "StatisticsGen":
        return {"statistics": artifact(standard_artifacts.ExampleStatistics, out / "statistics")}
    if node == "Transform":
        return {
            "transform_graph": artifact(standard_artifacts.TransformGraph, out / "transform_graph"),
            "transformed_examples": artifact(standard_artifacts.Examples, out / "transformed_examples"),
        }
    return {
        "evaluation": artifact(standard_artifacts.ModelEvaluation, out / "evaluation"),
        "blessing": artifact(standard_artifacts.ModelBlessing, out / "blessing"),
    }


def _executor(kind: Any, out: dict[str, Any], make_pipeline: MakePipeline) -> Any:
    tmp = pathlib.Path(next(iter(out.values()))[0].uri).parent / "tmp"
    return kind(
        kind.Context(beam_pipeline_args=[], tmp_dir=str(tmp), unique_id="1", make_beam_pipeline_fn=make_pipeline)
    )


def _ingest(made: pathlib.Path, out: dict[str, Any], make_pipeline: MakePipeline) -> None:
    options = json.loads((made / "ingest.json").read_text())
    quarantine = pathlib.Path(out["summary"][0].uri).parent / "quarantine"
    node = DrawingExampleGen(quarantine_dir=str(quarantine), **options)
    _executor(example_gen.Executor, out, make_pipeline).Do({}, out, node.exec_properties)


def _statistics(made: pathlib.Path, out: dict[str, Any], make_pipeline: MakePipeline) -> None:
    schema = artifact(standard_artifacts.Schema, made / "schema")
    copy = made / "schema" / "schema.pbtxt"
    copy.write_text(pathlib.Path(schema_path()).read_text())
    inputs = {"examples": [examples_artifact(made / "examples")], "schema": [schema]}
    _executor(statistics_gen.Executor, out, make_pipeline).Do(inputs, out, {})


def _transform(made: pathlib.Path, out: dict[str, Any], make_pipeline: MakePipeline) -> None:
    inputs = {"examples": [examples_artifact(made / "examples")]}
    _executor(transform.Executor, out, make_pipeline).Do(inputs, out, _PRESET.training.transform_properties)


def _evaluate(made: pathlib.Path, out: dict[str, Any], make_pipeline: MakePipeline) -> None:
    inputs = {
        "examples": [examples_artifact(made / "examples")],
        "model": [artifact(standard_artifacts.Model, made / "model")],
        "baseline_model": [artifact(standard_artifacts.Model, made / "baseline")],
    }
    properties = {"thresholds": json.dumps(_PRESET.thresholds.to_dict())}
    _executor(evaluator.Executor, out, make_pipeline).Do(inputs, out, properties)


_RUN = {"DrawingExampleGen": _ingest, "StatisticsGen": _statistics, "Transform": _transform, "Evaluator": _evaluate}
