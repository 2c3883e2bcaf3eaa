"""Conditions of tasks: what they look at is among the task's inputs."""

import re
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import nodes

# In CEL, as TFX writes it: inputs.artifacts['blessing'].artifacts[0].metadata['blessed'] == 1.0
_ARTIFACT = re.compile(r"inputs\.artifacts\['([^']*)'\]")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses conditions that the driver could not evaluate.

    `channel.future()` names an input of TFX's own making, which TFX leaves out where the node has the channel among its
    inputs by another name.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    for node in nodes(documents):
        condition = node.task.get("triggerPolicy", {}).get("condition", "")
        for name in sorted(set(_ARTIFACT.findall(condition)) - set(node.task.get("inputs", {}).get("artifacts", {}))):
            yield Finding(
                node.id, "triggerPolicy.condition", f"it looks at the input '{name}', which the task does not have."
            )
