import json
import pathlib

import pytest

from pipeline.kubeflow.client.connection import Connection, Server
from pipeline.kubeflow.client.runs import Order, Schedule, get_run, schedule, submit
from pipeline.kubeflow.documents import Documents
from tests.pipeline.kubeflow.client.fake_api_server import RUN_ID, run, task
from tests.pipeline.kubeflow.client.small_pipeline import DOCUMENTS, SPEC

# What kfp.Client of kfp 2.5.0 sent for the same orders: experiment, run, cron schedule, interval.
RECORDED = json.loads(pathlib.Path(__file__).with_name("kfp_2_5_0_requests.json").read_text())
ORDER = Order(
    documents=DOCUMENTS,
    name="quickdraw",
    experiment="quickdraw",
    pipeline_root="s3://artifacts",
    arguments={"data": "s3://doodles", "epochs": 3},
    service_account="quickdraw-pipeline",
)


@pytest.fixture
def server(fake):
    return Server(Connection(fake.url))


def bodies(fake, path):
    return [request.body for request in fake.sent("POST", path)]


def recorded(path):
    return [request["body"] for request in RECORDED if (request["method"], request["path"]) == ("POST", path)]


class TestSubmit:
    def test_the_request_is_that_of_kfps_own_client(self, fake, server):
        assert submit(server, ORDER) == RUN_ID
        assert bodies(fake, "/apis/v2beta1/runs") == recorded("/apis/v2beta1/runs")

    def test_a_missing_experiment_is_looked_for_and_made_as_kfps_client_does(self, fake, server):
        submit(server, ORDER)
        (looked,) = fake.sent("GET", "/apis/v2beta1/experiments")
        assert looked.query == RECORDED[0]["query"]
        assert bodies(fake, "/apis/v2beta1/experiments") == recorded("/apis/v2beta1/experiments")

    def test_one_that_is_there_is_used(self, fake, server):
        fake.experiments.append({"display_name": "quickdraw", "experiment_id": "mine"})
        submit(server, ORDER)
        assert not bodies(fake, "/apis/v2beta1/experiments")
        assert bodies(fake, "/apis/v2beta1/runs")[0]["experiment_id"] == "mine"

    def test_without_a_platform_the_spec_is_sent_bare(self, fake, server):
        submit(server, Order(Documents(SPEC), "n", "e", "s3://a", {}))
        assert bodies(fake, "/apis/v2beta1/runs")[0]["pipeline_spec"] == SPEC

    def test_a_namespace_goes_with_the_experiment(self, fake):
        submit(Server(Connection(fake.url, namespace="ana")), ORDER)
        assert fake.sent("GET", "/apis/v2beta1/experiments")[0].query["namespace"] == "ana"
        assert bodies(fake, "/apis/v2beta1/experiments")[0]["namespace"] == "ana"

    def test_the_token_is_sent_with_every_request(self, fake):
        submit(Server(Connection(fake.url, token="t0ken")), ORDER)
        assert {request.headers["authorization"] for request in fake.requests} == {"Bearer t0ken"}

    def test_without_a_token_nothing_is_claimed(self, fake, server):
        submit(server, ORDER)
        assert not any("authorization" in request.headers for request in fake.requests)


def test_schedules_are_those_of_kfps_own_client(fake, server):
    assert schedule(server, ORDER, Schedule(cron="0 30 4 * * 1")) == "r-1"
    schedule(server, ORDER, Schedule(every=3600))
    assert bodies(fake, "/apis/v2beta1/recurringruns") == recorded("/apis/v2beta1/recurringruns")


class TestGetRun:
    def test_tasks_of_the_graph_in_the_order_of_their_start(self, fake, server):
        fake.run = run(
            "RUNNING",
            task("root", "RUNNING"),
            task("Trainer", "RUNNING", (300, 300), pods=["wf-2"]),
            task("Trainer-driver", "SUCCEEDED"),
            task("executor", "RUNNING"),
            task("DrawingExampleGen", "SUCCEEDED", (60, 200), pods=["wf-1"]),
        )
        found = get_run(server, RUN_ID)
        assert (found.run_id, found.name, found.state, found.is_over) == (RUN_ID, "quickdraw", "RUNNING", False)
        assert [(each.name, each.state, each.pods) for each in found.tasks] == [
            ("DrawingExampleGen", "SUCCEEDED", ("wf-1",)),
            ("Trainer", "RUNNING", ("wf-2",)),
        ]
        assert (found.tasks[0].ended - found.tasks[0].started).total_seconds() == 140

    def test_the_graph_of_the_run_says_what_a_task_is(self, fake, server):
        fake.run = run("RUNNING", task("train", "RUNNING"), task("Other", "RUNNING"), nodes=["train"])
        assert [each.name for each in get_run(server, RUN_ID).tasks] == ["train"]

    def test_a_run_that_has_not_begun(self, fake, server):
        fake.run = {"run_id": RUN_ID, "display_name": "quickdraw"}
        found = get_run(server, RUN_ID)
        assert (found.state, found.tasks, found.error) == ("PENDING", (), "")

    @pytest.mark.parametrize("state", ["SUCCEEDED", "FAILED", "CANCELED", "SKIPPED"])
    def test_a_run_that_is_over(self, fake, server, state):
        fake.run = run(state, message="child failed")
        found = get_run(server, RUN_ID)
        assert found.is_over
        assert found.error == "child failed"
