"""The graph. One function makes it for every runner."""

import pathlib
from typing import Any

from ml_metadata.proto import metadata_store_pb2
from tfx import v1 as tfx
from tfx.dsl.components.base.base_component import BaseComponent
from tfx.types.channel import ChannelWrappedPlaceholder

from components.baseline.component import Baseline
from components.data_gate.component import DataGate
from components.evaluator.component import Evaluator
from components.example_gen.component import DrawingExampleGen
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS
from components.not_blessed.component import NotBlessed
from components.pusher.component import Pusher
from components.report.component import Report
from components.schema_gen.component import ImportSchemaGen
from components.statistics_gen.component import StatisticsGen
from components.trainer.component import Trainer
from components.transform.component import Transform
from pipeline.config import PIPELINE_NAME, PipelineConfig
from pipeline.fingerprint import (
    INGEST_CODE,
    PUBLISHING_CODE,
    TRANSFORM_CODE,
    code_fingerprint,
    data_key,
    schema_fingerprint,
    training_code_fingerprint,
    training_key,
)
from schema.loader import schema_path


def create_pipeline(config: PipelineConfig) -> tfx.dsl.Pipeline:
    """Builds the whole graph, from CSVs to a pushed model and a report.

    Args:
        config: what to do; nothing is read from the environment or from the data.

    Returns:
        A TFX pipeline that BeamDagRunner and KubeflowV2DagRunner both take.
    """
    data = _data_nodes(config)
    model = _model_nodes(config, data)
    last = [_not_blessed(model)] if config.in_pods else []
    return tfx.dsl.Pipeline(
        pipeline_name=PIPELINE_NAME,
        pipeline_root=config.artifacts_dir,
        components=[*data.values(), *model.values(), *last],
        enable_cache=config.enable_cache,
        metadata_connection_config=None if config.in_pods else _metadata_file(config),
    )


def _metadata_file(config: PipelineConfig) -> metadata_store_pb2.ConnectionConfig:
    return tfx.orchestration.metadata.sqlite_metadata_connection_config(config.metadata_path)


def _data_nodes(config: PipelineConfig) -> dict[str, BaseComponent]:
    """CSVs -> examples that kept the schema's promises."""
    example_gen = DrawingExampleGen(
        data_dir=config.data_dir,
        words=config.words or None,
        num_words=config.num_words,
        per_word=config.per_word,
        split_fractions=DEFAULT_SPLIT_FRACTIONS,
        max_bad_fraction=config.max_bad_fraction,
        quarantine_dir=config.quarantine_dir,
        data_fingerprint=config.data_fingerprint,
        code_fingerprint=code_fingerprint(*INGEST_CODE),
    )
    examples = example_gen.outputs["examples"]
    schema_file = config.schema_path or schema_path()
    schema_gen = ImportSchemaGen(
        # A pod would not find it there.
        schema_file="" if config.in_pods else schema_file,
        schema_fingerprint=schema_fingerprint(config),
        schema_text=pathlib.Path(schema_file).read_text(encoding="utf-8") if config.in_pods else None,
    )
    schema = schema_gen.outputs["schema"]
    statistics_gen = StatisticsGen(
        examples=examples,
        schema=schema,
        code_fingerprint=code_fingerprint("components.statistics_gen"),
    )
    validator = tfx.components.ExampleValidator(statistics=statistics_gen.outputs["statistics"], schema=schema)
    gate = DataGate(
        statistics=statistics_gen.outputs["statistics"],
        anomalies=validator.outputs["anomalies"],
        schema=schema,
        registry=config.statistics_registry,
        policy=config.gate,
        data_key=config.data_key,
        previous_version=config.previous_statistics,
        code_fingerprint=code_fingerprint("components.data_gate", *PUBLISHING_CODE),
    )
    return {
        "example_gen": example_gen,
        "schema_gen": schema_gen,
        "statistics_gen": statistics_gen,
        "validator": validator,
        "gate": gate,
    }


def _describe_data(config: PipelineConfig) -> dict[str, Any]:
    """What the model card tells of the data; in pods the ingest tells the rest."""
    if config.in_pods:
        return {"schema_fingerprint": schema_fingerprint(config)}
    return {
        "folder": config.data_dir,
        "files_fingerprint": config.data_fingerprint,
        "examples_key": data_key(config),
        "schema_fingerprint": schema_fingerprint(config),
        "words": list(config.words) or config.num_words or "all",
        "per_word": config.per_word or "all",
        "split": "hash of key_id, " + ", ".join(f"{name} {part:.0%}" for name, part in DEFAULT_SPLIT_FRACTIONS.items()),
    }


def _training_state(config: PipelineConfig) -> dict[str, str]:
    """Where an interrupted training goes on: a new one, in code or data, finds no state and no cached result."""
    if config.in_pods:
        return {"training_dir": config.training_dir}
    return {"state_dir": f"{config.training_dir}/{training_key(config)}"}


def _model_nodes(config: PipelineConfig, data: dict[str, BaseComponent]) -> dict[str, BaseComponent]:
    """Examples -> a judged, perhaps pushed model, and the report of both."""
    examples = data["example_gen"].outputs["examples"]
    transform = Transform(
        examples=examples,
        **config.training.transform_properties,
        code_fingerprint=code_fingerprint(*TRANSFORM_CODE),
    )
    # Transform is the first to spend real time: not before the gate has opened.
    transform.add_upstream_node(data["gate"])
    trainer = Trainer(
        examples=transform.outputs["transformed_examples"],
        transform_graph=transform.outputs["transform_graph"],
        custom_config={
            "training": config.training.to_dict(),
            "warm_start": config.warm_start_file,
            **_training_state(config),
            "card": {"preset": config.preset, "code": training_code_fingerprint(), "data": _describe_data(config)},
        },
        epochs=config.training.epochs,
    )
    baseline = Baseline(registry=config.registry, version=config.baseline_version)
    evaluator = Evaluator(
        examples=examples,
        model=trainer.outputs["model"],
        baseline_model=baseline.outputs["model"],
        thresholds=config.thresholds,
        code_fingerprint=code_fingerprint("components.evaluator"),
    )
    pusher = Pusher(
        model=trainer.outputs["model"],
        model_blessing=evaluator.outputs["blessing"],
        registry=config.registry,
        run_key=config.run_key,
        warm_start=config.warm_start_fingerprint,
        evaluation=evaluator.outputs["evaluation"],
        keep=config.keep or 0,
        lost_versions=config.lost_versions,
        code_fingerprint=code_fingerprint("components.pusher", *PUBLISHING_CODE),
    )
    report = Report(
        examples=examples,
        summary=data["example_gen"].outputs["summary"],
        statistics=data["statistics_gen"].outputs["statistics"],
        approval=data["gate"].outputs["approval"],
        model_run=trainer.outputs["model_run"],
        evaluation=evaluator.outputs["evaluation"],
        blessing=evaluator.outputs["blessing"],
        pushed_model=pusher.outputs["pushed_model"],
        code_fingerprint=code_fingerprint("components.report"),
    )
    return {
        "transform": transform,
        "trainer": trainer,
        "baseline": baseline,
        "evaluator": evaluator,
        "pusher": pusher,
        "report": report,
    }


def _not_blessed(model: dict[str, BaseComponent]) -> BaseComponent:
    """The node that makes a failure of a run that pushed nothing, where no command waits for the run to do so."""
    blessing = model["evaluator"].outputs["blessing"]
    # `blessing.future()` would be compiled to the name of an input that the node does not have.
    placeholder = ChannelWrappedPlaceholder(blessing)[0]
    with tfx.dsl.Cond(placeholder.custom_property("blessed") == 0):
        node = NotBlessed(blessing=blessing)
    # A run that has failed starts nothing more, and the report says why.
    node.add_upstream_node(model["report"])
    return node
