"""kill -9 at any moment of a push: whoever reads the newest version finds the old one or the new one, whole."""

import pathlib
import random
import subprocess
import sys
import time

import pytest

from components.pusher.push import publish
from components.pusher.registry import list_versions
from tests.end_to_end import push_in_a_loop
from tests.end_to_end.registry_reader import Reader, is_one_of

KILLS = 100


@pytest.fixture
def models(tmp_path: pathlib.Path) -> list[pathlib.Path]:
    """Two models of the same file names, no file of which is equal."""
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        for name in ("saved_model.pb", "variables/variables.index", "variables/variables.data", "assets.extra/labels"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"{folder.name} {name} ".encode() * 5000)
    return folders


def push_and_be_killed(registry: pathlib.Path, models: list[pathlib.Path], seconds: float) -> None:
    # -S: the start is most of the time, and nothing installed is needed.
    command = [sys.executable, "-S", push_in_a_loop.__file__, registry, *models]
    project = pathlib.Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONPATH": str(project)}) as pushing:
        assert pushing.stdout is not None
        assert pushing.stdout.readline() == b"begun\n"
        time.sleep(seconds)
        pushing.kill()


def test_a_reader_never_meets_half_a_push(tmp_path: pathlib.Path, models: list[pathlib.Path]) -> None:
    registry = tmp_path / "registry"
    publish(models[0], registry, {"run_key": "a"}, push_in_a_loop.unchecked)
    moments = random.Random(7)
    left_behind = 0
    with Reader(registry, is_one_of(models)).at_work() as reader:
        for _ in range(KILLS):
            push_and_be_killed(registry, models, moments.uniform(0.0, 0.1))
            left_behind += any(registry.glob(".staging-*"))
    assert reader.failure is None, reader.failure
    assert reader.reads > KILLS
    assert reader.versions == sorted(set(reader.versions))
    # Else the kills came too early or too late to prove anything.
    assert left_behind > KILLS / 10
    assert len(reader.versions) > KILLS / 10

    newest = publish(models[1], registry, {"run_key": "b"}, push_in_a_loop.unchecked)
    assert {path.name for path in registry.iterdir()} == {".lock", *map(str, list_versions(registry))}
    assert list_versions(registry)[-1] == newest
    for version in list_versions(registry):
        is_one_of(models)(registry / str(version))
