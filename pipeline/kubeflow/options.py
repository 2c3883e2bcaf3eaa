"""A user's options -> a configuration for pods. Nothing is looked up: this machine need not see the data."""

import dataclasses
import pathlib

from components.data_gate.policy import GatePolicy
from components.errors import UsageError
from pipeline.config import PipelineConfig
from pipeline.kubeflow.lint.containers import check_image
from pipeline.presets import get_preset
from pipeline.run_options import choose_thresholds, choose_training
from pipeline.schema_file import read_schema


@dataclasses.dataclass(frozen=True)
class CompileOptions:
    """What a user says about a pipeline; None leaves the choice to the preset.

    Data, words, numbers, thresholds and registry are what a run does that names no other.

    Attributes:
        image: of every node, by digest.
        data: folder of drawings, as a pod sees it.
        registry: folder of the pushed versions, as a pod sees it; "" for that of the workspace.
        workspace: folder on a claim, see `pipeline.kubeflow.settings.Settings`.
    """

    image: str
    data: str
    registry: str = ""
    workspace: str = ""
    preset: str = "demo"
    words: tuple[str, ...] = ()
    num_words: int | None = None
    per_word: int | None = None
    epochs: int | None = None
    learning_rate: float | None = None
    thresholds: pathlib.Path | None = None
    min_accuracy: float | None = None
    max_bad_fraction: float = 0.01
    gate: GatePolicy = dataclasses.field(default_factory=GatePolicy)
    schema: pathlib.Path | None = None
    keep: int | None = None


def make_config(options: CompileOptions) -> PipelineConfig:
    """Makes a configuration for nodes in pods.

    Args:
        options: what the user said.

    Returns:
        The configuration; whether pods see its paths is the lint's business.

    Raises:
        UsageError: an option cannot be used.
    """
    if sentence := check_image(options.image):
        raise UsageError(f"--image: {sentence}")
    if not options.workspace and not options.registry:
        raise UsageError("name where to push with --registry, or a workspace in the settings.")
    preset = get_preset(options.preset)
    if options.schema is not None:
        read_schema(options.schema)
    return PipelineConfig(
        data_dir=options.data,
        workspace=options.workspace,
        training=choose_training(preset.training, options.epochs, options.learning_rate),
        preset=options.preset,
        thresholds=choose_thresholds(preset.thresholds, options.thresholds, options.min_accuracy),
        words=options.words,
        num_words=options.num_words,
        per_word=preset.per_word if options.per_word is None else options.per_word,
        max_bad_fraction=options.max_bad_fraction,
        gate=options.gate,
        schema_path="" if options.schema is None else str(options.schema.resolve()),
        registry_url=options.registry.rstrip("/"),
        keep=options.keep,
        in_pods=True,
    )
