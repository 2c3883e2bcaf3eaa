"""Configuration -> KFP's YAML, by TFX's own compiler and what `pipeline.kubeflow.finish` adds."""

from tfx import v1 as tfx
from tfx.orchestration.kubeflow.v2 import kubeflow_v2_dag_runner

from pipeline.config import PipelineConfig
from pipeline.kubeflow.documents import Documents, Json
from pipeline.kubeflow.finish import finish
from pipeline.kubeflow.settings import Settings
from pipeline.pipeline import create_pipeline

# TFX's own entrypoint runs on no KFP v2, see docs/kubeflow.md.
ENTRYPOINT = ("python", "-m", "pipeline.kubeflow.entrypoint")


def compile_pipeline(config: PipelineConfig, image: str, settings: Settings) -> Documents:
    """Compiles the graph of `create_pipeline`.

    Args:
        config: with `in_pods`.
        image: of every node.
        settings: what each node gets.

    Returns:
        The documents, not yet linted; the same arguments give the same documents.
    """
    return finish(compile_spec(create_pipeline(config), image), settings)


def compile_spec(pipeline: tfx.dsl.Pipeline, image: str) -> Json:
    """Lets TFX compile.

    Args:
        pipeline: any graph that TFX's compiler takes.
        image: of every node.

    Returns:
        The bare `PipelineSpec` of schema 2.1.0, as TFX writes it into a YAML file: open-source KFP takes neither its
        wrapper, the `PipelineJob`, nor schema 2.0.0.
    """
    runner_config = kubeflow_v2_dag_runner.KubeflowV2DagRunnerConfig(
        default_image=image, default_commands=list(ENTRYPOINT), use_pipeline_spec_2_1=True
    )
    runner = kubeflow_v2_dag_runner.KubeflowV2DagRunner(runner_config)
    return runner.run(pipeline, write_out=False)["pipelineSpec"]
