"""The nodes of the pipeline, each a folder, and what several of them share."""

import importlib
from typing import Any

# Artifact types of our own -> their modules. Kubeflow knows a type by its name alone, from which TFX imports the class;
# the name has room for one dot.
_ARTIFACT_TYPES = {
    "IngestSummary": "components.example_gen.artifacts",
    "DataApproval": "components.data_gate.artifacts",
    "Report": "components.report.artifacts",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    """Finds an artifact type without loading TFX for whoever asks for none."""
    if name not in _ARTIFACT_TYPES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_ARTIFACT_TYPES[name]), name)
