"""A server that loads the newest version again and again never fails, whatever is pushed, rolled back and pruned."""

import concurrent.futures
import functools
import multiprocessing
import pathlib

import pytest
import tensorflow as tf

from components.errors import UsageError
from components.pusher.prune import prune
from components.pusher.push import publish, read_run
from components.pusher.registry import list_versions
from components.pusher.rollback import rollback
from tests.end_to_end.push_in_a_loop import unchecked
from tests.end_to_end.registry_reader import Reader
from tests.serving.tiny_model import DRAWING, write_model

PUSHES, ROLLBACKS, PROCESSES = 200, 50, 4
# Until a version may be pruned that was just replaced: a load of the tiny model takes a twentieth of it.
SECONDS_TO_LOAD = 3.0


@pytest.fixture
def models(tmp_path: pathlib.Path) -> dict[str, pathlib.Path]:
    """Models that answer their own name."""
    return {name: write_model(tmp_path / name, int(name)) for name in ("1", "2", "3")}


def load_and_ask(version: pathlib.Path) -> None:
    answers = tf.saved_model.load(str(version)).signatures["serving_default"](tf.constant([DRAWING]))
    assert str(int(answers["scores"][0, 0])) == read_run(version)["run_key"]


def push_often(registry: pathlib.Path, models: dict[str, pathlib.Path], times: int) -> list[int]:
    names = sorted(models)
    versions = []
    for turn in range(times):
        name = names[turn % len(names)]
        versions.append(publish(models[name], registry, {"run_key": name}, unchecked))
        prune(registry, keep=2, seconds_to_load=SECONDS_TO_LOAD)
    return versions


def roll_back_often(registry: pathlib.Path, times: int) -> list[int]:
    versions: list[int] = []
    while len(versions) < times:
        try:
            versions.append(rollback(registry, list_versions(registry)[-2], unchecked))
        except UsageError as error:
            assert any(words in str(error) for words in ("was removed", "is a copy of", "serves already")), error
    return versions


def test_the_newest_version_always_loads(tmp_path: pathlib.Path, models: dict[str, pathlib.Path]) -> None:
    registry = tmp_path / "registry"
    first = [publish(models[name], registry, {"run_key": name}, unchecked) for name in ("1", "2")]
    with Reader(registry, load_and_ask).at_work() as reader, concurrent.futures.ThreadPoolExecutor() as threads:
        pushed = threads.submit(push_often, registry, models, PUSHES)
        rolled_back = threads.submit(roll_back_often, registry, ROLLBACKS)
        made = first + pushed.result() + rolled_back.result()
    assert reader.failure is None, reader.failure
    assert reader.reads >= len(reader.versions) > 10
    assert reader.versions == sorted(set(reader.versions))
    assert len(set(made)) == len(made) == 2 + PUSHES + ROLLBACKS
    left = list_versions(registry)
    assert left[-1] == max(made)
    # Else nothing was pruned under the reader's eyes.
    assert len(left) < len(made)


def test_pushes_of_four_processes_at_once_are_all_there(
    tmp_path: pathlib.Path, models: dict[str, pathlib.Path]
) -> None:
    registry = tmp_path / "registry"
    workers = concurrent.futures.ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"))
    push = functools.partial(publish, models["1"], registry, check=unchecked)
    with workers:
        versions = list(workers.map(push, [{"run_key": str(turn)} for turn in range(40)]))
    assert list_versions(registry) == sorted(versions)
    assert len(set(versions)) == 40
    runs = {int(read_run(registry / str(version))["run_key"]): version for version in versions}
    assert [runs[turn] for turn in range(40)] == versions
    assert {path.name for path in registry.iterdir()} == {".lock", *map(str, versions)}
