"""Kinds of executors: open-source KFP runs containers and importers."""

from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import Node, nodes

_IMPORTABLE = ("gs://", "s3://", "minio://", "oci://")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses resolvers, custom jobs and importers that cannot import; KFP does so when the run is made, or later.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    for node in nodes(documents):
        if "dag" in node.component:
            continue
        if not node.executor:
            label = node.component.get("executorLabel")
            yield Finding(node.id, "executorLabel", f"there is no executor '{label}' in deploymentSpec.")
        for kind in node.executor:
            if kind not in ("container", "importer"):
                yield Finding(
                    node.id, f"executor.{kind}", f"KFP runs containers and importers, no {kind}; use an ordinary node."
                )
        if "importer" in node.executor:
            yield from _check_importer(node)


def _check_importer(node: Node) -> Iterator[Finding]:
    if node.task.get("triggerPolicy", {}).get("condition"):
        yield Finding(node.id, "triggerPolicy.condition", "KFP takes no condition on an importer.")
    uri = node.executor["importer"].get("artifactUri", {}).get("constant")
    if isinstance(uri, str) and not uri.startswith(_IMPORTABLE):
        yield Finding(
            node.id,
            "executor.importer.artifactUri",
            f"'{uri}' is not of {', '.join(_IMPORTABLE)}; KFP imports no other.",
        )
