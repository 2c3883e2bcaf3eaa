"""The folder of statistics: versions only grow, data is never compared with itself."""

import pathlib

import pytest

from components.data_gate.statistics_registry import list_versions, load_split, newest_version_of_other_data, publish
from tests.components.data_gate.made_statistics import make_rows, statistics_of, write_statistics


@pytest.fixture
def statistics(tmp_path: pathlib.Path) -> pathlib.Path:
    write_statistics(tmp_path / "statistics", {"train": make_rows(20, 0), "eval": make_rows(5, 1)})
    return tmp_path / "statistics"


@pytest.fixture
def registry(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "registry"


def test_an_empty_registry(registry: pathlib.Path) -> None:
    assert list_versions(registry) == []
    assert newest_version_of_other_data(registry, "a") == 0


def test_what_is_published_can_be_read(statistics: pathlib.Path, registry: pathlib.Path) -> None:
    version = publish(statistics, registry, "a")
    assert list_versions(registry) == [version]
    assert load_split(registry, version, "train") == statistics_of(make_rows(20, 0))
    assert sorted(path.name for path in registry.iterdir()) == [".lock", str(version)]


def test_versions_grow_even_if_the_clock_went_back(statistics: pathlib.Path, registry: pathlib.Path) -> None:
    first = publish(statistics, registry, "a")
    (registry / str(first)).rename(registry / "9000000000")
    assert publish(statistics, registry, "b") == 9_000_000_001


def test_the_same_data_is_published_once(statistics: pathlib.Path, registry: pathlib.Path) -> None:
    first = publish(statistics, registry, "a")
    assert publish(statistics, registry, "a") == first
    second = publish(statistics, registry, "b")
    assert publish(statistics, registry, "a") > second > first


def test_data_is_compared_with_the_newest_of_other_data(statistics: pathlib.Path, registry: pathlib.Path) -> None:
    first, second = publish(statistics, registry, "a"), publish(statistics, registry, "b")
    assert newest_version_of_other_data(registry, "a") == second
    assert newest_version_of_other_data(registry, "b") == first
    assert newest_version_of_other_data(registry, "c") == second


def test_half_a_version_is_none(statistics: pathlib.Path, registry: pathlib.Path) -> None:
    (registry / "5").mkdir(parents=True)
    (registry / ".staging-1").mkdir()
    version = publish(statistics, registry, "a")
    assert list_versions(registry) == [version]


def test_a_failed_copy_leaves_nothing(tmp_path: pathlib.Path, registry: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "nowhere", registry, "a")
    assert [path.name for path in registry.iterdir()] == [".lock"]
