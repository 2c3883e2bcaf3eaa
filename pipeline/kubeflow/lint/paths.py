"""Paths and URLs that a pod can see."""

import json
import posixpath
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import Node, nodes

STORES = ("s3://", "gs://")
# Where KFP's launcher keeps artifacts.
ROOTS = ("gs://", "s3://", "minio://")
# (node, executor property, whether a URL will do). An empty value is none.
_PATHS = (
    ("DrawingExampleGen", "data_dir", True),
    ("DrawingExampleGen", "quarantine_dir", False),
    ("ImportSchemaGen", "schema_file", False),
    ("DataGate", "registry", False),
    ("Baseline", "registry", True),
    ("Pusher", "registry", True),
)
_NEEDED = ("data_dir", "registry")
_TRAINER_PATHS = ("state_dir", "training_dir", "warm_start")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses paths of this machine: a pod writes there, succeeds, and what it wrote is gone with the pod.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    for node in nodes(documents):
        for node_id, name, url_will_do in _PATHS:
            if node_id == node.id and name in node.parameters:
                sentence = why_unseen(str(node.value(name) or ""), mounts_of(node), url_will_do)
                if not node.value(name) and url_will_do:
                    sentence = "it is empty; name a folder."
                if sentence:
                    yield Finding(node.id, f"inputs.parameters.{name}", sentence)
        if node.id == "Trainer":
            yield from _check_trainer(node)


def mounts_of(node: Node) -> list[str]:
    """Lists the folders of a node that outlive its pod."""
    return [claim.get("mountPath", "") for claim in node.pod.get("pvcMount", [])]


def why_unseen(path: str, mounts: list[str], url_will_do: bool) -> str:
    """Finds out why a pod cannot see a place, or no other pod what it leaves there.

    Args:
        path: a path or a URL; "" for none.
        mounts: folders of claims.
        url_will_do: whether the node knows object stores here.

    Returns:
        A sentence; "" if it can be seen.
    """
    if not path:
        return ""
    if "://" in path:
        if not url_will_do:
            return f"'{path}' must be a folder on a mounted claim; the node knows no object store here."
        if path.startswith(STORES):
            return "" if path.partition("://")[2].strip("/") else f"'{path}' names no bucket."
        return f"'{path}' is of no store that the nodes know; write {' or '.join(STORES)} or a mounted folder."
    normal = posixpath.normpath(path)
    if any(
        normal == posixpath.normpath(mount) or normal.startswith(posixpath.normpath(mount) + "/") for mount in mounts
    ):
        return ""
    seen = f"under {', '.join(mounts)}" if mounts else "as none is mounted"
    kinds = f"a folder on a mounted claim{f' or a URL ({STORES[0]}, {STORES[1]})' if url_will_do else ''}"
    return f"no pod sees '{path}', {seen if not mounts else 'which is not ' + seen}; name {kinds}."


def check_pipeline_root(root: str) -> str:
    """Finds out why KFP could not keep artifacts somewhere.

    Args:
        root: of a run; "" for the cluster's default.

    Returns:
        A sentence; "" for one that will do.
    """
    if not root or (root.startswith(ROOTS) and root.partition("://")[2].strip("/")):
        return ""
    return f"the pipeline root '{root}' must be {', '.join(ROOTS)} and a bucket; KFP writes nowhere else."


def _check_trainer(node: Node) -> Iterator[Finding]:
    text = node.value("custom_config")
    settings = json.loads(text) if isinstance(text, str) else {}
    for name in _TRAINER_PATHS:
        if sentence := why_unseen(settings.get(name, ""), mounts_of(node), url_will_do=False):
            yield Finding(node.id, f"inputs.parameters.custom_config.{name}", sentence)
