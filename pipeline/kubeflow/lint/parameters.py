"""Parameters: a default for each, the right type, and constants only."""

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.kubeflow.documents import Documents, Json
from pipeline.kubeflow.lint.finding import PIPELINE, Finding
from pipeline.kubeflow.lint.nodes import Node, nodes


def _is_number(value: Any) -> bool:  # noqa: ANN401 - JSON values
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "STRING": lambda value: isinstance(value, str),
    "NUMBER_INTEGER": lambda value: _is_number(value) and float(value).is_integer(),
    "NUMBER_DOUBLE": _is_number,
    "BOOLEAN": lambda value: isinstance(value, bool),
    "LIST": lambda value: isinstance(value, list),
    "STRUCT": lambda value: isinstance(value, dict),
}
# How TFX writes a RuntimeParameter that stands inside of something else.
_NESTED = ("RuntimeParameter", "tfx.orchestration.data_types")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses what fails when the run is made, or reaches a node as something else than was meant.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    inputs = documents.spec.get("root", {}).get("inputDefinitions", {})
    for name, definition in inputs.get("parameters", {}).items():
        field = f"root.inputDefinitions.parameters.{name}"
        if "defaultValue" not in definition:
            yield Finding(
                PIPELINE,
                field,
                "it has no default, so a run that does not name it is refused; TFX's compiler drops it.",
            )
        else:
            yield from _check_type(PIPELINE, f"{field}.defaultValue", definition, definition["defaultValue"])
    for node in nodes(documents):
        yield from _check_node(node)


def _check_node(node: Node) -> Iterator[Finding]:
    wanted = node.component.get("inputDefinitions", {}).get("parameters", {})
    for name, definition in wanted.items():
        if name not in node.parameters and "defaultValue" not in definition and not definition.get("isOptional"):
            yield Finding(
                node.id, f"inputs.parameters.{name}", "the component needs it, and the task does not give it."
            )
    for name, source in node.parameters.items():
        field = f"inputs.parameters.{name}"
        if name not in wanted:
            yield Finding(node.id, field, "the component has no such parameter.")
        elif "componentInputParameter" in source:
            yield from _check_reference(node, field, source["componentInputParameter"], wanted[name])
        elif "runtimeValue" in source:
            yield from _check_constant(node, field, source["runtimeValue"], wanted[name])


def _check_reference(node: Node, field: str, parameter: str, wanted: Json) -> Iterator[Finding]:
    given = node.inputs.get("parameters", {}).get(parameter)
    if given is None:
        yield Finding(node.id, field, f"the pipeline has no parameter '{parameter}'.")
    elif given.get("parameterType") != wanted.get("parameterType"):
        yield Finding(
            node.id,
            field,
            f"it is {wanted.get('parameterType')}, the pipeline's '{parameter}' {given.get('parameterType')}.",
        )


def _check_constant(node: Node, field: str, value: Json, wanted: Json) -> Iterator[Finding]:
    if "constant" not in value:
        yield Finding(node.id, field, f"KFP takes constants only here, no {', '.join(value) or 'empty value'}.")
        return
    constant = value["constant"]
    yield from _check_type(node.id, field, wanted, constant)
    if isinstance(constant, str) and all(part in constant for part in _NESTED):
        yield Finding(
            node.id,
            field,
            "there is a RuntimeParameter inside of it, which nobody resolves; make it a property of its own.",
        )


def _check_type(node: str, field: str, definition: Json, value: Any) -> Iterator[Finding]:  # noqa: ANN401 - JSON values
    kind = definition.get("parameterType")
    if kind not in _TYPES:
        yield Finding(node, field, f"KFP knows no parameter of the type {kind}.")
    elif not _TYPES[kind](value):
        yield Finding(node, field, f"{value!r} is no {kind}.")
