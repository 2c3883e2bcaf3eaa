"""Predict's request and answer as messages, for the sync and the asyncio client alike."""

from collections.abc import Sequence

import numpy as np

from serving.client.batches import Batch
from serving.client.guesses import Guess, guesses_by_drawing
from serving.client.protos import predict_pb2, types_pb2


def predict_request(model_name: str, batch: Batch) -> predict_pb2.PredictRequest:
    """Returns a request for the words and scores of drawings, and not for the probabilities of all words."""
    request = predict_pb2.PredictRequest(output_filter=["words", "scores"])
    request.model_spec.name = model_name
    tensor = request.inputs["drawing"]
    tensor.dtype = types_pb2.DT_STRING
    tensor.tensor_shape.dim.add(size=len(batch))
    tensor.string_val.extend(batch)
    return request


def read_answer(response: predict_pb2.PredictResponse, drawings: int) -> list[list[Guess]]:
    """Returns the guesses of an answer, one list a drawing.

    Raises:
        QuickdrawError: The answer does not hold as many words and scores for each drawing.
    """
    words = [word.decode("utf-8", "replace") for word in response.outputs["words"].string_val]
    return guesses_by_drawing(words, _floats(response), drawings)


def _floats(response: predict_pb2.PredictResponse) -> Sequence[float]:
    scores = response.outputs["scores"]
    # TensorFlow Serving from 2.19 on has --enable_serialization_as_tensor_content.
    return np.frombuffer(scores.tensor_content, "<f4").tolist() if scores.tensor_content else scores.float_val
