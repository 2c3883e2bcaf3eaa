import datetime
import pathlib
import shutil
import subprocess
import sys
import time

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from components.pusher.push import PushError, find_run, publish, push, read_run, read_run_key, read_runs
from components.pusher.registry import list_versions, version_path


def files(folder: pathlib.Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


VERDICT = {
    "blessed": True,
    "examples": 157,
    "metrics": {"accuracy": 0.75, "map_at_3": 0.875},
    "checks": [{"metric": "accuracy", "passed": True, "sentence": "accuracy 0.7500 is at least 0.6000."}],
    "confusion": [{"actual": "line", "predicted": "square", "count": 3}],
}


def test_pushes_the_whole_model_and_grows(saved_model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    registry = tmp_path / "models" / "quickdraw"
    first = push(saved_model, registry, "run-a")
    begun = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    second = push(saved_model, registry, "run-b", "network-1", VERDICT)
    assert list_versions(registry) == [first, second]
    assert files(version_path(registry, first)) == files(saved_model) | {"assets.extra/run.json"}
    assert {path.name for path in registry.iterdir()} == {".lock", str(first), str(second)}
    assert read_run_key(version_path(registry, first)) == "run-a"
    assert find_run(registry, "run-a") == first
    assert find_run(registry, "run-c") == 0
    assert find_run(registry, "run-b", "network-1") == second
    assert find_run(registry, "run-b", "network-2") == 0

    run = read_run(version_path(registry, second))
    pushed_at = datetime.datetime.fromisoformat(run.pop("pushed_at"))
    assert begun <= pushed_at <= datetime.datetime.now(datetime.timezone.utc)
    assert pushed_at.utcoffset() == datetime.timedelta(0)
    assert run == {
        "run_key": "run-b",
        "warm_start": "network-1",
        **{key: VERDICT[key] for key in ("metrics", "checks", "examples")},
    }
    assert set(read_run(version_path(registry, first))) == {"run_key", "warm_start", "pushed_at"}


def test_a_model_that_answers_otherwise_never_gets_a_number(saved_model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(saved_model, broken)
    shard = broken / "variables" / "variables.data-00000-of-00001"
    shard.write_bytes(shard.read_bytes()[: shard.stat().st_size // 2])
    registry = tmp_path / "registry"
    with pytest.raises(PushError, match=r"the model was not pushed: its copy in .* failed the check: "):
        push(broken, registry, "run")
    assert [path.name for path in registry.iterdir()] == [".lock"]


def test_a_model_put_there_by_hand_has_no_run(tmp_path: pathlib.Path) -> None:
    assert read_run_key(tmp_path) == ""
    assert read_run(tmp_path) == {}


def test_a_push_that_is_killed_while_it_checks_leaves_nothing_but_a_line(
    saved_model: pathlib.Path, tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    registry = tmp_path / "registry"
    script = "import pathlib, sys; from components.pusher.push import push; push(*map(pathlib.Path, sys.argv[1:]), '')"
    with subprocess.Popen([sys.executable, "-c", script, saved_model, registry]) as pushing:
        while not list(registry.glob(".staging-*/version/assets.extra/run.json")):
            assert pushing.poll() is None
        # It loads TensorFlow now, for seconds.
        time.sleep(0.2)
        assert pushing.poll() is None
        with caplog.at_level("WARNING", "quickdraw"):
            publish(saved_model, registry, {}, check=lambda _: None)
        (left,) = registry.glob(".staging-*")
        pushing.kill()
    assert caplog.messages == []
    newest = publish(saved_model, registry, {}, check=lambda _: None)
    assert caplog.messages == [f"removed {left}, left by a push that was killed"]
    assert list_versions(registry)[-1] == newest
    assert {path.name for path in registry.iterdir()} == {".lock", *map(str, list_versions(registry))}


def test_a_push_to_an_object_store_is_checked_and_found_again(saved_model: pathlib.Path) -> None:
    url = "memory://pushed/models/quickdraw"
    MemoryFileSystem().mkdir("/pushed")
    version = push(saved_model, url, "run-a", verdict=VERDICT)
    assert list_versions(url) == [version]
    (run,) = read_runs(url).values()
    assert (run["run_key"], run["metrics"]) == ("run-a", VERDICT["metrics"])
    assert find_run(url, "run-a") == version
    assert find_run(url, "run-b") == 0


def test_a_model_that_fails_the_check_never_reaches_the_store(saved_model: pathlib.Path) -> None:
    def refuse(copy: pathlib.Path) -> None:
        raise PushError(f"{copy.name} is refused")

    with pytest.raises(PushError, match="version is refused"):
        publish(saved_model, "memory://refused", {}, refuse)
    assert not MemoryFileSystem().exists("/refused")
