"""Fingerprints of code and configuration: what a cache key must know that TFX's does not."""

import dataclasses
import hashlib
import importlib
import json
import pathlib
from typing import Any

from pipeline.config import PipelineConfig
from schema.loader import schema_path

# What changes where something is looked up or whether it is reused, but never the model.
_NOT_PART_OF_THE_MODEL = (
    "workspace",
    "enable_cache",
    "run_key",
    "baseline_version",
    "data_key",
    "previous_statistics",
    "lost_versions",
    "in_pods",
    "registry_url",
    "keep",
    "thresholds",
    "gate",
    "schema_path",
    "preset",
    "warm_start_file",
    "warm_start_fingerprint",
)
_DEFINES_THE_DATA = ("data_fingerprint", "words", "num_words", "per_word", "max_bad_fraction")
# What decides about the examples that an ingest writes.
INGEST_CODE = tuple(
    f"components.{name}" for name in ("example_gen", "drawing", "simplification", "polylines", "examples", "tf_records")
)
TRANSFORM_CODE = ("components.transform", "components.examples", "components.tf_records")
# What decides how a version comes into a folder of versions.
PUBLISHING_CODE = ("components.version_folders", "components.staging")


def code_fingerprint(*packages: str) -> str:
    """Hashes the source of packages of this project.

    Args:
        *packages: dotted names of packages or modules, for example "components.transform".

    Returns:
        16 hexadecimal digits that change when any Python, text-proto, HTML, CSS or JavaScript file below them changes.
    """
    digest = hashlib.sha256()
    for package in packages:
        for path in _source_files(package):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def run_key(config: PipelineConfig) -> str:
    """Hashes what defines the model that a run makes: data, configuration and code.

    Args:
        config: with its `data_fingerprint`.

    Returns:
        16 hexadecimal digits.
    """
    values = {k: v for k, v in dataclasses.asdict(config).items() if k not in _NOT_PART_OF_THE_MODEL}
    values["schema"] = schema_fingerprint(config)
    values["code"] = code_fingerprint("components", "schema")
    return _hash(values)


def training_key(config: PipelineConfig) -> str:
    """Hashes what defines a training: its data, its configuration, what it begins from, and its code.

    Unlike `run_key` it does not change with code that a training never runs.

    Args:
        config: with its `data_fingerprint` and `warm_start_fingerprint`.

    Returns:
        16 hexadecimal digits.
    """
    return _hash(
        {
            "data": data_key(config),
            "training": config.training.to_dict(),
            "warm_start": config.warm_start_fingerprint,
            "code": training_code_fingerprint(),
        }
    )


def data_key(config: PipelineConfig) -> str:
    """Hashes what defines the examples that a run makes: files, choice of rows and code.

    Args:
        config: with its `data_fingerprint`.

    Returns:
        16 hexadecimal digits.
    """
    values = {key: value for key, value in dataclasses.asdict(config).items() if key in _DEFINES_THE_DATA}
    values["code"] = code_fingerprint(*INGEST_CODE)
    return _hash(values)


def training_code_fingerprint() -> str:
    """Hashes the code that makes a model of examples."""
    return code_fingerprint(*TRANSFORM_CODE, "components.trainer")


def schema_fingerprint(config: PipelineConfig) -> str:
    """Hashes the content of the schema that a run uses, wherever it lies.

    Args:
        config: its `schema_path` must be a file or "".

    Returns:
        16 hexadecimal digits.
    """
    return file_fingerprint(config.schema_path or schema_path())


def file_fingerprint(path: str) -> str:
    """Hashes the content of a file.

    Args:
        path: must exist.

    Returns:
        16 hexadecimal digits.
    """
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:16]


def _hash(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def _source_files(package: str) -> list[pathlib.Path]:
    module = importlib.import_module(package)
    origin = pathlib.Path(str(module.__file__))
    if origin.name != "__init__.py":
        return [origin]
    files = (path for path in origin.parent.rglob("*") if path.suffix in {".py", ".pbtxt", ".html", ".css", ".js"})
    return sorted(files)
