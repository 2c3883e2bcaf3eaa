import numpy as np
import pytest
from tensorflow.core.protobuf.meta_graph_pb2 import SignatureDef
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest

from serving.server.errors import ServingError
from serving.server.methods.classify_method import (
    classification_outputs,
    classification_result,
    read_classification_request,
)
from serving.server.models.loaded_model import load_model
from serving.server.models.signature import Signature
from serving.server.models.versions import Version
from tests.serving.examples import drawing_example, ink_example, input_of

LABELS = np.array([[b"ant", b"bee"], [b"cat", b"\xff"]], object)
SCORES = np.array([[0.5, 0.25], [1, 0]], np.float32)


@pytest.fixture(scope="module")
def model(exported_models):
    return load_model(Version(1, exported_models[1]))


def signature(inputs, outputs):
    definition = SignatureDef()
    for alias in inputs:
        definition.inputs[alias].name = f"{alias}:0"
    for alias in outputs:
        definition.outputs[alias].name = f"{alias}:0"
    return Signature(definition, dict)


def test_names_the_classes_of_every_example(model):
    request = ClassificationRequest(input=input_of(drawing_example(), drawing_example("bad"), ink_example(1.0)))
    request.model_spec.name = "quickdraw"
    request.model_spec.signature_name = "classify"
    response = read_classification_request(model, request).answer()
    assert [[each.label for each in row.classes] for row in response.result.classifications] == [
        ["ant", "alarm_clock", "angel"],
        [""] * 3,
        [""] * 3,
    ]
    assert [each.score for each in response.result.classifications[0].classes] == pytest.approx([1.0, 0.2, 0.1])
    spec = response.model_spec
    assert (spec.name, spec.version.value, spec.signature_name) == ("quickdraw", 1, "classify")


def test_the_first_failing_check_wins(model):
    request = ClassificationRequest()

    def refusal(signature_name):
        request.model_spec.signature_name = signature_name
        with pytest.raises(ServingError) as caught:
            read_classification_request(model, request).answer()
        return str(caught.value)

    assert refusal("x") == "INVALID_ARGUMENT: No signature was found with the name: x"
    assert refusal("add") == "INVALID_ARGUMENT: Expected one input Tensor."
    assert refusal("") == "INVALID_ARGUMENT: Expected one or two output Tensors, found 3"
    assert refusal("classify") == "INVALID_ARGUMENT: Input is empty."


@pytest.mark.parametrize("outputs", [["classes"], ["scores"], ["classes", "scores"]])
def test_signatures_that_classify(outputs):
    assert classification_outputs(signature(["inputs"], outputs)) == outputs


@pytest.mark.parametrize(
    ("inputs", "outputs", "text"),
    [
        ([], ["scores"], "Expected one input Tensor."),
        (["inputs", "b"], ["scores"], "Expected one input Tensor."),
        (["inputs"], [], "Expected one or two output Tensors, found 0"),
        (["x"], ["scores"], 'No classification inputs found in SignatureDef: inputs {\n  key: "x"'),
        (["inputs"], ["x"], 'Expected classification signature outputs to contain at least one of "classes" or '),
    ],
)
def test_signatures_that_do_not(inputs, outputs, text):
    with pytest.raises(ServingError) as caught:
        classification_outputs(signature(inputs, outputs))
    assert str(caught.value).startswith(f"INVALID_ARGUMENT: {text}")


def test_labels_without_scores_and_scores_without_labels():
    def pairs(**arrays):
        result = classification_result(arrays, 2)
        return [[(each.label, each.score) for each in row.classes] for row in result.classifications]

    assert pairs(classes=LABELS, scores=SCORES) == [[("ant", 0.5), ("bee", 0.25)], [("cat", 1), ("\ufffd", 0)]]
    assert pairs(classes=LABELS)[0] == [("ant", 0), ("bee", 0)]
    assert pairs(scores=SCORES)[0] == [("", 0.5), ("", 0.25)]


@pytest.mark.parametrize(
    ("arrays", "text"),
    [
        ({"scores": SCORES[0]}, "Expected Tensor shape: [batch_size num_classes] but got [2]"),
        ({"classes": SCORES}, "Expected classes Tensor of DT_STRING. Got: DT_FLOAT"),
        ({"scores": SCORES.astype(np.float64)}, "Expected scores Tensor of DT_FLOAT. Got: DT_DOUBLE"),
        ({"scores": SCORES[:1]}, "Expected scores output batch size of 2. Got: 1"),
        ({"classes": LABELS, "scores": SCORES[:, :1]}, "Tensors class and score should match in dim_size(1). Got 2 vs"),
    ],
    ids=lambda value: "",
)
def test_outputs_that_are_no_classification(arrays, text):
    with pytest.raises(ServingError) as caught:
        classification_result(arrays, 2)
    assert str(caught.value).startswith(f"INVALID_ARGUMENT: {text}")
