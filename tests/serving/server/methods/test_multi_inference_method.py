from concurrent.futures import Future, ThreadPoolExecutor

import grpc
import pytest
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest

from serving.server.errors import ServingError
from serving.server.methods.multi_inference_method import model_spec_of, read_multi_inference_request
from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version
from serving.server.session import DirectSession
from tests.serving.examples import drawing_example, ink_example, input_of

EXAMPLES = (drawing_example(), ink_example(4.0))
CLASSIFY, REGRESS = "tensorflow/serving/classify", "tensorflow/serving/regress"


@pytest.fixture(scope="module")
def model(exported_models):
    return load_model(Version(1, exported_models[1]))


def request(*tasks, examples=EXAMPLES):
    message = MultiInferenceRequest(input=input_of(*examples))
    for name, signature_name, method_name in tasks:
        task = message.tasks.add(method_name=method_name)
        task.model_spec.name = name
        task.model_spec.signature_name = signature_name
    return message


def test_answers_every_task_in_its_order(model):
    both = request(("quickdraw", "regress", REGRESS), ("quickdraw", "classify", CLASSIFY))
    regressed, classified = read_multi_inference_request(model, both).answer().results
    assert [regression.value for regression in regressed.regression_result.regressions] == [0.0, 4.0]
    assert [row.classes[0].label for row in classified.classification_result.classifications] == ["ant", ""]
    assert [result.model_spec.signature_name for result in (regressed, classified)] == ["regress", "classify"]
    assert [result.model_spec.version.value for result in (regressed, classified)] == [1, 1]


@pytest.mark.parametrize(
    ("tasks", "text"),
    [
        ([("", "regress", REGRESS)], "INVALID_ARGUMENT: Found ModelSpec with an empty model name."),
        (
            [("m", "regress", REGRESS), ("n", "classify", CLASSIFY)],
            "INVALID_ARGUMENT: All ModelSpecs in a MultiInferenceRequest must access the same model name.",
        ),
        (
            [("m", "regress", REGRESS), ("m", "regress", REGRESS)],
            "INVALID_ARGUMENT: Duplicate evaluation of signature: regress",
        ),
        ([("m", "x", REGRESS), ("", "", "")], "INVALID_ARGUMENT: Requested signature not found in model graph: x"),
        ([("m", "", "predict")], "UNIMPLEMENTED: Unsupported signature method_name: predict"),
        ([("m", "regress", CLASSIFY)], "INVALID_ARGUMENT: Expected classification signature outputs to contain"),
        ([("m", "classify", REGRESS)], "INVALID_ARGUMENT: Expected one output Tensor."),
    ],
    ids=lambda value: "",
)
def test_one_bad_task_fails_the_request(model, tasks, text):
    with pytest.raises(ServingError) as caught:
        read_multi_inference_request(model, request(*tasks)).answer()
    assert str(caught.value).startswith(text)


def test_no_examples(model):
    with pytest.raises(ServingError, match=r"INVALID_ARGUMENT: Input is empty\."):
        read_multi_inference_request(model, request(("m", "regress", REGRESS), examples=())).answer()


class RefusingSession:
    """Takes one request, and never runs it."""

    def __init__(self):
        self.taken = []

    def submit(self, signature, inputs, output_aliases):
        if self.taken:
            raise ServingError(grpc.StatusCode.UNAVAILABLE, "full")
        self.taken.append(Future())
        return self.taken[0]


def test_where_one_task_finds_no_room_none_is_run(model):
    call = read_multi_inference_request(model, request(("m", "regress", REGRESS), ("m", "classify", CLASSIFY)))
    session = RefusingSession()
    with pytest.raises(ServingError, match="full"):
        call.submit(session)
    assert session.taken[0].cancelled()


def test_tasks_are_joined_in_their_order(model):
    call = read_multi_inference_request(model, request(("m", "regress", REGRESS), ("m", "classify", CLASSIFY)))
    with ThreadPoolExecutor(2) as threads:
        outputs = call.submit(DirectSession(threads)).result(20)
    assert call.respond(outputs) == call.answer()


def test_the_first_task_chooses_the_version():
    message = request(("m", "a", REGRESS), ("m", "b", REGRESS))
    message.tasks[0].model_spec.version.value = 7
    message.tasks[1].model_spec.version.value = 8
    assert model_spec_of(message).version.value == 7
    assert model_spec_of(MultiInferenceRequest()).name == ""
