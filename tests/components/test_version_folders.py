"""Versions only grow, and appear whole or not at all."""

import pathlib

import pytest

from components import version_folders
from components.version_folders import list_numbered, next_version, publish_staged, staged

MARKER = "model"


def add(folder: pathlib.Path, name: str) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / MARKER).touch()


@pytest.mark.parametrize(("now", "expected"), [(1000.9, 1000), (20.0, 21), (-5.0, 21)])
def test_the_next_version_grows_even_when_the_clock_goes_back(
    tmp_path: pathlib.Path, now: float, expected: int
) -> None:
    for name in ("3", "20", ".staging-1", "0", "x7", "\u0663"):
        add(tmp_path, name)
    assert next_version(tmp_path, MARKER, now) == expected


def test_a_version_that_another_writer_took_meanwhile_is_not_overwritten(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new"
    looked_up = iter([7, 7, 8])

    def late(*_: object) -> int:
        version = next(looked_up)
        if not (folder / "7").exists():
            add(folder, "7")
        return version

    monkeypatch.setattr(version_folders, "next_version", late)
    with staged(folder) as staging:
        add(folder, staging.name)
        assert publish_staged(staging, MARKER) == 8
    assert list_numbered(folder, MARKER) == [7, 8]
    assert sorted(path.name for path in folder.iterdir()) == ["7", "8"]


def test_what_is_not_published_is_removed(tmp_path: pathlib.Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path) as staging:
        add(tmp_path, staging.name)
        raise RuntimeError("killed")
    assert list(tmp_path.iterdir()) == []
