"""Pushes to fsspec's store in memory."""

import json
import logging
import pathlib
from collections.abc import Iterator

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from components.errors import UsageError
from components.pusher import object_store
from components.pusher.object_store import UploadError, download, list_versions, read_run, upload

URL = "memory://bucket/models/quickdraw"


@pytest.fixture(autouse=True)
def empty_store() -> Iterator[None]:
    """fsspec keeps one store in memory a process; tests that ran before in this one may have left a bucket."""
    _empty_store()
    MemoryFileSystem().mkdir("/bucket")
    yield
    _empty_store()


def _empty_store() -> None:
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


@pytest.fixture
def model(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder that passes for a checked model."""
    for name in ("saved_model.pb", "variables/variables.index", "assets.extra/labels.txt"):
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")
    (tmp_path / "model" / "assets.extra" / "run.json").write_text(json.dumps({"run_key": "a"}))
    return tmp_path / "model"


def put(path: str) -> None:
    MemoryFileSystem().pipe_file(f"/bucket/models/quickdraw/{path}", b"x")


def contents(folder: pathlib.Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_was_uploaded_can_be_listed_read_and_downloaded(model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    assert list_versions(URL) == []
    first = upload(model, URL)
    second = upload(model, f"{URL}/")
    assert second > first > 1_700_000_000
    assert list_versions(URL) == [first, second]
    assert read_run(URL, first) == {"run_key": "a"}
    assert read_run(URL, 7) == {}
    download(URL, second, tmp_path / "out" / "model")
    assert contents(tmp_path / "out" / "model") == contents(model)


def test_the_graph_comes_last_and_only_then_is_it_a_version(
    model: pathlib.Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[str] = []
    whole_put = MemoryFileSystem.put_file

    def watched_put(store: MemoryFileSystem, local: str, remote: str) -> None:
        assert list_versions(URL) == []
        sent.append(remote.split("/", 5)[-1])
        whole_put(store, local, remote)

    monkeypatch.setattr(MemoryFileSystem, "put_file", watched_put)
    with caplog.at_level(logging.INFO, "quickdraw"):
        version = upload(model, URL)
    assert sent == ["assets.extra/labels.txt", "assets.extra/run.json", "variables/variables.index", "saved_model.pb"]
    assert list_versions(URL) == [version]
    assert caplog.messages == [
        f"{URL} is an object store, which cannot rename a folder: data first, saved_model.pb last"
    ]


@pytest.mark.parametrize("cut", ["variables.index", "saved_model.pb"])
def test_a_file_that_did_not_arrive_whole_is_no_version(
    model: pathlib.Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    def cutting_put(store: MemoryFileSystem, local: str, remote: str) -> None:
        content = pathlib.Path(local).read_bytes()
        store.pipe_file(remote, content[: 5 if remote.endswith(cut) else None])

    monkeypatch.setattr(MemoryFileSystem, "put_file", cutting_put)
    with pytest.raises(UploadError, match=rf"{cut} has 5 bytes after \d+ were sent; nothing was pushed\."):
        upload(model, URL)
    assert list_versions(URL) == []
    monkeypatch.undo()
    (half,) = {int(path.split("/")[4]) for path in MemoryFileSystem.store}
    version = upload(model, URL)
    assert version > half
    assert list_versions(URL) == [version]


def test_versions_grow_whatever_lies_there(model: pathlib.Path) -> None:
    put("9000000000/saved_model.pb")
    put("9000000005/variables/variables.index")
    put("notes.txt")
    assert upload(model, URL) == 9_000_000_006
    assert list_versions(URL) == [9_000_000_000, 9_000_000_006]


def test_of_two_that_take_the_same_version_one_takes_the_next(
    model: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_store, "next_version", lambda *_: 7)
    assert [upload(model, URL), upload(model, URL)] == [7, 8]


@pytest.mark.parametrize(
    ("url", "words"),
    [("s4://bucket", "Protocol not known: s4"), ("gs://bucket/models", "gcsfs")],
)
def test_a_store_that_cannot_be_opened_is_one_sentence(url: str, words: str) -> None:
    with pytest.raises(UsageError, match=rf"^the registry {url} cannot be opened: .*{words}"):
        list_versions(url)
