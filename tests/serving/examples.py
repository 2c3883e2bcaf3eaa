"""Requests that carry `tf.Example`s."""

from tensorflow.core.example.example_pb2 import Example
from tensorflow_serving.apis.input_pb2 import Input

from tests.serving.tiny_model import DRAWING


def drawing_example(drawing=DRAWING):
    """An example of a drawing, for the signature `classify` of the tiny model."""
    example = Example()
    example.features.feature["drawing"].bytes_list.value.append(drawing.encode())
    return example


def ink_example(ink):
    """An example of a number, for the signature `regress`, which multiplies it by the model's version."""
    example = Example()
    example.features.feature["ink"].float_list.value.append(ink)
    return example


def input_of(*examples, context=None):
    """An `Input` of examples, with a context if there is one."""
    message = Input()
    if context is None:
        message.example_list.examples.extend(examples)
    else:
        message.example_list_with_context.examples.extend(examples)
        message.example_list_with_context.context.CopyFrom(context)
    return message
