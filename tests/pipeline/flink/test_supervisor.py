import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from components.file_lock import is_held
from pipeline.flink import layout, supervisor
from pipeline.flink.settings import ClusterSettings
from pipeline.flink.supervisor import Supervisor
from tests.pipeline.flink.fake_java import DIES, STAYS, install
from tests.pipeline.flink.waiting import is_alive, wait_for


@pytest.fixture
def folder(tmp_path):
    """Of a cluster that is a JobManager and nothing else."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    layout.write_settings(folder, ClusterSettings(task_managers=0))
    return folder


def pid_of(folder):
    file = layout.pids_file(folder)
    return json.loads(file.read_text())["jobmanager"] if file.exists() else None


def test_a_member_that_ends_is_started_again_until_all_are_to_end(folder, monkeypatch):
    install(folder.parent, STAYS, monkeypatch)
    watched = Supervisor(folder)
    codes = []
    thread = threading.Thread(target=lambda: codes.append(watched.run()))
    thread.start()
    try:
        first = wait_for(lambda: pid_of(folder))
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: pid_of(folder) != first)
        second = pid_of(folder)
        assert is_alive(second)
    finally:
        watched.ended.set()
        thread.join()
    assert codes == [0]
    assert not is_alive(second)


def test_one_that_does_not_stay_alive_ends_the_cluster(folder, monkeypatch, caplog):
    install(folder.parent, DIES, monkeypatch)
    monkeypatch.setattr(supervisor, "_SECONDS_BETWEEN_LOOKS", 0.02)
    assert Supervisor(folder).run() == 1
    log = folder / "jobmanager" / "output.log"
    assert f"jobmanager does not stay alive (exit code 1); its log: {log}" in caplog.text
    assert log.read_text().count("Could not find or load") == 8


def test_the_process_holds_the_lock_and_ends_its_members_when_it_is_told_to(folder, monkeypatch):
    install(folder.parent, STAYS, monkeypatch)
    with subprocess.Popen([sys.executable, "-m", "pipeline.flink.supervisor", str(folder)]) as process:
        member = wait_for(lambda: pid_of(folder))
        assert is_held(layout.lock_file(folder))
        assert layout.supervisor_file(folder).read_text() == str(process.pid)
        process.terminate()
    assert process.returncode == 0
    assert not is_alive(member)
    assert not is_held(layout.lock_file(folder))
