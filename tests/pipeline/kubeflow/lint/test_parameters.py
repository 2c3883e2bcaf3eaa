import json
from typing import Any

import pytest
from tfx import v1 as tfx
from tfx.utils import json_utils

from pipeline.kubeflow.lint import parameters
from tests.pipeline.kubeflow.edited import GONE, INPUTS, TRAINER, findings

GIVEN = (*TRAINER, "inputs", "parameters")


def constant(value: Any) -> dict[str, Any]:
    return {"runtimeValue": {"constant": value}}


def test_every_parameter_of_a_run_has_a_default() -> None:
    (found,) = findings(parameters.check, ((*INPUTS, "epochs", "defaultValue"), GONE))
    assert found.startswith("pipeline: root.inputDefinitions.parameters.epochs: it has no default")


@pytest.mark.parametrize("value", [7, 7.0, 0, -1])
def test_whole_numbers(value: float) -> None:
    assert findings(parameters.check, ((*INPUTS, "epochs", "defaultValue"), value)) == []


@pytest.mark.parametrize("value", [7.5, "7", True, [7]])
def test_what_is_no_whole_number(value: Any) -> None:
    assert findings(parameters.check, ((*INPUTS, "epochs", "defaultValue"), value)) == [
        f"pipeline: root.inputDefinitions.parameters.epochs.defaultValue: {value!r} is no NUMBER_INTEGER."
    ]


def test_a_constant_of_another_type() -> None:
    assert findings(parameters.check, ((*GIVEN, "run_fn"), constant(3))) == [
        "Trainer: inputs.parameters.run_fn: 3 is no STRING."
    ]


def test_a_parameter_of_another_type() -> None:
    assert findings(parameters.check, ((*GIVEN, "epochs"), {"componentInputParameter": "words"})) == [
        "Trainer: inputs.parameters.epochs: it is NUMBER_INTEGER, the pipeline's 'words' STRING."
    ]


def test_a_parameter_that_is_not_there() -> None:
    assert findings(parameters.check, ((*GIVEN, "epochs"), {"componentInputParameter": "rounds"})) == [
        "Trainer: inputs.parameters.epochs: the pipeline has no parameter 'rounds'."
    ]


def test_a_value_that_nobody_gives_or_takes() -> None:
    assert findings(parameters.check, ((*GIVEN, "epochs"), GONE)) == [
        "Trainer: inputs.parameters.epochs: the component needs it, and the task does not give it."
    ]
    assert findings(parameters.check, ((*GIVEN, "rounds"), constant(3))) == [
        "Trainer: inputs.parameters.rounds: the component has no such parameter."
    ]


def test_a_runtime_parameter_inside_of_a_value() -> None:
    nested = json_utils.dumps({"epochs": tfx.dsl.experimental.RuntimeParameter("epochs", ptype=int)})
    for text in (nested, json.dumps({"config": nested})):
        (found,) = findings(parameters.check, ((*GIVEN, "custom_config"), constant(text)))
        assert found.startswith("Trainer: inputs.parameters.custom_config: there is a RuntimeParameter inside of it")


def test_the_old_way_to_name_a_parameter() -> None:
    old = {"runtimeValue": {"runtimeParameter": "epochs"}}
    assert findings(parameters.check, ((*GIVEN, "epochs"), old)) == [
        "Trainer: inputs.parameters.epochs: KFP takes constants only here, no runtimeParameter."
    ]
