"""Containers: the image, the command and its arguments, the environment."""

import json
import re
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import Node, nodes

_IMAGE = re.compile(
    r"(?P<name>[a-z0-9][\w./:-]*?)(?::(?P<tag>\w[\w.-]{0,127}))?(?P<digest>@sha256:[0-9a-f]{64})?", re.ASCII
)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STOCK = "tfx.orchestration.kubeflow.v2.container.kubeflow_v2_run_executor"
_EXECUTOR_INPUT = "{{$}}"
# Linux gives one argument no more.
_LONGEST_ARGUMENT = 128 * 1024


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses containers that KFP takes and that then run other code than was meant, or none.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    seen: dict[str, str] = {}
    for node in nodes(documents):
        if "container" not in node.executor:
            continue
        yield from _check_image(node)
        yield from _check_command(node)
        yield from _check_environment(node)
        text = json.dumps(node.container, sort_keys=True)
        if text in seen:
            yield Finding(
                node.id, "container", f"it is that of {seen[text]} to the letter, and KFP would run one for both."
            )
        seen.setdefault(text, node.id)


def check_image(image: str) -> str:
    """Finds out why an image may be another tomorrow.

    Args:
        image: as a container names it.

    Returns:
        A sentence; "" for an image that is named by its content.
    """
    match = _IMAGE.fullmatch(image)
    if not image or match is None:
        return f"'{image}' is no image; name it REPOSITORY/NAME:TAG@sha256:DIGEST."
    if match["digest"]:
        return ""
    tag = match["tag"] or "latest"
    return (
        f"'{image}' has the tag {tag} and no digest; KFP compares images as text, so a result of the image that had "
        "the tag before would come from the cache. Add @sha256:DIGEST."
    )


def _check_image(node: Node) -> Iterator[Finding]:
    if sentence := check_image(node.container.get("image", "")):
        yield Finding(node.id, "container.image", sentence)


def _check_command(node: Node) -> Iterator[Finding]:
    command, arguments = node.container.get("command", []), node.container.get("args", [])
    if not command:
        yield Finding(node.id, "container.command", "there is none, and KFP does not look into the image for one.")
    if _STOCK in command:
        yield Finding(node.id, "container.command", "TFX's own entrypoint fails on every KFP v2, see docs/kubeflow.md.")
    if _EXECUTOR_INPUT not in arguments:
        yield Finding(
            node.id, "container.args", f"there is no {_EXECUTOR_INPUT}, so the node would not know its inputs."
        )
    for argument in arguments:
        if len(argument.encode()) >= _LONGEST_ARGUMENT:
            yield Finding(node.id, "container.args", f"one has {len(argument.encode())} bytes; Linux takes 131,071.")
    if "lifecycle" in node.container:
        yield Finding(node.id, "container.lifecycle", "KFP never calls it, so what it should do would not be done.")
    for name in ("module_file", "module_path"):
        if node.value(name):
            yield Finding(
                node.id,
                f"inputs.parameters.{name}",
                "the pod would install a wheel from this machine; use a dotted name.",
            )


def _check_environment(node: Node) -> Iterator[Finding]:
    names = [variable.get("name", "") for variable in node.container.get("env", [])]
    for name in names:
        if not _VARIABLE.fullmatch(name):
            yield Finding(node.id, "container.env", f"'{name}' is no name of an environment variable.")
        if names.count(name) > 1:
            yield Finding(node.id, "container.env", f"'{name}' is there {names.count(name)} times.")
