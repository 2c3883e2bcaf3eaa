import pathlib

import pytest

from components.errors import UsageError
from components.pusher.pins import pin, pinned_versions, unpin
from components.pusher.registry import list_versions
from tests.components.pusher.made_registry import make_version


@pytest.fixture
def registry(tmp_path: pathlib.Path) -> pathlib.Path:
    for version in (3, 20, 25):
        make_version(tmp_path, version)
    return tmp_path


def test_pins_are_kept_in_a_small_file(registry: pathlib.Path) -> None:
    assert pinned_versions(registry) == []
    for version in (20, 3, 20):
        pin(registry, version)
    assert pinned_versions(registry) == [3, 20]
    assert (registry / "pinned.json").read_text() == '{"pinned": [3, 20]}'
    unpin(registry, 3)
    assert pinned_versions(registry) == [20]
    assert list_versions(registry) == [3, 20, 25]


def test_a_pinned_version_that_somebody_deleted_is_forgotten(registry: pathlib.Path) -> None:
    pin(registry, 3)
    (registry / "3" / "saved_model.pb").unlink()
    assert pinned_versions(registry) == []
    pin(registry, 20)
    assert (registry / "pinned.json").read_text() == '{"pinned": [20]}'


def test_mistakes_are_one_sentence(registry: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"has no version 7; there are 3, 20, 25\."):
        pin(registry, 7)
    with pytest.raises(UsageError, match=r"^version 3 is not pinned; no version is\.$"):
        unpin(registry, 3)
    pin(registry, 20)
    with pytest.raises(UsageError, match=r"^version 3 is not pinned; pinned are 20\.$"):
        unpin(registry, 3)
    with pytest.raises(UsageError, match=r"none has no version 3; nothing has been pushed yet\."):
        pin(tmp_path / "none", 3)
    assert not (tmp_path / "none").exists()
