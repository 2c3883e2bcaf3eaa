"""A user's options -> a checked configuration. Loads nothing heavy, so that a mistake is told at once."""

import dataclasses
import json
import pathlib
import tempfile

from components.data_gate.policy import GatePolicy
from components.errors import UsageError
from components.evaluator.thresholds import Thresholds, thresholds_from_dict
from components.example_gen.file_selection import data_fingerprint, select_files
from components.pusher.registry import list_versions, registry_of
from components.trainer.training_config import TrainingConfig
from components.urls import is_url
from pipeline.config import PipelineConfig
from pipeline.presets import get_preset
from pipeline.schema_file import read_schema, schema_in_use
from pipeline.warm_start_source import LATEST, is_version, resolve_warm_start


@dataclasses.dataclass(frozen=True)
class RunOptions:
    """What a user says about a run; None leaves the choice to the preset. See `PipelineConfig` for the rest.

    Attributes:
        data: a local folder or a URL that fsspec knows, such as `gs://bucket/folder`.
        thresholds: JSON file of a whole gate, in the place of the preset's.
        registry: folder of the pushed versions, or its URL; "" for the workspace's own.
    """

    data: str
    workspace: pathlib.Path
    preset: str = "demo"
    words: tuple[str, ...] = ()
    num_words: int | None = None
    per_word: int | None = None
    epochs: int | None = None
    learning_rate: float | None = None
    warm_start: str = ""
    thresholds: pathlib.Path | None = None
    min_accuracy: float | None = None
    max_bad_fraction: float = 0.01
    gate: GatePolicy = dataclasses.field(default_factory=GatePolicy)
    schema: pathlib.Path | None = None
    registry: str = ""
    keep: int | None = None
    cache: bool = True


def make_config(options: RunOptions) -> PipelineConfig:
    """Checks everything that can be checked before the first node, and writes nothing.

    Args:
        options: what the user said.

    Returns:
        A configuration ready to run.

    Raises:
        UsageError: an option, the data folder, the schema or the workspace cannot be used.
    """
    preset = get_preset(options.preset)
    _check_writable(options.workspace, "--workspace")
    config = PipelineConfig(
        # ML Metadata keeps these paths, and a later run may start in another folder.
        data_dir=options.data if is_url(options.data) else str(pathlib.Path(options.data).resolve()),
        workspace=str(options.workspace.resolve()),
        training=choose_training(preset.training, options.epochs, options.learning_rate),
        preset=options.preset,
        warm_start=_warm_start(options),
        thresholds=choose_thresholds(preset.thresholds, options.thresholds, options.min_accuracy),
        words=options.words,
        num_words=options.num_words,
        per_word=preset.per_word if options.per_word is None else options.per_word,
        max_bad_fraction=options.max_bad_fraction,
        gate=options.gate,
        schema_path=_schema_path(options),
        registry_url=_registry_url(options),
        keep=options.keep,
        enable_cache=options.cache,
    )
    files = select_files(config.data_dir, config.words or None, config.num_words)
    return dataclasses.replace(config, data_fingerprint=data_fingerprint(files))


def choose_training(preset: TrainingConfig, epochs: int | None, learning_rate: float | None) -> TrainingConfig:
    """Puts a user's numbers in the place of a preset's; None keeps them.

    Raises:
        UsageError: a number has no meaning.
    """
    return dataclasses.replace(
        preset,
        epochs=preset.epochs if epochs is None else epochs,
        learning_rate=preset.learning_rate if learning_rate is None else learning_rate,
    )


def choose_thresholds(preset: Thresholds, path: pathlib.Path | None, min_accuracy: float | None) -> Thresholds:
    """Puts a user's thresholds in the place of a preset's; None keeps them.

    Args:
        preset: where the user says nothing.
        path: JSON file of a whole gate.
        min_accuracy: on top of either.

    Raises:
        UsageError: the file cannot be used, or a number has no meaning.
    """
    thresholds = preset if path is None else _read_thresholds(path)
    if min_accuracy is not None:
        thresholds = dataclasses.replace(thresholds, min_accuracy=min_accuracy)
    return thresholds


def _read_thresholds(path: pathlib.Path) -> Thresholds:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(values, dict):
            raise UsageError("it is not a JSON object, {...}.")
        return thresholds_from_dict(values)
    except OSError as error:
        raise UsageError(f"the thresholds {path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise UsageError(f"the thresholds {path} are not JSON: {error}.") from error
    except UsageError as error:
        raise UsageError(f"the thresholds {path}: {error}") from error


def _warm_start(options: RunOptions) -> str:
    """A path is kept whole, like every other: a later run may start in another folder."""
    value = options.warm_start
    # Which model is the latest depends on what this run has pushed before, see `pipeline.dag_runner.resolve`.
    if value in ("", LATEST):
        return value
    resolve_warm_start(value, _registry_url(options) or registry_of(options.workspace), own_run_key="")
    return value if is_version(value) else str(pathlib.Path(value).resolve())


def _registry_url(options: RunOptions) -> str:
    """A path is kept whole; `file://` is a folder, with all that a folder can promise."""
    registry = options.registry.removeprefix("file://").rstrip("/")
    if not registry:
        return ""
    if is_url(registry):
        list_versions(registry)
        return registry
    _check_writable(pathlib.Path(registry), "--registry")
    return str(pathlib.Path(registry).resolve())


def _schema_path(options: RunOptions) -> str:
    path = schema_in_use(options.workspace, options.schema)
    if path is None:
        return ""
    read_schema(path)
    return str(path.resolve())


def _check_writable(folder: pathlib.Path, option: str) -> None:
    existing = folder.resolve()
    while not existing.exists():
        existing = existing.parent
    try:
        # Permissions alone do not tell: root may write anywhere but on a read-only or special file system.
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise UsageError(
            f"the {option[2:]} {folder} cannot be written to ({error.strerror}); choose another with {option}."
        ) from error
