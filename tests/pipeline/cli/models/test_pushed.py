import pathlib

import pytest

from components.errors import UsageError
from pipeline.cli.models.pushed import count_words, pushed_at, pushed_folders, registry_folder, state
from tests.pipeline.cli.models.verb import run


@pytest.mark.parametrize("arguments", [("list",), ("show", "latest"), ("prune", "--keep", "1")])
def test_an_empty_workspace_says_what_to_do(arguments: tuple[str, ...], tmp_path: pathlib.Path) -> None:
    with pytest.raises(
        UsageError, match=r"nothing has been pushed to .*; `quickdraw run --data DIR` trains and pushes"
    ):
        run(*arguments, "--workspace", str(tmp_path))


def test_the_newest_folder_comes_first(workspace: pathlib.Path) -> None:
    folders = pushed_folders(registry_folder(workspace, ""))
    assert [folder.name for folder in folders] == ["1764490500", "1700000000"]
    assert [count_words(folder) for folder in folders] == ["3", "1"]
    assert count_words(workspace) == "-"


def test_another_registry_may_be_named(workspace: pathlib.Path) -> None:
    elsewhere = workspace / "elsewhere"
    (workspace / "models" / "quickdraw").rename(elsewhere)
    assert run("list", "--registry", str(elsewhere)).splitlines()[1].startswith("1764490500  ten ")
    with pytest.raises(UsageError, match=r"^gs://bucket is an object store; these verbs work on a folder, "):
        run("list", "--registry", "gs://bucket")


def test_the_time_is_readable() -> None:
    assert pushed_at({"pushed_at": "2025-11-30T08:15:00+00:00"}) == "2025-11-30 08:15:00"
    assert pushed_at({}) == "-"


def test_a_state_is_all_that_applies() -> None:
    assert state({}, serving=False, pinned=False) == ""
    assert state({"rollback_of": 7}, serving=True, pinned=True) == "serving, pinned, rollback of 7"
