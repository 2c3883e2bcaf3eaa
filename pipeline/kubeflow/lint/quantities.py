"""Kubernetes' quantities, which KFP passes on as text until a driver dies of them."""

import decimal
import re
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import Node, nodes

_QUANTITY = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(m|k|[MGTPE]|[KMGTPE]i|[eE]-?\d+)?", re.ASCII)
_SCALES = {
    "m": decimal.Decimal("0.001"),
    **{suffix: decimal.Decimal(1000) ** power for power, suffix in enumerate(("", "k", "M", "G", "T", "P", "E"))},
    **{suffix: decimal.Decimal(1024) ** power for power, suffix in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)},
}
_CORES, _BYTES = ("Cpu", "500m or 2"), ("Memory", "512Mi or 4Gi")
# A name that a device plugin registers, such as nvidia.com/gpu.
_RESOURCE = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", re.ASCII)
_SIZES = ((("enabledSharedMemory",), "size"), (("emptyDirMounts",), "sizeLimit"), (("genericEphemeralVolume",), "size"))
# 4 GiB written without a unit is more than enough bytes; 4096 of them are none.
_LEAST_BYTES = 1024**2


def parse_quantity(text: str) -> decimal.Decimal | None:
    """Reads a quantity.

    Args:
        text: such as "500m" or "4Gi".

    Returns:
        The number; None if Kubernetes would not take it.
    """
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    number, suffix = decimal.Decimal(match[1]), match[2] or ""
    return number * _SCALES[suffix] if suffix in _SCALES else number.scaleb(int(suffix[1:]))


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses quantities that are none, and containers without any.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    for node in nodes(documents):
        if "container" not in node.executor:
            continue
        if not node.container.get("resources"):
            yield Finding(node.id, "container.resources", "there are none; TFX's compiler drops them for some nodes.")
            continue
        for kind, example in (_CORES, _BYTES):
            yield from _check_pair(node, kind, example)
        yield from _check_accelerator(node)
        yield from _check_volumes(node)


def _check_pair(node: Node, kind: str, example: str) -> Iterator[Finding]:
    amounts = {}
    for bound in ("Request", "Limit"):
        field, text = f"resource{kind}{bound}", node.container["resources"].get(f"resource{kind}{bound}")
        if text is None or "{{" in text:
            continue
        amount = parse_quantity(text)
        if not amount:
            yield Finding(node.id, f"container.resources.{field}", f"'{text}' is no quantity; write {example}.")
        elif kind == "Memory" and amount < _LEAST_BYTES:
            yield Finding(node.id, f"container.resources.{field}", f"'{text}' are bytes; write {example}.")
        else:
            amounts[bound] = amount
    if len(amounts) == 2 and amounts["Request"] > amounts["Limit"]:
        yield Finding(node.id, f"container.resources.resource{kind}Request", "it is more than the limit.")


def _check_accelerator(node: Node) -> Iterator[Finding]:
    accelerator = node.container["resources"].get("accelerator")
    if accelerator is None:
        return
    field = "container.resources.accelerator"
    kind = accelerator.get("resourceType") or accelerator.get("type", "")
    count = str(accelerator.get("resourceCount") or accelerator.get("count", ""))
    if not _RESOURCE.fullmatch(kind):
        yield Finding(
            node.id,
            field,
            f"'{kind}' is no resource; KFP uses the type as its name, so write for example nvidia.com/gpu.",
        )
    if not (count.isascii() and count.isdigit()) or not int(count):
        yield Finding(node.id, field, f"'{count}' is no number of devices.")


def _check_volumes(node: Node) -> Iterator[Finding]:
    for (name,), key in _SIZES:
        value = node.pod.get(name, [])
        for volume in [value] if isinstance(value, dict) else value:
            text = volume.get(key, "")
            if text and not parse_quantity(text):
                yield Finding(node.id, f"platform.{name}.{key}", f"'{text}' is no quantity; write {_BYTES[1]}.")
