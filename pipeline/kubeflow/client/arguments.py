"""`--param NAME=VALUE` -> the arguments of a run, held against what the pipeline takes."""

import copy
import json
import math
from collections.abc import Mapping, Sequence

from components.errors import UsageError
from pipeline.kubeflow.documents import Documents, Json

Argument = str | int | float | bool


def run_arguments(parameters: Sequence[str], spec: Json) -> dict[str, Argument]:
    """Reads arguments as the API server does, which would refuse a run for a wrong one after everything else.

    Args:
        parameters: each `NAME=VALUE`; the value may hold "=".
        spec: `PipelineSpec` as JSON.

    Returns:
        Name -> value, of the parameter's own type.

    Raises:
        UsageError: a parameter is unknown, given twice or of another type, or one without a default is missing.
    """
    known = spec["root"].get("inputDefinitions", {}).get("parameters", {})
    given: dict[str, Argument] = {}
    for parameter in parameters:
        name, separator, value = parameter.partition("=")
        if not separator:
            raise UsageError(f"--param {parameter}: write it as NAME=VALUE.")
        if name not in known:
            raise UsageError(f"--param {name}: the pipeline has {_list(known)}.")
        if name in given:
            raise UsageError(f"--param {name} is given twice.")
        given[name] = _read(name, value, known[name]["parameterType"])
    missing = [name for name, definition in known.items() if name not in given and not _may_be_missing(definition)]
    if missing:
        raise UsageError(f"the pipeline needs --param {missing[0]}=...: it has no default.")
    return given


def with_arguments(documents: Documents, arguments: Mapping[str, Argument]) -> Documents:
    """Makes the pipeline that a run with these arguments is, for a lint of the run.

    Args:
        documents: a compiled pipeline.
        arguments: of `run_arguments`.

    Returns:
        A copy with the arguments for defaults.
    """
    spec = copy.deepcopy(documents.spec)
    for name, value in arguments.items():
        spec["root"]["inputDefinitions"]["parameters"][name]["defaultValue"] = value
    return Documents(spec, documents.platform)


def _may_be_missing(definition: Json) -> bool:
    return "defaultValue" in definition or definition.get("isOptional", False)


def _read(name: str, value: str, kind: str) -> Argument:
    if kind == "STRING":
        return value
    wanted = {"NUMBER_INTEGER": "a whole number", "NUMBER_DOUBLE": "a number", "BOOLEAN": "true or false"}
    if kind not in wanted:
        raise UsageError(f"--param {name}: a value of type {kind} cannot be given here.")
    try:
        read = json.loads(value)
    except ValueError:
        read = None
    if not _fits(read, kind):
        raise UsageError(f"--param {name}={value}: it needs {wanted[kind]}.")
    return read


def _fits(value: object, kind: str) -> bool:
    if kind == "BOOLEAN" or isinstance(value, bool):
        return kind == "BOOLEAN" and isinstance(value, bool)
    if kind == "NUMBER_INTEGER":
        return isinstance(value, int)
    # json reads NaN and Infinity, which JSON has not got.
    return isinstance(value, int | float) and math.isfinite(value)


def _list(known: Json) -> str:
    return f"the parameters {', '.join(sorted(known))}" if known else "no parameters"
