"""Run parameters: what a run may choose without a new compile.

Each is one executor property of a node, or the same of several. TFX's `RuntimeParameter` would have to be put into the
configuration, where every other runner would meet it, and loses its default on the way. So the graph is compiled with
plain values, and here each of these properties of the finished graph becomes an input of the pipeline whose default is
the value that was compiled.
"""

import copy
import dataclasses

from pipeline.kubeflow.documents import Json


@dataclasses.dataclass(frozen=True)
class RunParameter:
    """An input of the pipeline.

    Attributes:
        name: as a run names it.
        properties: (node, executor property) that it feeds; they have one type and one value.
        description: shown in the form of a new run.
    """

    name: str
    properties: tuple[tuple[str, str], ...]
    description: str


_INGEST = "DrawingExampleGen"

RUN_PARAMETERS = (
    RunParameter(
        "data", ((_INGEST, "data_dir"),), "Folder of <word>.csv or <word>.ndjson files: s3://, gs:// or a mount."
    ),
    RunParameter("data_version", ((_INGEST, "data_fingerprint"),), "Any text; another text means other data."),
    RunParameter("words", ((_INGEST, "words"),), "Words to learn, separated by commas; empty for all."),
    RunParameter("num_words", ((_INGEST, "num_words"),), "The first so many words alphabetically; 0 for all."),
    RunParameter("per_word", ((_INGEST, "per_word"),), "At most so many drawings a word; 0 for all."),
    RunParameter("max_bad_fraction", ((_INGEST, "max_bad_fraction"),), "Share of malformed rows that stops the run."),
    RunParameter("epochs", (("Trainer", "epochs"),), "Passes over the training drawings, at most."),
    RunParameter("thresholds", (("Evaluator", "thresholds"),), "What a model must reach to be pushed, as JSON."),
    RunParameter(
        "registry",
        (("Baseline", "registry"), ("Pusher", "registry")),
        "Folder of the pushed versions: s3://, gs:// or a mount.",
    ),
)


def expose_run_parameters(spec: Json) -> Json:
    """Makes executor properties inputs of the pipeline.

    Args:
        spec: a compiled pipeline in which each property of `RUN_PARAMETERS` is a constant.

    Returns:
        A copy; what a run does not name is as it was compiled.
    """
    spec = copy.deepcopy(spec)
    inputs = spec["root"].setdefault("inputDefinitions", {}).setdefault("parameters", {})
    for parameter in RUN_PARAMETERS:
        inputs[parameter.name] = _definition(spec, parameter)
        for node, name in parameter.properties:
            spec["root"]["dag"]["tasks"][node]["inputs"]["parameters"][name] = {
                "componentInputParameter": parameter.name
            }
    return spec


def _definition(spec: Json, parameter: RunParameter) -> Json:
    node, name = parameter.properties[0]
    component = spec["components"][spec["root"]["dag"]["tasks"][node]["componentRef"]["name"]]
    kind = component["inputDefinitions"]["parameters"][name]["parameterType"]
    default = _constant(spec, node, name)
    others = {_constant(spec, *each) for each in parameter.properties}
    assert others == {default}, f"{parameter.name} feeds properties of different values: {others}"
    return {
        "parameterType": kind,
        # TFX writes every number as a float.
        "defaultValue": int(default) if kind == "NUMBER_INTEGER" else default,
        "isOptional": True,
        "description": parameter.description,
    }


def _constant(spec: Json, node: str, name: str) -> str | float:
    return spec["root"]["dag"]["tasks"][node]["inputs"]["parameters"][name]["runtimeValue"]["constant"]
