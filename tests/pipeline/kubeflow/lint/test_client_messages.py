from pipeline.kubeflow.lint import client_messages
from tests.pipeline.kubeflow.edited import INPUTS, findings


def test_a_field_that_only_newer_clients_know() -> None:
    (found,) = findings(client_messages.check, ((*INPUTS, "words", "literals"), ["cat", "dog"]))
    assert found.startswith("pipeline: PipelineSpec: kfp 2.5.0's client would refuse it: ")
    assert 'no field named "literals"' in found
