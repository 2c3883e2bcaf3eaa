import pathlib
import uuid

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from components.errors import UsageError
from components.submission.pushed_model import choose_version, digest_of_model, fetch_model


def put(registry: pathlib.Path, version: int) -> pathlib.Path:
    for name in ("saved_model.pb", "variables/variables.index"):
        path = registry / str(version) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} of {version}")
    return registry / str(version)


@pytest.fixture
def store() -> str:
    """The URL of a registry on an object store, with the version 5."""
    bucket = f"/{uuid.uuid4().hex}"
    for name in ("saved_model.pb", "assets.extra/labels.txt"):
        MemoryFileSystem().pipe_file(f"{bucket}/models/5/{name}", name.encode())
    return f"memory:/{bucket}/models"


def test_the_newest_serves_unless_one_is_named(tmp_path: pathlib.Path) -> None:
    for version in (9, 10, 8):
        put(tmp_path, version)
    assert choose_version(str(tmp_path), None) == 10
    assert choose_version(str(tmp_path), 8) == 8


def test_a_version_that_is_not_there(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"nothing has been pushed to .*; `quickdraw run --data DIR` trains"):
        choose_version(str(tmp_path), None)
    put(tmp_path, 8)
    put(tmp_path, 9)
    with pytest.raises(UsageError, match=r"has no version 7; there are 8, 9\."):
        choose_version(str(tmp_path), 7)


def test_a_folder_is_used_where_it_is(tmp_path: pathlib.Path) -> None:
    assert fetch_model(str(tmp_path), 8, tmp_path / "work") == put(tmp_path, 8)


def test_an_object_store_is_copied_from(store: str, tmp_path: pathlib.Path) -> None:
    assert choose_version(store, None) == 5
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "half.pb").touch()
    model = fetch_model(store, 5, tmp_path)
    assert sorted(path.name for path in model.rglob("*")) == ["assets.extra", "labels.txt", "saved_model.pb"]


def test_the_digest_changes_with_any_file(tmp_path: pathlib.Path) -> None:
    model = put(tmp_path, 8)
    before = digest_of_model(model)
    assert digest_of_model(model) == before
    (model / "variables" / "variables.index").write_text("other")
    changed = digest_of_model(model)
    (model / "variables" / "variables.index").rename(model / "variables" / "variables.data")
    assert len({before, changed, digest_of_model(model)}) == 3
