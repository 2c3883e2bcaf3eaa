"""Facts 2.6: the ports open when there is something to answer with."""

from tests.serving.conformance.requests import predict_request
from tests.serving.conformance.target import refusal


def test_the_probe_of_the_official_tests(target):
    """Ready once the error of a model that does not exist speaks of a servable."""
    assert "Servable" in refusal(target.prediction.Predict, predict_request("intentionally_missing_model"))[1]


def test_a_server_that_answers_has_loaded_its_model(target):
    assert target.states() == [(3, "AVAILABLE", 0)]
