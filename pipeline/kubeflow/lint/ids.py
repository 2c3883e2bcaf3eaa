"""Ids of tasks and components, which KFP uses raw as names of Argo's tasks and parameters."""

import re
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import nodes

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# Argo's limit is 128, and KFP makes an id ID-driver.
_LONGEST = 121


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses ids that KFP takes at upload and refuses when the run is made.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    component_ids = ((name, "components") for name in documents.spec.get("components", {}))
    for name, field in [*((node.id, "id") for node in nodes(documents)), *component_ids]:
        if not _ID.fullmatch(name):
            yield Finding(name, field, f"'{name}' must be of letters, digits and '-', a letter first.")
        if len(name) > _LONGEST:
            yield Finding(name, field, f"it has {len(name)} characters; KFP has room for {_LONGEST}.")
        if name == "root":
            yield Finding(name, field, "KFP keeps this name for itself.")
