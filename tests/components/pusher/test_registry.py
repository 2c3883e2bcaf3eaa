import pathlib

import pytest

from components.errors import UsageError
from components.pusher.registry import list_versions, newest_version, registry_of, require_version


@pytest.fixture
def registry(tmp_path: pathlib.Path) -> pathlib.Path:
    """Versions 3 and 20; the rest is what lies around."""
    for name in ("3", "20", ".staging-1", "0", "x7", "\u0663"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "saved_model.pb").touch()
    (tmp_path / "99").mkdir()
    (tmp_path / "100").touch()
    return tmp_path


def test_versions_are_positive_numbers_with_a_model(registry: pathlib.Path) -> None:
    assert list_versions(registry) == [3, 20]
    assert newest_version(registry) == 20


def test_a_missing_registry_has_no_version(tmp_path: pathlib.Path) -> None:
    assert list_versions(tmp_path / "none") == []
    assert newest_version(tmp_path / "none") == 0


def test_the_folder_is_named_as_the_served_model_is() -> None:
    assert registry_of(pathlib.Path("workspace")) == pathlib.Path("workspace/models/quickdraw")


def test_a_version_must_be_there(registry: pathlib.Path) -> None:
    assert require_version(registry, 3) == 20
    with pytest.raises(UsageError, match=rf"^{registry} has no version 99; there are 3, 20\.$"):
        require_version(registry, 99)
    with pytest.raises(UsageError, match=r"none has no version 3; nothing has been pushed yet\.$"):
        require_version(registry / "none", 3)
