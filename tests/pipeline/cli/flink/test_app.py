import os
import pathlib
import signal

import pytest

from pipeline.flink.processes import free_port
from tests.end_to_end.commands import quickdraw
from tests.pipeline.flink.fake_java import JOB_MANAGER, install


@pytest.fixture
def ports() -> list[str]:
    return [f"--port={free_port()}", f"--rpc-port={free_port()}", f"--worker-port={free_port()}"]


def test_up_status_down(tmp_path: pathlib.Path, ports: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, JOB_MANAGER, monkeypatch)
    folder = ["--dir", str(tmp_path / "cluster")]
    began = quickdraw("flink", "up", "--task-managers", "0", *ports, *folder)
    try:
        assert began.returncode == 0, began.stderr
        lines = began.stdout.splitlines()
        assert lines[0] == "starting Flink ..."
        assert lines[1].split()[:2] == ["jobmanager", "process"]
        assert lines[2] == "0 TaskManagers, 0 slots, 0 of them free"
        master = f"127.0.0.1:{ports[0].split('=')[1]}"
        assert lines[3] == f"page:     http://{master}"
        worker_port = ports[2].split("=")[1]
        assert lines[4] == (
            f"use it:   quickdraw run --data DIR --runner flink --flink-master {master} "
            f"--beam-arg=--environment_config=localhost:{worker_port}"
        )
        told = quickdraw("flink", "status", *folder)
        assert (told.returncode, told.stdout.splitlines()) == (0, lines[1:4])
        # A JobManager that is there and does not answer.
        os.kill(int(lines[1].split()[2]), signal.SIGSTOP)
        silent = quickdraw("flink", "status", *folder)
        os.kill(int(lines[1].split()[2]), signal.SIGCONT)
        assert (silent.returncode, silent.stdout.splitlines()[1]) == (1, f"the JobManager at {master} does not answer")
    finally:
        ended = quickdraw("flink", "down", *folder)
    assert (ended.returncode, ended.stdout) == (0, "the cluster is down\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["status"], "no cluster runs in {folder}; `quickdraw flink up` starts one, --dir names another folder.\n"),
        (["down"], "no cluster runs in {folder}; `quickdraw flink up` starts one, --dir names another folder.\n"),
        (["up", "--slots", "0"], "--slots must be at least 1, not 0.\n"),
        (["up", "--task-managers", "-1"], "--task-managers must be at least 0, not -1.\n"),
    ],
)
def test_what_a_user_can_cause_is_a_sentence(tmp_path: pathlib.Path, arguments: list[str], sentence: str) -> None:
    folder = tmp_path / "cluster"
    done = quickdraw("flink", *arguments, "--dir", folder)
    assert done.returncode == 2
    assert done.stderr.endswith(sentence.format(folder=folder))
    assert "Traceback" not in done.stderr
    assert not folder.exists()
