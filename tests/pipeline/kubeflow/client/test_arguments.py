import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.errors import UsageError
from pipeline.kubeflow.client.arguments import run_arguments, with_arguments
from tests.pipeline.kubeflow.client.small_pipeline import DOCUMENTS, SPEC


def read(*parameters):
    return run_arguments(["data=s3://doodles", *parameters], SPEC)


def refusal(*parameters):
    with pytest.raises(UsageError) as caught:
        run_arguments(parameters, SPEC)
    return str(caught.value)


def test_each_has_the_type_of_its_parameter():
    values = read("epochs=3", "rate=2", "fast=true")
    assert values == {"data": "s3://doodles", "epochs": 3, "rate": 2, "fast": True}
    assert type(values["epochs"]) is int


@given(st.text())
def test_any_text_is_a_string(text):
    assert run_arguments([f"data={text}"], SPEC) == {"data": text}


@pytest.mark.parametrize("value", ["3.5", "three", "", "true", "1e3", '"3"', "NaN"])
def test_what_is_no_whole_number(value):
    assert refusal(f"epochs={value}") == f"--param epochs={value}: it needs a whole number."


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "half", "false"])
def test_what_is_no_number(value):
    assert refusal(f"rate={value}") == f"--param rate={value}: it needs a number."


@pytest.mark.parametrize("value", ["1", "True", "yes"])
def test_what_is_neither_true_nor_false(value):
    assert refusal(f"fast={value}") == f"--param fast={value}: it needs true or false."


def test_structures_cannot_be_given():
    assert refusal("notes={}") == "--param notes: a value of type STRUCT cannot be given here."


def test_an_unknown_parameter_names_the_known():
    assert refusal("epoch=3") == "--param epoch: the pipeline has the parameters data, epochs, fast, notes, rate."


def test_a_pipeline_without_parameters():
    with pytest.raises(UsageError, match="the pipeline has no parameters"):
        run_arguments(["epochs=3"], {"root": {"dag": {}}})


def test_given_twice():
    assert refusal("data=a", "data=b") == "--param data is given twice."


def test_no_value():
    assert refusal("data") == "--param data: write it as NAME=VALUE."


def test_one_without_a_default_is_needed():
    parameters = {
        "data": {"parameterType": "STRING"},
        "epochs": {"parameterType": "NUMBER_INTEGER", "isOptional": True},
    }
    with pytest.raises(UsageError, match=r"the pipeline needs --param data=\.\.\.: it has no default\."):
        run_arguments(["epochs=3"], {"root": {"inputDefinitions": {"parameters": parameters}}})


def test_the_pipeline_of_one_run_has_its_arguments_for_defaults():
    documents = with_arguments(DOCUMENTS, {"epochs": 3})
    parameters = documents.spec["root"]["inputDefinitions"]["parameters"]
    assert (parameters["epochs"]["defaultValue"], parameters["rate"]["defaultValue"]) == (3, 0.5)
    assert SPEC["root"]["inputDefinitions"]["parameters"]["epochs"]["defaultValue"] == 12.0
    assert documents.platform == DOCUMENTS.platform
