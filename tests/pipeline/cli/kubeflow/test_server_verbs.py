"""`submit`, `schedule`, `status` and `logs`, as they are called, against an API server that remembers."""

import sys

import pytest

from pipeline.cli import main as command
from pipeline.cli.kubeflow import status as status_module
from tests.conftest import REPOSITORY
from tests.pipeline.kubeflow.client.fake_api_server import RUN_ID, WORKFLOW, error, run, task
from tests.pipeline.kubeflow.client.small_pipeline import DOCUMENTS

TOKEN = "eyJhbGciOi.secret"
GOLDEN = REPOSITORY / "tests/kubeflow/golden/pipeline.yaml"
ROOT = ["--pipeline-root", "s3://artifacts"]


@pytest.fixture
def call(fake, monkeypatch, capsys):
    """Calls a verb; returns its exit code and what it printed."""

    def call(*arguments, token=TOKEN, host=fake.url):
        monkeypatch.setenv("KUBEFLOW_TOKEN", token)
        monkeypatch.setattr(sys, "argv", ["quickdraw", "kubeflow", *map(str, arguments), "--host", host])
        with pytest.raises(SystemExit) as ended:
            command.main()
        printed = capsys.readouterr()
        assert TOKEN not in printed.out + printed.err
        return ended.value.code or 0, printed.out, printed.err

    return call


@pytest.fixture
def pipeline(tmp_path):
    path = tmp_path / "pipeline.yaml"
    path.write_text(DOCUMENTS.to_yaml())
    return path


class TestSubmit:
    def test_a_run_begins(self, fake, call, pipeline):
        code, said, _ = call("submit", pipeline, *ROOT, "--param", "data=s3://doodles", "--param", "epochs=3")
        assert code == 0
        assert said.startswith(f"run {RUN_ID} of quickdraw has begun")
        (request,) = fake.sent("POST", "/apis/v2beta1/runs")
        assert request.body["runtime_config"] == {
            "pipeline_root": "s3://artifacts",
            "parameters": {"data": "s3://doodles", "epochs": 3},
        }
        assert request.headers["authorization"] == f"Bearer {TOKEN}"

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ([*ROOT, "--param", "dat=x"], "--param dat: the pipeline has the parameters"),
            (["--pipeline-root", "file:///mnt"], "the pipeline root 'file:///mnt' must be"),
            ([*ROOT, "--param", "data=x", "--token-file", "/nowhere"], "the token /nowhere cannot be read"),
        ],
    )
    def test_what_is_wrong_is_seen_before_anything_is_sent(self, fake, call, pipeline, options, sentence):
        code, _, said = call("submit", pipeline, *options)
        assert code == 2
        assert said.startswith(f"quickdraw: {sentence}")
        assert not fake.requests

    @pytest.mark.parametrize("text", ["", "[]", "a: b", "root: 5", "{"])
    def test_another_file(self, fake, call, tmp_path, text):
        (tmp_path / "other.yaml").write_text(text)
        code, _, said = call("submit", tmp_path / "other.yaml", *ROOT)
        assert (code, said.count("\n")) == (2, 1)
        assert not fake.requests

    def test_a_run_whose_pods_would_not_see_their_data(self, fake, call):
        code, _, said = call("submit", GOLDEN, *ROOT, "--param", "data=/home/ana/doodles")
        assert code == 2
        assert "DrawingExampleGen: inputs.parameters.data_dir: no pod sees '/home/ana/doodles'" in said
        assert not fake.requests

    def test_the_compiled_pipeline(self, fake, call):
        assert call("submit", GOLDEN, *ROOT)[0] == 0

    def test_a_spec_that_the_server_refuses(self, fake, call, pipeline):
        fake.answers["POST /apis/v2beta1/runs"] = 400, error(3, "unknown template format: pipeline spec is invalid")
        code, _, said = call("submit", pipeline, *ROOT, "--param", "data=x")
        assert code == 1
        assert said == f"quickdraw: {fake.url} refuses (HTTP 400): unknown template format: pipeline spec is invalid\n"

    def test_a_token_of_another_person(self, fake, call, pipeline):
        fake.answers["GET /apis/v2beta1/experiments"] = 403, error(7, f"{TOKEN}: not yours")
        code, _, said = call("submit", pipeline, *ROOT, "--param", "data=x")
        assert (code, said) == (2, f"quickdraw: {fake.url} does not allow it (HTTP 403): ***: not yours\n")


class TestSchedule:
    def test_by_cron(self, fake, call, pipeline):
        code, said, _ = call("schedule", pipeline, *ROOT, "--param", "data=x", "--cron", "0 30 4 * * 1")
        assert (code, said) == (0, "recurring run r-1 of quickdraw is set up.\n")
        (request,) = fake.sent("POST", "/apis/v2beta1/recurringruns")
        assert request.body["trigger"] == {"cron_schedule": {"cron": "0 30 4 * * 1"}}

    def test_by_hours(self, fake, call, pipeline):
        assert call("schedule", pipeline, *ROOT, "--param", "data=x", "--every-hours", 6)[0] == 0
        (request,) = fake.sent("POST", "/apis/v2beta1/recurringruns")
        assert request.body["trigger"] == {"periodic_schedule": {"interval_second": 6 * 3600}}

    @pytest.mark.parametrize("when", [[], ["--cron", "30 4 * * 1"], ["--cron", "0 0 4 * * 1", "--every-hours", "6"]])
    def test_when_is_not_clear(self, fake, call, pipeline, when):
        assert call("schedule", pipeline, *ROOT, "--param", "data=x", *when)[0] == 2
        assert not fake.requests


class TestStatus:
    def test_a_table_of_tasks(self, fake, call):
        fake.run = run("RUNNING", task("Trainer", "RUNNING", (60, 60)), task("Transform", "SUCCEEDED", (10, 52)))
        code, said, _ = call("status", RUN_ID)
        assert code == 0
        assert said.splitlines() == [
            f"quickdraw ({RUN_ID}): running",
            "task       state      seconds",
            "Transform  succeeded       42",
            "Trainer    running          0",
        ]

    @pytest.mark.parametrize(("node", "code"), [("NotBlessed", 3), ("DataGate", 4), ("Trainer", 1)])
    def test_a_failed_run_ends_with_the_code_of_what_failed(self, fake, call, node, code):
        fake.run = run("FAILED", task("Transform", "SUCCEEDED"), task(node, "FAILED", message="exit code 1"))
        ended, _, said = call("status", RUN_ID)
        assert ended == code
        assert said == (f"quickdraw: {node} failed (exit code 1); quickdraw kubeflow logs {RUN_ID} {node} tells why.\n")

    def test_a_run_that_failed_before_any_task(self, fake, call):
        fake.run = run("FAILED", message="quota exceeded")
        assert call("status", RUN_ID)[::2] == (1, f"quickdraw: run {RUN_ID}: quota exceeded\n")

    def test_an_unknown_run(self, fake, call):
        code, _, said = call("status", "nobody")
        assert (code, "Run nobody not found" in said) == (1, True)

    def test_waiting_for_the_end(self, fake, call, monkeypatch):
        fake.run = run("RUNNING")
        waited = []

        def wait(seconds):
            waited.append(seconds)
            fake.run = run("SUCCEEDED")

        monkeypatch.setattr(status_module.time, "sleep", wait)
        code, said, _ = call("status", RUN_ID, "--wait")
        assert (code, said) == (0, f"quickdraw ({RUN_ID}): succeeded\n")
        assert len(waited) == 1


def test_logs(fake, call):
    fake.run = run("FAILED", task("Trainer", "FAILED", pods=[f"{WORKFLOW}-9"]))
    fake.logs[f"{WORKFLOW}-9"] = "no space left\n"
    assert call("logs", RUN_ID, "Trainer") == (0, "no space left\n", "")


def test_nobody_there(call):
    code, _, said = call("status", RUN_ID, host="http://127.0.0.1:9")
    assert code == 2
    assert "cannot be reached (Connection refused)" in said
