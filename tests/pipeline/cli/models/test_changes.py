import os
import pathlib

import pytest

from components.pusher.registry import list_versions
from components.pusher.rollback import rollback
from pipeline.cli.models import changes
from tests.components.pusher.made_registry import LONG_AGO, unchecked
from tests.pipeline.cli.models.verb import run
from tests.pipeline.cli.test_main import quickdraw


def registry_of_test(workspace: pathlib.Path) -> pathlib.Path:
    return workspace / "models" / "quickdraw"


def test_rollback_says_what_serves(workspace: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is pushed here is no model that could be loaded.
    monkeypatch.setattr(changes, "roll_back", lambda registry, version: rollback(registry, version, unchecked))
    assert (
        run("rollback", "1700000000", "--workspace", str(workspace))
        == f"version {list_versions(registry_of_test(workspace))[-1]}, a copy of 1700000000, serves now.\n"
    )


def test_rollback_says_when_a_push_was_faster(workspace: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "roll_back", lambda registry, version: 1764490400)
    assert run("rollback", "1700000000", "--workspace", str(workspace)) == (
        "version 1764490400, a copy of 1700000000, was made, but version 1764490500, pushed meanwhile, serves.\n"
    )


def test_pin_prune_and_unpin(workspace: pathlib.Path) -> None:
    arguments = ("--workspace", str(workspace))
    registry = registry_of_test(workspace)
    assert run("pin", "1700000000", *arguments) == "version 1700000000 is pinned.\n"
    assert run("prune", "--keep", "1", *arguments) == "nothing to remove.\nkept 1700000000: it is pinned.\n"
    assert run("unpin", "1700000000", *arguments) == "version 1700000000 is no longer pinned.\n"
    os.utime(registry / "1764490500", (LONG_AGO, LONG_AGO))
    assert run("prune", "--keep", "1", *arguments) == "removed 1700000000.\n"
    assert list_versions(registry) == [1764490500]
    assert run("prune", "--keep", "1", *arguments) == "nothing to remove.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rollback", "7"], "REGISTRY has no version 7; there are 1700000000, 1764490500."),
        (["rollback", "1764490500"], "version 1764490500 serves already."),
        (["pin", "7"], "REGISTRY has no version 7; there are 1700000000, 1764490500."),
        (["unpin", "1700000000"], "version 1700000000 is not pinned; no version is."),
        (["prune", "--keep", "0"], "--keep must be at least 1, not 0: the newest version serves."),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(
    workspace: pathlib.Path, arguments: list[str], sentence: str
) -> None:
    done = quickdraw("models", *arguments, "--workspace", str(workspace))
    assert done.returncode == 2
    assert done.stderr == f"quickdraw: {sentence}\n".replace("REGISTRY", str(registry_of_test(workspace)))
    assert done.stdout == ""
