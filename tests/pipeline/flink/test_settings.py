import pathlib

import pytest

from components.errors import UsageError
from pipeline.flink.settings import ClusterSettings, Line, job_manager_lines, render, task_manager_lines

FOLDER = pathlib.Path("/cluster/tmp")


def values(lines):
    return {line.key: line.value for line in lines}


def test_a_cluster_on_this_host_listens_on_the_loopback_only():
    settings = ClusterSettings()
    assert (settings.job_manager, settings.master) == ("127.0.0.1", "127.0.0.1:8081")
    job_manager, task_manager = job_manager_lines(settings, FOLDER), task_manager_lines(settings, 1, FOLDER)
    listens = ("jobmanager.bind-host", "rest.bind-address", "taskmanager.bind-host", "taskmanager.host")
    found = {**values(job_manager), **values(task_manager)}
    assert [found[key] for key in listens] == ["127.0.0.1"] * 4


def test_a_host_that_joins_looks_for_the_job_manager_elsewhere_and_is_found_at_its_own_address():
    settings = ClusterSettings(address="10.0.0.2", join="10.0.0.1", rest_port=9081, rpc_port=7123)
    assert settings.master == "10.0.0.1:9081"
    found = values(task_manager_lines(settings, 2, FOLDER))
    assert found["jobmanager.rpc.address"] == found["rest.address"] == "10.0.0.1"
    assert (found["jobmanager.rpc.port"], found["rest.port"]) == (7123, 9081)
    assert (found["taskmanager.host"], found["taskmanager.resource-id"]) == ("10.0.0.2", "10.0.0.2-tm2")


def test_all_of_a_task_managers_memory_is_given():
    settings = ClusterSettings(heap_mib=512, managed_mib=300, network_mib=200, slots=3)
    found = values(task_manager_lines(settings, 1, FOLDER))
    assert {key.removeprefix("taskmanager."): value for key, value in found.items() if "memory" in key} == {
        "memory.task.heap.size": "512m",
        "memory.task.off-heap.size": "128m",
        "memory.framework.heap.size": "128m",
        "memory.framework.off-heap.size": "128m",
        "memory.managed.size": "300m",
        "memory.jvm-metaspace.size": "256m",
        "memory.jvm-overhead.min": "192m",
        "memory.jvm-overhead.max": "192m",
        "memory.network.min": "200m",
        "memory.network.max": "200m",
    }
    assert (found["taskmanager.numberOfTaskSlots"], found["taskmanager.cpu.cores"]) == (3, 3)
    # 512 + 128; twice 128 + 200; 256.
    assert (settings.heap_bytes, settings.direct_bytes, settings.metaspace_bytes) == ("640m", "456m", "256m")


def test_every_part_of_a_cluster_has_the_same_heartbeats_and_class_loading():
    settings = ClusterSettings()
    job_manager, task_manager = (
        values(job_manager_lines(settings, FOLDER)),
        values(task_manager_lines(settings, 1, FOLDER)),
    )
    for found in (job_manager, task_manager):
        assert (found["heartbeat.interval"], found["heartbeat.timeout"]) == (1000, 15000)
        assert found["classloader.resolve-order"] == "parent-first"
        assert found["io.tmp.dirs"] == "/cluster/tmp"


def test_the_job_manager_survives_lost_task_managers_and_takes_no_jars_from_its_page():
    found = values(job_manager_lines(ClusterSettings(), FOLDER))
    assert found["web.submit.enable"] == "false"
    assert found["restart-strategy"] == "fixed-delay"
    assert found["restart-strategy.fixed-delay.attempts"] == 30
    assert found["cluster.evenly-spread-out-slots"] == "true"


@pytest.mark.parametrize(
    "lines",
    [job_manager_lines(ClusterSettings(), FOLDER), task_manager_lines(ClusterSettings(), 1, FOLDER)],
    ids=["job manager", "task manager"],
)
def test_every_line_has_a_reason_and_no_key_comes_twice(lines):
    assert all(line.reason for line in lines)
    assert len(values(lines)) == len(lines)


def test_a_line_is_written_under_its_reason():
    assert render([Line("rest.port", 8081, "where jobs are sent"), Line("a", "b", "c")]) == (
        "# where jobs are sent\nrest.port: 8081\n# c\na: b\n"
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"task_managers": -1}, "--task-managers must be at least 0, not -1."),
        (
            {"task_managers": 0, "join": "10.0.0.1"},
            "--task-managers must be at least 1, not 0: a host that joins works.",
        ),
        ({"slots": 0}, "--slots must be at least 1, not 0."),
    ],
)
def test_what_cannot_be_started_is_a_sentence(given, sentence):
    with pytest.raises(UsageError) as error:
        ClusterSettings(**given)
    assert str(error.value) == sentence


def test_a_host_may_run_the_job_manager_alone():
    assert ClusterSettings(task_managers=0).task_managers == 0
