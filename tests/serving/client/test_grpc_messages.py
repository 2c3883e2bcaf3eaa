import numpy as np
import pytest
from google.protobuf import text_format
from tensorflow_serving.apis import predict_pb2

from components.errors import QuickdrawError
from serving.client.grpc_messages import predict_request, read_answer
from serving.client.guesses import Guess


def answer(words, scores):
    text = f'outputs {{ key: "words" value {{ {words} }} }} outputs {{ key: "scores" value {{ {scores} }} }}'
    return text_format.Parse(text, predict_pb2.PredictResponse())


def test_the_request():
    expected = """
        model_spec { name: "quickdraw" }
        inputs {
          key: "drawing"
          value { dtype: DT_STRING tensor_shape { dim { size: 2 } } string_val: "[]" string_val: "\\377" }
        }
        output_filter: "words"
        output_filter: "scores"
    """
    assert predict_request("quickdraw", [b"[]", b"\xff"]) == text_format.Parse(expected, predict_pb2.PredictRequest())


def test_an_answer_in_typed_fields():
    response = answer('string_val: ["ant", "bee", "cat", "é"]'.encode().decode(), "float_val: [0.75, 0.25, 1.0, 0.0]")
    assert read_answer(response, 2) == [[Guess("ant", 0.75), Guess("bee", 0.25)], [Guess("cat", 1.0), Guess("é", 0.0)]]


def test_an_answer_with_scores_as_tensor_content():
    response = answer('string_val: ["ant", "bee"]', "")
    response.outputs["scores"].tensor_content = np.array([0.75, 0.25], "<f4").tobytes()
    assert read_answer(response, 2) == [[Guess("ant", 0.75)], [Guess("bee", 0.25)]]


@pytest.mark.parametrize(
    ("words", "scores"),
    [
        ("", ""),
        ('string_val: ["ant"]', "float_val: [1, 0]"),
        ('string_val: ["ant", "bee", "cat"]', "float_val: [1, 0, 0]"),
    ],
)
def test_an_answer_of_another_model(words, scores):
    with pytest.raises(QuickdrawError, match="scores for 2 drawings: it is not one that `quickdraw run` pushed"):
        read_answer(answer(words, scores), 2)
