import pathlib
import shutil
from typing import Any

import pytest

from components.errors import UsageError
from components.pusher.push import PushError, read_run
from components.pusher.registry import list_versions, version_path
from components.pusher.rollback import rollback
from tests.components.pusher.made_registry import make_version, unchecked

RUN: dict[str, Any] = {"run_key": "a", "warm_start": "", "metrics": {"accuracy": 0.75}, "pushed_at": "2025-11-30"}


@pytest.fixture
def registry(tmp_path: pathlib.Path) -> pathlib.Path:
    make_version(tmp_path, 3, RUN)
    make_version(tmp_path, 20, {"run_key": "b"})
    make_version(tmp_path, 25)
    return tmp_path


def test_the_copy_serves_and_tells_what_it_is(registry: pathlib.Path) -> None:
    copy = rollback(registry, 3, unchecked)
    assert list_versions(registry) == [3, 20, 25, copy]
    assert (version_path(registry, copy) / "saved_model.pb").read_text() == "model 3"
    run = read_run(version_path(registry, copy))
    assert run.pop("pushed_at") > "2025-12"
    assert run == {
        "run_key": "a",
        "warm_start": "",
        "metrics": {"accuracy": 0.75},
        "rollback_of": 3,
        "first_version": 3,
        "rolled_back_from": 25,
    }
    assert read_run(version_path(registry, 3)) == RUN


def test_a_copy_of_a_copy_knows_the_first_version(registry: pathlib.Path) -> None:
    first = rollback(registry, 3, unchecked)
    other = rollback(registry, 20, unchecked)
    second = rollback(registry, first, unchecked)
    run = read_run(version_path(registry, second))
    assert (run["rollback_of"], run["first_version"], run["rolled_back_from"]) == (first, 3, other)


def test_a_model_put_there_by_hand_can_be_rolled_back_to(registry: pathlib.Path) -> None:
    rollback(registry, 20, unchecked)
    run = read_run(version_path(registry, rollback(registry, 25, unchecked)))
    assert (run["rollback_of"], run["first_version"], "run_key" in run) == (25, 25, False)


def test_mistakes_are_one_sentence_and_change_nothing(registry: pathlib.Path) -> None:
    copy = rollback(registry, 3, unchecked)
    there = list_versions(registry)
    for version, sentence in (
        (7, rf"{registry} has no version 7; there are 3, 20, 25, {copy}\."),
        (copy, rf"version {copy} serves already\."),
        (3, rf"version {copy}, which serves, is a copy of version 3 already\."),
    ):
        with pytest.raises(UsageError, match=f"^{sentence}$"):
            rollback(registry, version, unchecked)
    with pytest.raises(UsageError, match=r"none has no version 3; nothing has been pushed yet\."):
        rollback(registry / "none", 3)
    assert list_versions(registry) == there


def test_a_version_that_is_pruned_while_it_is_copied(registry: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_copy = shutil.copytree

    def pruned_meanwhile(source: pathlib.Path, target: pathlib.Path) -> None:
        source.rename(registry / ".removed-1")
        whole_copy(source, target)

    monkeypatch.setattr(shutil, "copytree", pruned_meanwhile)
    with pytest.raises(UsageError, match=r"^version 3 was removed while it was copied; 25 goes on serving\.$"):
        rollback(registry, 3, unchecked)
    assert list_versions(registry) == [20, 25]


def test_what_is_published_meanwhile_is_not_lost(registry: pathlib.Path) -> None:
    pushed = []

    def push_meanwhile(_: pathlib.Path) -> None:
        pushed.append(rollback(registry, 20, unchecked))

    copy = rollback(registry, 3, push_meanwhile)
    assert list_versions(registry) == [3, 20, 25, *pushed, copy]


def test_a_version_that_no_longer_answers_as_it_did_is_refused(
    saved_model: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    shutil.copytree(saved_model, tmp_path / "3")
    (tmp_path / "3" / "variables" / "variables.index").write_bytes(b"")
    make_version(tmp_path, 20)
    with pytest.raises(PushError, match="failed the check"):
        rollback(tmp_path, 3)
    assert list_versions(tmp_path) == [3, 20]
