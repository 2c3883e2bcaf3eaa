import json
import sys

from pipeline.flink import layout
from pipeline.flink.settings import ClusterSettings


def test_what_a_cluster_is_started_with_comes_back(tmp_path):
    settings = ClusterSettings(address="10.0.0.2", join="10.0.0.1", slots=3, managed_mib=99)
    layout.write_settings(tmp_path, settings)
    assert layout.read_settings(tmp_path) == settings
    assert json.loads((tmp_path / "settings.json").read_text())["join"] == "10.0.0.1"


def test_a_file_that_others_read_is_replaced_as_a_whole(tmp_path):
    file = tmp_path / "pids.json"
    layout.write_text(file, "{}")
    with file.open() as reader:
        layout.write_text(file, '{"jobmanager": 7}')
        # Who had opened the old one reads the old one to its end.
        assert reader.read() == "{}"
    assert file.read_text() == '{"jobmanager": 7}'
    assert list(tmp_path.iterdir()) == [file]


def test_a_cluster_on_one_host(java, tmp_path):
    listed = layout.members(ClusterSettings(task_managers=2, worker_port=50123), tmp_path)
    assert [member.name for member in listed] == ["jobmanager", "taskmanager-1", "taskmanager-2", "workers"]
    assert [member.log for member in listed] == [tmp_path / member.name / "output.log" for member in listed]
    assert [member.command[-1] for member in listed[:3]] == [str(tmp_path / member.name) for member in listed[:3]]
    # The environment that a worker needs is this one, whatever `python` is first on the PATH.
    assert listed[3].command == [sys.executable, "-m", "pipeline.flink.worker_pool", "--port", "50123"]
    for name in ("jobmanager", "taskmanager-1", "taskmanager-2"):
        assert sorted(path.name for path in (tmp_path / name).iterdir()) == [
            "flink-conf.yaml",
            "log4j2.properties",
            "tmp",
        ]


def test_each_task_manager_is_configured_as_itself(java, tmp_path):
    layout.members(ClusterSettings(task_managers=2), tmp_path)
    for number in (1, 2):
        lines = (tmp_path / f"taskmanager-{number}" / "flink-conf.yaml").read_text().splitlines()
        assert f"taskmanager.resource-id: 127.0.0.1-tm{number}" in lines
        assert f"io.tmp.dirs: {tmp_path}/taskmanager-{number}/tmp" in lines


def test_a_host_that_joins_has_no_job_manager(java, tmp_path):
    listed = layout.members(ClusterSettings(join="10.0.0.1", task_managers=1), tmp_path)
    assert [member.name for member in listed] == ["taskmanager-1", "workers"]


def test_a_host_without_task_managers_has_no_workers(java, tmp_path):
    assert [member.name for member in layout.members(ClusterSettings(task_managers=0), tmp_path)] == ["jobmanager"]
