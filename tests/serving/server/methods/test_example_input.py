import pytest
from tensorflow.core.example.example_pb2 import Example
from tensorflow_serving.apis.input_pb2 import Input

from serving.server.errors import ServingError
from serving.server.methods.example_input import serialized_examples
from tests.serving.examples import drawing_example, ink_example, input_of


def test_examples_are_serialized_in_their_order():
    examples = [drawing_example("a"), drawing_example("b")]
    array = serialized_examples(input_of(*examples))
    assert array.shape == (2,)
    assert [Example.FromString(text) for text in array] == examples


def test_a_context_is_merged_into_every_example():
    array = serialized_examples(input_of(drawing_example(), ink_example(2.0), context=ink_example(1.0)))
    first, second = (Example.FromString(text).features.feature for text in array)
    assert (sorted(first), first["ink"].float_list.value[:]) == (["drawing", "ink"], [1.0])
    assert second["ink"].float_list.value[-1] == 2.0


@pytest.mark.parametrize("message", [Input(), input_of(), input_of(context=ink_example(1.0))], ids=["unset", "0", "c"])
def test_no_examples(message):
    with pytest.raises(ServingError, match=r"^INVALID_ARGUMENT: Input is empty\.$"):
        serialized_examples(message)
