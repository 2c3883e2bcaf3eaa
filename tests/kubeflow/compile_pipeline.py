"""Compiles the graph to a YAML that the emulator runs."""

import pathlib

import yaml
from tfx.orchestration.kubeflow.v2.kubeflow_v2_dag_runner import KubeflowV2DagRunner, KubeflowV2DagRunnerConfig

from pipeline.config import PipelineConfig
from pipeline.pipeline import create_pipeline

_NEVER_CACHED = ("DrawingExampleGen", "Baseline", "Pusher")


def compile_pipeline(config: PipelineConfig, path: pathlib.Path, python: str) -> pathlib.Path:
    KubeflowV2DagRunner(
        KubeflowV2DagRunnerConfig(
            default_image="registry/quickdraw:1",
            default_commands=[python, "-m", "pipeline.kubeflow.entrypoint"],
            use_pipeline_spec_2_1=True,
        ),
        output_dir=str(path.parent),
        output_filename=path.name,
    ).run(create_pipeline(config))
    spec = yaml.safe_load(path.read_text())
    for name, task in spec["root"]["dag"]["tasks"].items():
        task["cachingOptions"] = {} if name in _NEVER_CACHED else {"enableCache": True}
        task["retryPolicy"] = {"maxRetryCount": 1}
    path.write_text(yaml.safe_dump(spec))
    return path
