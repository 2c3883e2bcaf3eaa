import json

import pytest

from components.errors import QuickdrawError
from serving.client.guesses import Guess
from serving.client.rest_messages import error_text, predict_body, read_answer


def test_the_request():
    assert json.loads(predict_body([b"[]", b"\xff"])) == {"inputs": {"drawing": ["[]", {"b64": "/w=="}]}}


def test_the_answer():
    body = b'{"outputs": {"words": [["ant"], ["bee"]], "scores": [[1.0], [0.5]], "probabilities": [[1.0], [NaN]]}}'
    assert read_answer(body, 2) == [[Guess("ant", 1.0)], [Guess("bee", 0.5)]]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"outputs": 7}', b'{"outputs": {"words": [7]}}'])
def test_what_is_no_answer(body):
    with pytest.raises(QuickdrawError, match="holds no words and scores"):
        read_answer(body, 1)


def test_reasons():
    assert error_text(b'{"error": "Malformed request"}', 400) == "Malformed request"
    assert error_text(b"<html>", 502) == "HTTP status 502"
    assert error_text(b"[7]", 502) == "HTTP status 502"
