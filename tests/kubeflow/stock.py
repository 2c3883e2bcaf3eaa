"""A small pipeline as TFX alone compiles it, in every form that it has."""

from typing import Any

from tfx import v1 as tfx
from tfx.dsl.components.base.base_node import BaseNode
from tfx.orchestration.kubeflow.v2 import kubeflow_v2_dag_runner

from pipeline.kubeflow.compile import ENTRYPOINT
from tests.kubeflow.golden_pipeline import IMAGE


def compile_stock(
    nodes: list[BaseNode], schema_2_1: bool = True, commands: tuple[str, ...] | None = ENTRYPOINT
) -> dict[str, Any]:
    """TFX's PipelineJob, which is what it writes into a `.json` file."""
    pipeline = tfx.dsl.Pipeline("stock", "gs://bucket/root", components=nodes, enable_cache=True)
    config = kubeflow_v2_dag_runner.KubeflowV2DagRunnerConfig(
        default_image=IMAGE, use_pipeline_spec_2_1=schema_2_1, default_commands=commands and list(commands)
    )
    return kubeflow_v2_dag_runner.KubeflowV2DagRunner(config).run(pipeline, write_out=False)


def csv_example_gen(input_base: Any = "gs://bucket/csv") -> BaseNode:
    return tfx.components.CsvExampleGen(input_base=input_base)


def latest_model() -> BaseNode:
    return tfx.dsl.Resolver(
        strategy_class=tfx.dsl.experimental.LatestArtifactStrategy,
        model=tfx.dsl.Channel(type=tfx.types.standard_artifacts.Model),
    ).with_id("Latest")
