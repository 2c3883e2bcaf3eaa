import numpy as np

from serving.server.methods.model_call import ModelCall


class EchoSignature:
    """Answers with its inputs."""

    def run(self, inputs, output_aliases):
        return {alias: inputs[alias] for alias in output_aliases}


def test_an_answer_made_of_an_answer():
    inputs = {"x": np.array([1, 2]), "y": np.array([3])}
    call = ModelCall(None, EchoSignature(), inputs, ["x"], lambda outputs: {**outputs})
    assert list(call.answer()) == ["x"]
    assert call.then(lambda outputs: outputs["x"].tolist()).answer() == [1, 2]
