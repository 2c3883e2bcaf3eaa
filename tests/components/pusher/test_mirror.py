import pytest
from s3fs import S3FileSystem

from components.errors import QuickdrawError, UsageError
from components.pusher import object_store
from components.pusher.mirror import keep_mirroring, mirror
from components.pusher.push import publish
from components.pusher.registry import list_versions
from tests.components.s3_server import BUCKET, s3_with_a_bucket

URL = f"s3://{BUCKET}/models/quickdraw"


@pytest.fixture(autouse=True)
def s3(monkeypatch):
    with s3_with_a_bucket(monkeypatch) as server:
        yield server


@pytest.fixture
def push(tmp_path):
    """Pushes a model with a graph of this text."""

    def push(text):
        model = tmp_path / text
        (model / "variables").mkdir(parents=True)
        (model / "saved_model.pb").write_text(text)
        (model / "variables/variables.index").write_text("weights")
        return publish(model, URL, {}, check=lambda _: None)

    return push


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_newest_version_comes_whole(push, tmp_path):
    push("first")
    newest = push("second")
    assert mirror(URL, tmp_path / "folder") == newest
    assert list_versions(tmp_path / "folder") == [newest]
    assert files(tmp_path / "folder" / str(newest)) == [
        "assets.extra/run.json",
        "saved_model.pb",
        "variables/variables.index",
    ]


def test_what_is_there_is_not_copied_again(push, tmp_path):
    newest = push("first")
    mirror(URL, tmp_path / "folder")
    (tmp_path / "folder" / str(newest) / "saved_model.pb").write_text("mine")
    assert mirror(URL, tmp_path / "folder") == 0
    assert (tmp_path / "folder" / str(newest) / "saved_model.pb").read_text() == "mine"


def test_an_empty_registry_is_waited_for(tmp_path):
    assert mirror(URL, tmp_path / "folder") == 0


def test_a_version_that_has_no_model_yet_is_not_there(push, tmp_path):
    newest = push("first")
    S3FileSystem().pipe_file(f"{BUCKET}/models/quickdraw/{newest + 1}/assets.extra/run.json", b"{}")
    assert mirror(URL, tmp_path / "folder") == newest


def test_one_that_is_removed_meanwhile_leaves_nothing(push, tmp_path, monkeypatch):
    push("first")
    monkeypatch.setattr(object_store, "download", lambda _url, _version, target: target.mkdir())
    with pytest.raises(QuickdrawError, match="was removed while it was copied"):
        mirror(URL, tmp_path / "folder")
    assert files(tmp_path / "folder") == [".lock"]


def test_a_store_that_fails_for_a_while_is_asked_again(push, tmp_path, monkeypatch, caplog):
    newest = push("first")
    answers = iter([UsageError("the registry cannot be listed"), [newest]])

    def list_after_an_error(_):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    class EnoughError(Exception):
        pass

    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            raise EnoughError

    monkeypatch.setattr(object_store, "list_versions", list_after_an_error)
    with pytest.raises(EnoughError):
        keep_mirroring(URL, tmp_path / "folder", 30, sleep)
    assert waits == [30, 30]
    assert list_versions(tmp_path / "folder") == [newest]
