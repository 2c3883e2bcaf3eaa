import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.errors import UsageError
from components.pusher.pins import pin
from components.pusher.prune import Pruning, prune
from components.pusher.push import publish
from components.pusher.registry import list_versions
from tests.components.pusher.made_registry import make_version, unchecked

VERSIONS = (3, 20, 25, 31, 44)


@pytest.fixture
def registry(tmp_path: pathlib.Path) -> pathlib.Path:
    for version in VERSIONS:
        make_version(tmp_path, version)
    return tmp_path


@pytest.mark.parametrize(
    ("keep", "baseline", "left"),
    [
        (1, 0, [44]),
        (2, 0, [31, 44]),
        (2, 20, [20, 31, 44]),
        (1, 44, [44]),
        (5, 3, list(VERSIONS)),
        (9, 0, list(VERSIONS)),
    ],
)
def test_the_newest_and_the_baseline_stay(registry: pathlib.Path, keep: int, baseline: int, left: list[int]) -> None:
    pruning = prune(registry, keep, baseline)
    assert list_versions(registry) == left
    assert pruning.removed == tuple(version for version in VERSIONS if version not in left)
    assert {path.name for path in registry.iterdir()} == {".lock", *map(str, left)}


def test_a_pinned_version_stays(registry: pathlib.Path) -> None:
    pin(registry, 3)
    assert prune(registry, 1, baseline=20) == Pruning(
        removed=(25, 31), spared={3: "it is pinned", 20: "the newest was compared with it"}
    )


def test_what_a_server_may_be_loading_stays(registry: pathlib.Path) -> None:
    newest = publish(registry / "44", registry, {}, unchecked)
    pruning = prune(registry, 1)
    assert list_versions(registry) == [44, newest]
    assert pruning.spared == {44: "it was replaced a moment ago, and a server may still be loading it"}
    assert prune(registry, 1, seconds_to_load=0.0) == Pruning(removed=(44,), spared={})


def test_what_a_killed_pruning_left_is_deleted(registry: pathlib.Path) -> None:
    (registry / "3").rename(registry / ".removed-1")
    assert prune(registry, 9) == Pruning((), {})
    assert not (registry / ".removed-1").exists()


def test_mistakes_are_one_sentence_and_nothing_is_nothing(registry: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"^--keep must be at least 1, not 0: the newest version serves\.$"):
        prune(registry, 0)
    assert prune(registry / "none", 1) == Pruning((), {})
    assert not (registry / "none").exists()


# It writes folders, which may take long on a busy disk.
@settings(max_examples=50)
@given(
    versions=st.sets(st.integers(1, 50), min_size=1),
    pinned=st.sets(st.integers(1, 50), max_size=4),
    keep=st.integers(1, 6),
    baseline=st.integers(0, 50),
)
def test_whatever_is_there_only_old_unwanted_versions_go(
    tmp_path_factory: pytest.TempPathFactory, versions: set[int], pinned: set[int], keep: int, baseline: int
) -> None:
    registry = tmp_path_factory.mktemp("registry")
    for version in versions:
        make_version(registry, version)
    (registry / "pinned.json").write_text(f'{{"pinned": {sorted(pinned)}}}')
    pruning = prune(registry, keep, baseline)
    wanted = set(sorted(versions)[-keep:]) | ((pinned | {baseline}) & versions)
    assert set(list_versions(registry)) == wanted
    assert set(pruning.removed) == versions - wanted
    assert set(pruning.spared) == wanted - set(sorted(versions)[-keep:])
