"""The edges: every task that is named is there, and nothing waits for itself."""

import graphlib
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import PIPELINE, Finding
from pipeline.kubeflow.lint.nodes import Node, nodes


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses edges that KFP finds wrong when the run is made, or when a driver looks for a task that is not there.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    components = documents.spec.get("components", {})
    for node in nodes(documents):
        if not node.component:
            name = node.task.get("componentRef", {}).get("name")
            yield Finding(node.id, "componentRef.name", f"there is no component '{name}'.")
        if "artifactIterator" in node.task:
            yield Finding(node.id, "artifactIterator", "KFP cannot iterate over artifacts.")
        for task in node.task.get("dependentTasks", []):
            if task not in node.siblings:
                yield Finding(node.id, "dependentTasks", f"there is no task '{task}'.")
        yield from _check_producers(node, components)
    yield from _check_order(documents)


def _check_producers(node: Node, components: dict[str, dict]) -> Iterator[Finding]:
    for kind, source_field, key_field in (
        ("artifacts", "taskOutputArtifact", "outputArtifactKey"),
        ("parameters", "taskOutputParameter", "outputParameterKey"),
    ):
        for name, source in node.task.get("inputs", {}).get(kind, {}).items():
            if source_field not in source:
                continue
            field, producer = f"inputs.{kind}.{name}", source[source_field].get("producerTask")
            if producer not in node.siblings:
                advice = "; TFX names it so for values that are known only at run time, which KFP cannot follow" * str(
                    producer
                ).endswith("_task")
                yield Finding(node.id, field, f"there is no task '{producer}' to take it from{advice}.")
                continue
            if producer not in node.task.get("dependentTasks", []):
                yield Finding(
                    node.id, field, f"'{producer}' is not among dependentTasks, so KFP would not wait for it."
                )
            component = components.get(node.siblings[producer].get("componentRef", {}).get("name"), {})
            key = source[source_field].get(key_field)
            if key not in component.get("outputDefinitions", {}).get(kind, {}):
                yield Finding(node.id, field, f"'{producer}' has no output '{key}'.")


def _check_order(documents: Documents) -> Iterator[Finding]:
    waits = {node.id: node.task.get("dependentTasks", []) for node in nodes(documents)}
    try:
        graphlib.TopologicalSorter(waits).prepare()
    except graphlib.CycleError as error:
        yield Finding(PIPELINE, "dependentTasks", f"tasks wait for each other: {' -> '.join(error.args[1])}.")
