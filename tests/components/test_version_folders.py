"""Versions only grow, and appear whole or not at all."""

import pathlib
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import version_folders
from components.staging import locked, staged
from components.version_folders import list_numbered, newest_numbered, next_version, numbers_among, publish_staged

MARKER = "model"
NAMES = st.one_of(
    st.integers(0, 2**65).map(str),
    st.integers(0, 99).map("{:05}".format),
    st.sampled_from([".staging-1", ".removed-7", ".lock", "x7", "7.tmp", "-7", "+7", "1_000", " 7", "\u0663"]),
)


def add(path: pathlib.Path) -> None:
    path.mkdir(parents=True)
    (path / MARKER).touch()


def names(folder: pathlib.Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """Versions 3 and 20; the rest is what lies around."""
    for name in ("3", "20", "007", ".staging-1", "0", "x7", "\u0663", "9" * 30):
        add(tmp_path / name)
    return tmp_path


def test_versions_are_positive_numbers_with_a_marker(folder: pathlib.Path) -> None:
    (folder / "99").mkdir()
    assert list_numbered(folder, MARKER) == [3, 20]
    assert newest_numbered(folder, MARKER) == 20
    assert list_numbered(folder / "none", MARKER) == []
    assert newest_numbered(folder / "none", MARKER) == 0


def test_names_are_numbers_as_tf_serving_reads_them() -> None:
    there = [
        "3",
        "007",
        "0",
        ".7",
        "7.tmp",
        "-7",
        "+7",
        "1_0",
        " 7",
        "\u0663",
        "x",
        str(2**63),
        "9" * 300,
        str(2**63 - 2),
    ]
    assert numbers_among(there) == {0, 3, 7, 2**63 - 2}


@pytest.mark.parametrize(("now", "expected"), [(1000.9, 1000), (20.0, 21), (-5.0, 21)])
def test_the_next_version_grows_even_when_the_clock_goes_back(folder: pathlib.Path, now: float, expected: int) -> None:
    assert next_version(numbers_among(names(folder)), now) == expected


def test_the_next_version_is_above_what_tf_serving_would_ask_for_and_not_find(folder: pathlib.Path) -> None:
    (folder / "500").mkdir()
    (folder / "0600").touch()
    assert next_version(numbers_among(names(folder)), 30.0) == 601


# It writes folders, which may take long on a busy disk.
@settings(max_examples=50)
@given(there=st.sets(NAMES), now=st.floats(0, 2e9))
def test_whatever_lies_there_the_next_version_is_new_and_the_highest(
    tmp_path_factory: pytest.TempPathFactory, there: set[str], now: float
) -> None:
    folder = tmp_path_factory.mktemp("versions")
    for name in there:
        add(folder / name)
    version = next_version(numbers_among(there), now)
    assert version >= int(now)
    assert str(version) not in there
    add(folder / str(version))
    assert newest_numbered(folder, MARKER) == version


def test_what_is_published_is_the_newest(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version_folders.time, "time", lambda: 10.0)
    with staged(folder) as staging:
        add(staging)
        assert list_numbered(folder, MARKER) == [3, 20]
        assert publish_staged(staging) == 21
        assert list_numbered(folder, MARKER) == [3, 20, 21]


def test_a_version_that_another_writer_took_meanwhile_is_not_overwritten(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = iter([7, 7, 8])

    def late(*_: object) -> int:
        version = next(looked_up)
        if not (tmp_path / "7").exists():
            add(tmp_path / "7")
        return version

    monkeypatch.setattr(version_folders, "next_version", late)
    with staged(tmp_path) as staging:
        add(staging)
        assert publish_staged(staging) == 8
    assert list_numbered(tmp_path, MARKER) == [7, 8]
    assert names(tmp_path) == [".lock", "7", "8"]


def test_what_was_never_made_cannot_be_published(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError), staged(tmp_path) as staging:
        publish_staged(staging)


def test_publishing_waits_for_who_else_changes_names(tmp_path: pathlib.Path) -> None:
    with staged(tmp_path) as staging:
        add(staging)
        publishing = threading.Thread(target=publish_staged, args=[staging])
        with locked(tmp_path):
            publishing.start()
            publishing.join(timeout=0.2)
            assert list_numbered(tmp_path, MARKER) == []
        publishing.join()
        assert len(list_numbered(tmp_path, MARKER)) == 1


def test_a_version_is_on_the_disk_before_anybody_is_told(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def watched_sync(folder: pathlib.Path) -> None:
        synced.append((folder, list_numbered(folder, MARKER)))

    with staged(tmp_path) as staging:
        add(staging)
        monkeypatch.setattr(version_folders, "sync_to_disk", watched_sync)
        version = publish_staged(staging)
    assert synced == [(tmp_path, [version])]
