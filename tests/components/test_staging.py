import pathlib

import pytest

from components.staging import delete_withdrawn, locked, staged, withdraw


def names(folder: pathlib.Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_not_published_is_removed(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "models" / "quickdraw"
    with pytest.raises(RuntimeError), staged(folder) as staging:
        staging.mkdir()
        (staging / "model").touch()
        assert staging.parent.parent == folder
        assert staging.parent.name.startswith(".staging-")
        raise RuntimeError("failed")
    assert names(folder) == [".lock"]


def test_of_two_at_once_neither_removes_the_other(tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture) -> None:
    with staged(tmp_path) as first:
        first.mkdir()
        with staged(tmp_path) as second:
            second.mkdir()
            assert first.is_dir()
        assert first.is_dir()
        assert not second.parent.exists()
    assert names(tmp_path) == [".lock"]
    assert caplog.messages == []


def test_what_dead_ones_left_is_removed_and_told(tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture) -> None:
    older, newer = tmp_path / ".staging-1", tmp_path / ".staging-2"
    for folder in (older, newer / "version", tmp_path / ".removed-3" / "variables"):
        folder.mkdir(parents=True)
        (folder / "saved_model.pb").touch()
    (newer / "owner.lock").touch()
    (tmp_path / "5").mkdir()
    with staged(tmp_path) as staging:
        assert names(tmp_path) == sorted([".lock", "5", staging.parent.name])
    assert sorted(caplog.messages) == [f"removed {path}, left by a push that was killed" for path in (older, newer)]


def test_what_is_withdrawn_goes_in_one_step_and_then_from_the_disk(tmp_path: pathlib.Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "saved_model.pb").touch()
    folder = tmp_path / "versions"
    (folder / "7" / "variables").mkdir(parents=True)
    (folder / "8").symlink_to(elsewhere)
    with locked(folder):
        for name in ("7", "8"):
            withdraw(folder / name)
    assert [name[:9] for name in names(folder)] == [".lock", ".removed-", ".removed-"]
    delete_withdrawn(folder)
    assert names(folder) == [".lock"]
    # Only the link was a version.
    assert names(elsewhere) == ["saved_model.pb"]
