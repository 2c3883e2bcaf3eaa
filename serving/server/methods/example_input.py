"""The `Input` of Classify, Regress and MultiInference: `tf.Example`s, with or without a context they share."""

import numpy as np
from tensorflow_serving.apis import input_pb2

from serving.server.errors import invalid_argument
from serving.server.models.tensor_codec import STRING_DTYPE

# The only input of a signature that reads examples, as TensorFlow Serving knows it.
INPUTS = "inputs"


def serialized_examples(message: input_pb2.Input) -> np.ndarray:
    """Returns what the model reads: object array `[N]` of serialized `tf.Example`s.

    A context goes in front of every example, which is how protobuf merges two messages: features of the example win
    (util.cc:181-202).

    Raises:
        ServingError: INVALID_ARGUMENT, for no examples (util.cc:163-166).
    """
    if message.WhichOneof("kind") == "example_list_with_context":
        context = message.example_list_with_context.context.SerializeToString()
        examples = message.example_list_with_context.examples
    else:
        context = b""
        examples = message.example_list.examples
    if not examples:
        raise invalid_argument("Input is empty.")
    array = np.empty(len(examples), STRING_DTYPE)
    array[:] = [context + example.SerializeToString() for example in examples]
    return array
