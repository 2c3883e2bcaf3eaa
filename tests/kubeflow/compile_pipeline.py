"""The YAML that the emulator runs: the product's own compiler, with the demo's training made shorter."""

import dataclasses
import pathlib

from components.evaluator.thresholds import Thresholds
from pipeline.config import PipelineConfig
from pipeline.kubeflow.compile import compile_pipeline
from pipeline.kubeflow.settings import NODE_DEFAULTS, Retries, Settings
from pipeline.presets import get_preset
from tests.kubeflow.emulator.compiled_pipeline import CompiledPipeline

IMAGE = f"registry.example/quickdraw:1@sha256:{64 * '0'}"
EPOCHS = 4
# Every drop is refused: on few drawings chance would excuse much.
_THRESHOLDS = Thresholds(min_accuracy=0.4, min_map_at_3=0.4, significance=1.0)


def compile_for_pods(workspace: pathlib.Path, registry: str, path: pathlib.Path) -> CompiledPipeline:
    """Compiles.

    Args:
        workspace: the folder of the claim, with the drawings in `data`.
        registry: where to push.
        path: the YAML to write.

    Returns:
        What the file holds.
    """
    preset = get_preset("demo")
    config = PipelineConfig(
        data_dir=str(workspace / "data" / "train_simplified"),
        workspace=str(workspace),
        registry_url=registry,
        training=dataclasses.replace(preset.training, epochs=EPOCHS),
        thresholds=_THRESHOLDS,
        preset="demo",
        in_pods=True,
    )
    path.write_text(compile_pipeline(config, IMAGE, _settings(workspace)).to_yaml(), encoding="utf-8")
    return CompiledPipeline.read(path)


def _settings(workspace: pathlib.Path) -> Settings:
    """With the run parameter `data_version` the ingest may come from the cache; what is refused is refused once."""
    ingest = dataclasses.replace(NODE_DEFAULTS["DrawingExampleGen"], cache=True, retries=Retries(count=0))
    return Settings(workspace=str(workspace), nodes={**NODE_DEFAULTS, "DrawingExampleGen": ingest})
