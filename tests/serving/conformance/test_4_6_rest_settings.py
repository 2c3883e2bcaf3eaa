"""Facts 4.6: CORS, time-out and metrics."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.conformance.conftest import METRICS_PATH
from tests.serving.conformance.requests import predict_request
from tests.serving.conformance.target import SECONDS, refusal

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, GET",
    "Access-Control-Allow-Headers": "Content-Type",
}


@pytest.fixture
def start_with(start, publish, tmp_path):
    def start_with_settings(**settings):
        publish(tmp_path / "base", 3)
        return start(tmp_path / "base", rest=RestSettings(**settings))

    return start_with_settings


def cors_of(target, verb, path, origin=None):
    status, headers, body = target.http(verb, path, headers={"Origin": origin} if origin else None)
    return status, {name: value for name, value in headers.items() if name.startswith("Access-Control")}, body


def test_cors_is_off(target, name):
    assert cors_of(target, "GET", f"/v1/models/{name}", "http://page")[:2] == (200, {})
    assert cors_of(target, "OPTIONS", f"/v1/models/{name}:predict", "http://page") == (200, {}, b"")
    assert cors_of(target, "OPTIONS", f"/v1/models/{name}:predict")[0] == 400


@pytest.mark.own_server
def test_cors_where_it_is_configured(start_with):
    target = start_with(enable_cors_support=True)
    assert cors_of(target, "GET", f"/v1/models/{target.model_name}", "http://page")[:2] == (200, CORS)
    assert cors_of(target, "GET", "/v1/models/unknown")[:2] == (404, CORS)
    assert cors_of(target, "OPTIONS", f"/v1/models/{target.model_name}:predict", "https://page") == (200, CORS, b"")
    assert cors_of(target, "OPTIONS", f"/v1/models/{target.model_name}:predict", "file://page")[0] == 400


@pytest.mark.own_server
def test_a_request_that_takes_longer_than_the_time_out(start_with):
    target = start_with(timeout_in_ms=1)
    status, answer = target.post("predict", {"instances": [1] * 300_000})
    assert (status, answer) == (504, {"error": "Timed out waiting for notification"})


@pytest.mark.own_server
def test_metrics_are_off(start_with):
    assert start_with().http("GET", METRICS_PATH)[0] == 404


def metrics(target):
    status, headers, body = target.http("GET", METRICS_PATH)
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/plain")
    families = list(text_string_to_metric_families(body.decode()))
    return body.decode(), {
        (sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples
    }


def test_metrics_where_they_are_configured(target, name):
    """Asks a --target that was started with a monitoring config file, as in the head of the folder's README."""
    before = metrics(target)[1]
    target.prediction.Predict(predict_request(name), timeout=SECONDS)
    refusal(target.prediction.Predict, predict_request(name, "unknown"))
    target.post("predict", {"instances": [1]})
    page, after = metrics(target)

    def growth(*key):
        return after[key] - before.get(key, 0)

    assert growth(":tensorflow:serving:request_count_total", name, "OK") == 2
    assert growth(":tensorflow:serving:request_count_total", name, "FAILED_PRECONDITION") == 1
    assert growth(":tensorflow:serving:request_latency_count", name, "Predict", "GRPC") == 1
    assert growth(":tensorflow:serving:request_latency_count", name, "predict", "REST") == 1
    # Over either API, the one that the runtime is asked by.
    assert growth(":tensorflow:serving:runtime_latency_count", name, "Predict", "TF1") == 2
    loads = [key for key in after if key[0] == ":tensorflow:cc:saved_model:load_attempt_count_total"]
    assert any(path.endswith("/3") and status == "success" for _, path, status in loads)
    assert any(key[0] == ":tensorflow:cc:saved_model:load_latency_total" for key in after)
    assert "# TYPE :tensorflow:serving:request_count counter\n" in page
    assert "# HELP" not in page
    bounds = [key[-1] for key in after if key[:3] == (":tensorflow:serving:request_latency_bucket", name, "Predict")]
    assert (len(bounds), bounds[0], bounds[-1]) == (34, "10", "+Inf")
