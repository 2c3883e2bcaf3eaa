import pytest

from components.errors import QuickdrawError, UsageError
from pipeline.kubeflow.client.connection import Connection, Server
from pipeline.kubeflow.client.run_log import read_log
from pipeline.kubeflow.client.runs import get_run
from tests.pipeline.kubeflow.client.fake_api_server import RUN_ID, WORKFLOW, run, task


@pytest.fixture
def server(fake):
    fake.run = run("FAILED", task("Trainer", "FAILED", pods=[f"{WORKFLOW}-123"]))
    return Server(Connection(fake.url, token="t0ken"))


def read(server, name="Trainer"):
    return read_log(server, get_run(server, RUN_ID), name)


@pytest.mark.parametrize("pod", [f"{WORKFLOW}-123", f"{WORKFLOW}-system-container-impl-123"])
def test_under_argos_name_of_the_node_or_kfps_of_the_pod(fake, server, pod):
    fake.logs[pod] = "epoch 1\nquickdraw: no space left\n"
    assert read(server) == "epoch 1\nquickdraw: no space left\n"
    assert {request.headers["authorization"] for request in fake.requests} == {"Bearer t0ken"}


def test_a_log_that_is_json_is_still_text(fake, server):
    fake.logs[f"{WORKFLOW}-123"] = '{"epoch": 1}'
    assert read(server) == '{"epoch": 1}'


def test_the_newer_path_comes_first(fake, server):
    fake.logs[f"{WORKFLOW}-123"] = "old"
    fake.answers[f"GET /apis/v2beta1/runs/{RUN_ID}/nodes/{WORKFLOW}-123/log"] = 200, "new"
    assert read(server) == "new"


def test_an_error_that_comes_as_a_log_is_none(fake, server):
    fake.answers[f"GET /apis/v1alpha1/runs/{RUN_ID}/nodes/{WORKFLOW}-123/log"] = (
        200,
        {"error_message": "pod not found", "error_details": "..."},
    )
    with pytest.raises(QuickdrawError, match="no log of Trainer"):
        read(server)


def test_where_no_log_is_kubectl_has_the_last_word(server):
    with pytest.raises(QuickdrawError, match=rf"kubectl logs .* --selector pipeline/runid={RUN_ID}"):
        read(server)


def test_a_server_that_lets_us_not_in_is_not_asked_again(fake, server):
    fake.answers[f"GET /apis/v2beta1/runs/{RUN_ID}/nodes/{WORKFLOW}-123/log"] = 401, "no"
    with pytest.raises(UsageError, match="asks who you are"):
        read(server)


def test_an_unknown_task_names_the_known(server):
    with pytest.raises(UsageError, match="has no task Train; it has Trainer"):
        read(server, "Train")
