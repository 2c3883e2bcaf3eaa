"""The types of our artifacts: the title in a pipeline's YAML -> the Python class."""

import functools
from collections.abc import Mapping

import yaml
from tfx.types.artifact import Artifact
from tfx.utils import name_utils

from components.data_gate.artifacts import DataApproval
from components.example_gen.artifacts import IngestSummary
from components.report.artifacts import Report

_OWN_TYPES: tuple[type[Artifact], ...] = (IngestSummary, DataApproval, Report)


def importable(artifact_type: Mapping[str, str]) -> dict[str, str]:
    """Makes TFX find the class of an artifact.

    TFX takes a title that is none of its own for the import path of a class, and refuses to compile one with more than
    a single dot.

    Args:
        artifact_type: KFP's ArtifactTypeSchema, as JSON: `schemaTitle`, or `instanceSchema` with a title in its YAML.

    Returns:
        The same for a type of TFX's; `schemaTitle` with the import path for one of ours.
    """
    path = _import_paths().get(_title(artifact_type))
    return {"schemaTitle": path} if path else dict(artifact_type)


def _title(artifact_type: Mapping[str, str]) -> str:
    if "instanceSchema" in artifact_type:
        return yaml.safe_load(artifact_type["instanceSchema"])["title"]
    return artifact_type["schemaTitle"]


@functools.cache
def _import_paths() -> dict[str, str]:
    return {str(own.TYPE_NAME): name_utils.get_full_name(own) for own in _OWN_TYPES}
