"""Metadata on its way through ML Metadata, as KFP does it (backend/src/v2/metadata/converter.go)."""

import json
from typing import Any


class MetadataError(Exception):
    """KFP fails the task."""


def record(metadata: dict[str, Any]) -> dict[str, Any]:
    """What is kept of an artifact's metadata: numbers as doubles, booleans as 0 or 1, structures wrapped."""
    return {key: _record(key, value) for key, value in metadata.items()}


def _record(key: str, value: Any) -> Any:
    match value:
        case None:
            raise MetadataError(f"the metadata {key} is null")
        case bool():
            return int(value)
        case int() | float():
            return float(value)
        case str():
            return value
        case list():
            return {"list": value}
        case dict():
            return {"struct": value}
        case _:
            raise MetadataError(f"the metadata {key} is {json.dumps(value)}")
