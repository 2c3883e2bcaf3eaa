import pathlib

import pytest

from pipeline.flink.settings import ClusterSettings, job_manager_lines, task_manager_lines
from tests.pipeline.flink.manifests.flink_manifests import MANIFESTS, document

FILE = "base/flinkdeployment.yaml"
SETTINGS = ClusterSettings()
LINES = {
    line.key: line
    for line in (*job_manager_lines(SETTINGS, pathlib.Path("x")), *task_manager_lines(SETTINGS, 1, pathlib.Path("x")))
}
# The operator names the Services, Flink listens on every address of a pod, and resources are the pod's.
ELSEWHERE = {
    "io.tmp.dirs",
    "jobmanager.bind-host",
    "jobmanager.rpc.address",
    "jobmanager.rpc.port",
    "rest.address",
    "rest.bind-address",
    "rest.port",
    "taskmanager.bind-host",
    "taskmanager.cpu.cores",
    "taskmanager.host",
    "taskmanager.memory.task.heap.size",
    "taskmanager.resource-id",
}


def spec():
    return document(FILE)["spec"]


def containers(part):
    return {each["name"]: each for each in spec()[part]["podTemplate"]["spec"]["containers"]}


def test_flink_is_configured_as_on_hosts():
    wanted = {key: str(line.value) for key, line in LINES.items() if key not in ELSEWHERE}
    assert spec()["flinkConfiguration"] == wanted
    assert LINES.keys() >= ELSEWHERE


def test_each_line_stands_under_its_reason():
    reason, reasons = "", {}
    for line in (MANIFESTS / FILE).read_text().splitlines():
        if line.startswith("    # "):
            reason = line.removeprefix("    # ")
        elif (key := line.strip().partition(":")[0]) in spec()["flinkConfiguration"]:
            reasons[key] = reason
    # Of memory it is another here: on hosts there are no scripts that add its parts up.
    other = {key for key, reason in reasons.items() if reason != LINES[key].reason}
    assert {LINES[key].reason for key in other} == {LINES["taskmanager.cpu.cores"].reason}


def test_a_task_managers_memory_leaves_its_tasks_the_heap_that_they_have_on_hosts():
    parts = {key: value for key, value in spec()["flinkConfiguration"].items() if key.endswith((".size", ".max"))}
    assert len(parts) == 7
    taken = sum(int(value.removesuffix("m")) for value in parts.values())
    left = int(spec()["taskManager"]["resource"]["memory"].removesuffix("m")) - taken
    assert left >= SETTINGS.heap_mib


def test_it_is_a_session_of_the_flink_that_the_jars_are_of():
    assert "job" not in spec()
    assert spec()["mode"] == "standalone"
    version = spec()["flinkVersion"].removeprefix("v").replace("_", ".")
    pom = (MANIFESTS.parent / "jars/pom.xml").read_text()
    assert f"<flink.version>{version}." in pom
    assert f"<artifactId>beam-runners-flink-{version}</artifactId>" in pom


def test_the_pool_of_workers_is_where_jobs_look_for_it():
    import pipeline.beam_runner
    from pipeline.flink import worker_pool

    (workers,) = [each for name, each in containers("taskManager").items() if name == "workers"]
    assert workers["command"] == ["python", "-m", worker_pool.__name__, "--port", str(SETTINGS.worker_port)]
    assert f"localhost:{SETTINGS.worker_port}" in pathlib.Path(pipeline.beam_runner.__file__).read_text()


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_a_process_of_the_pod_asks_the_pool_for_the_node_cannot_reach_loopback(probe):
    command = containers("taskManager")["workers"][probe]["exec"]["command"]
    assert command[:2] == ["python", "-c"]
    assert f"('127.0.0.1', {SETTINGS.worker_port})" in command[2]


def test_the_probe_knows_a_pool_that_listens_from_one_that_does_not():
    import socket
    import subprocess
    import sys

    _, option, code = containers("taskManager")["workers"]["livenessProbe"]["exec"]["command"]
    with socket.create_server(("127.0.0.1", 0)) as pool:
        port = pool.getsockname()[1]
        asks = [sys.executable, option, code.replace(str(SETTINGS.worker_port), str(port))]
        assert subprocess.run(asks, check=False).returncode == 0
    assert subprocess.run(asks, capture_output=True, check=False).returncode != 0


def test_the_job_managers_probes_ask_its_rest_port():
    container = containers("jobManager")["flink-main-container"]
    assert container["readinessProbe"]["httpGet"]["port"] == SETTINGS.rest_port
    assert container["livenessProbe"]["tcpSocket"]["port"] == SETTINGS.rest_port
