import copy
from typing import Any

import pytest

from pipeline.kubeflow.parameters import RUN_PARAMETERS, expose_run_parameters

KINDS = {
    "data_dir": ("STRING", "s3://b/csv"),
    "data_fingerprint": ("STRING", ""),
    "words": ("STRING", ""),
    "num_words": ("NUMBER_INTEGER", 0.0),
    "per_word": ("NUMBER_INTEGER", 500.0),
    "max_bad_fraction": ("NUMBER_DOUBLE", 0.01),
    "epochs": ("NUMBER_INTEGER", 7.0),
    "thresholds": ("STRING", "{}"),
    "registry": ("STRING", "s3://b/models"),
}


@pytest.fixture
def spec() -> dict[str, Any]:
    """As TFX compiles it, as far as it matters here."""
    properties: dict[str, list[str]] = {}
    for node, name in (each for parameter in RUN_PARAMETERS for each in parameter.properties):
        properties.setdefault(node, []).append(name)
    constants = {
        node: {name: {"runtimeValue": {"constant": KINDS[name][1]}} for name in names}
        for node, names in properties.items()
    }
    return {
        "components": {
            node: {"inputDefinitions": {"parameters": {name: {"parameterType": KINDS[name][0]} for name in names}}}
            for node, names in properties.items()
        },
        "root": {
            "dag": {
                "tasks": {
                    node: {"componentRef": {"name": node}, "inputs": {"parameters": {**constants[node], "other": {}}}}
                    for node in properties
                }
            }
        },
    }


def test_every_property_takes_the_runs_value(spec: dict[str, Any]) -> None:
    tasks = expose_run_parameters(spec)["root"]["dag"]["tasks"]
    assert tasks["Trainer"]["inputs"]["parameters"] == {"epochs": {"componentInputParameter": "epochs"}, "other": {}}
    registry = {"componentInputParameter": "registry"}
    assert tasks["Baseline"]["inputs"]["parameters"]["registry"] == registry
    assert tasks["Pusher"]["inputs"]["parameters"]["registry"] == registry
    assert tasks["DrawingExampleGen"]["inputs"]["parameters"]["data_dir"] == {"componentInputParameter": "data"}


def test_what_was_compiled_is_the_default(spec: dict[str, Any]) -> None:
    inputs = expose_run_parameters(spec)["root"]["inputDefinitions"]["parameters"]
    assert inputs["per_word"]["defaultValue"] == 500
    assert isinstance(inputs["per_word"]["defaultValue"], int)
    assert inputs["max_bad_fraction"]["defaultValue"] == 0.01
    assert {name: parameter["parameterType"] for name, parameter in inputs.items()} == {
        parameter.name: KINDS[parameter.properties[0][1]][0] for parameter in RUN_PARAMETERS
    }
    assert all(parameter["isOptional"] and parameter["description"] for parameter in inputs.values())


def test_nothing_is_changed_in_place(spec: dict[str, Any]) -> None:
    before = copy.deepcopy(spec)
    expose_run_parameters(spec)
    assert spec == before


def test_properties_of_one_parameter_have_one_value(spec: dict[str, Any]) -> None:
    spec["root"]["dag"]["tasks"]["Pusher"]["inputs"]["parameters"]["registry"]["runtimeValue"]["constant"] = (
        "s3://other"
    )
    with pytest.raises(AssertionError, match="registry feeds properties of different values"):
        expose_run_parameters(spec)
