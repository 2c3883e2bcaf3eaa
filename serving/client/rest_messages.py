"""Predict's request and answer as JSON, in TensorFlow Serving's column format."""

import base64
import json

import numpy as np

from components.errors import QuickdrawError
from serving.client.batches import Batch
from serving.client.guesses import Guess, guesses_by_drawing


def predict_body(batch: Batch) -> bytes:
    """Returns the body of a request; REST has no output filter, so the probabilities of all words are answered too."""
    return json.dumps({"inputs": {"drawing": [_as_json(text) for text in batch]}}).encode()


def read_answer(body: bytes, drawings: int) -> list[list[Guess]]:
    """Returns the guesses of a successful answer, one list a drawing.

    Raises:
        QuickdrawError: It is no answer of TensorFlow Serving, or not of such a model.
    """
    try:
        outputs = json.loads(body)["outputs"]
        words = [word for row in outputs["words"] for word in row]
        # The float32 that was served, and not the shortest decimal that stands for it: both protocols answer the same.
        scores = np.array(outputs["scores"], np.float32).ravel().tolist()
    except (ValueError, KeyError, TypeError) as error:
        raise QuickdrawError(
            "The answer holds no words and scores: this is no server of a model that `quickdraw run` pushed."
        ) from error
    return guesses_by_drawing(words, scores, drawings)


def error_text(body: bytes, status: int) -> str:
    """Returns the reason in the body of a refusal, or its status where it was not TensorFlow Serving that refused."""
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP status {status}"


def _as_json(text: bytes) -> str | dict[str, str]:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return {"b64": base64.b64encode(text).decode("ascii")}
