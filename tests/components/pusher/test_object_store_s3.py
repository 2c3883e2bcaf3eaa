"""Pushes through s3fs to moto's S3 server: what the store in memory cannot tell, being no S3."""

import concurrent.futures
import json
import pathlib
import socket
import threading
from collections.abc import Iterator

import pytest
from s3fs import S3FileSystem
from werkzeug import Request, Response

from components.errors import UsageError
from components.pusher import object_store
from components.pusher.object_store import UploadError, download, list_versions, read_run, upload
from components.pusher.push import find_run, push, read_runs
from tests.components.s3_server import BUCKET, CREDENTIALS, S3, SECRET, cut, s3_with_a_bucket, use

URL = f"s3://{BUCKET}/models/quickdraw"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    with s3_with_a_bucket(monkeypatch) as server:
        yield server


def write_model(folder: pathlib.Path, name: str) -> pathlib.Path:
    """A folder that passes for a checked model; each of its files tells whose it is."""
    for path in ("saved_model.pb", "variables/variables.index", "variables/variables.data", "assets.extra/labels.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{path} of {name}")
    (folder / "assets.extra" / "run.json").write_text(json.dumps({"run_key": name}))
    return folder


@pytest.fixture
def model(tmp_path: pathlib.Path) -> pathlib.Path:
    return write_model(tmp_path / "model", "a")


def put(key: str) -> None:
    S3FileSystem().pipe_file(f"{BUCKET}/models/quickdraw/{key}", b"")


def contents(folder: pathlib.Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_for(request: Request, name: str) -> bool:
    return request.method == "PUT" and request.path.endswith(name)


@pytest.mark.usefixtures("s3")
def test_a_real_model_is_checked_pushed_found_and_copied_back(
    saved_model: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert list_versions(URL) == []
    first = push(saved_model, URL, "run-a")
    second = upload(write_model(tmp_path / "model", "b"), f"{URL}/")
    assert second > first > 1_700_000_000
    assert list_versions(URL) == [first, second]
    assert {version: run["run_key"] for version, run in read_runs(URL).items()} == {first: "run-a", second: "b"}
    assert (find_run(URL, "run-a"), find_run(URL, "run-c")) == (first, 0)
    assert read_run(URL, 7) == {}

    download(URL, first, tmp_path / "out" / "model")
    copied = contents(tmp_path / "out" / "model")
    assert json.loads(copied.pop("assets.extra/run.json"))["run_key"] == "run-a"
    assert copied == contents(saved_model)
    download(URL, 7, tmp_path / "gone")
    assert list((tmp_path / "gone").iterdir()) == []


def test_the_graph_is_the_last_that_the_server_is_given(s3: S3, model: pathlib.Path) -> None:
    version = upload(model, URL)
    keys = [key.removeprefix(f"models/quickdraw/{version}/") for key in s3.written()]
    # Taken, tried a second time, and sent.
    assert keys[:2] == ["assets.extra/run.json"] * 2
    assert keys[2:] == [
        "assets.extra/labels.txt",
        "assets.extra/run.json",
        "variables/variables.data",
        "variables/variables.index",
        "saved_model.pb",
    ]


def test_pushes_at_once_take_different_versions_and_mix_nothing(s3: S3, tmp_path: pathlib.Path) -> None:
    names = "abcdef"
    together = threading.Barrier(len(names))

    def push_one(name: str) -> int:
        folder = write_model(tmp_path / name, name)
        together.wait()
        return upload(folder, URL)

    with concurrent.futures.ThreadPoolExecutor(len(names)) as threads:
        versions = list(threads.map(push_one, names))
    assert list_versions(URL) == sorted(set(versions))
    assert len(set(versions)) == len(names)
    for name, version in zip(names, versions, strict=True):
        download(URL, version, tmp_path / "out" / name)
        assert contents(tmp_path / "out" / name) == contents(tmp_path / name)
    # More were refused than the one of each push that tries its own once more.
    assert len([key for key in s3.written() if key.endswith("run.json")]) > 3 * len(names)


@pytest.mark.parametrize(
    ("status", "code"), [(412, "PreconditionFailed"), (412, "ObjectAlreadyThere"), (409, "ConditionalRequestConflict")]
)
def test_a_taken_number_is_passed_over_however_the_store_says_so(
    s3: S3, model: pathlib.Path, monkeypatch: pytest.MonkeyPatch, status: int, code: str
) -> None:
    def in_other_words(_: Request, response: Response) -> None:
        if response.status_code == 412:
            response.status_code = status
            response.data = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()

    monkeypatch.setattr(object_store, "next_version", lambda *_: 7)
    s3.after = in_other_words
    assert [upload(model, URL), upload(model, URL)] == [7, 8]


def test_a_number_that_another_is_just_taking_is_passed_over(
    s3: S3, model: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflict = b"<Error><Code>ConditionalRequestConflict</Code><Message>at once</Message></Error>"
    s3.before = lambda request: Response(conflict, 409) if is_for(request, "/7/assets.extra/run.json") else None
    monkeypatch.setattr(object_store, "next_version", lambda *_: 7)
    assert upload(model, URL) == 8


def test_a_store_that_lets_two_take_the_same_number_is_told_of(
    s3: S3, model: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    def forget_the_condition(request: Request) -> None:
        request.environ.pop("HTTP_IF_NONE_MATCH", None)

    with caplog.at_level("WARNING", "quickdraw"):
        upload(model, URL)
        assert caplog.messages == []
        s3.before = forget_the_condition
        upload(model, URL)
    assert caplog.messages == [
        "this store lets two pushes take the same version: never push to it from two places at once"
    ]


@pytest.mark.parametrize("name", ["variables.index", "saved_model.pb"])
def test_a_file_that_arrives_cut_is_no_version(s3: S3, model: pathlib.Path, name: str) -> None:
    s3.before = lambda request: cut(request, 5) if is_for(request, name) else None
    with pytest.raises(UploadError, match=rf"/{name} has 5 bytes after \d+ were sent; nothing was pushed\.$"):
        upload(model, URL)
    assert list_versions(URL) == []


@pytest.mark.parametrize("name", ["run.json", "variables.index", "saved_model.pb"])
def test_an_upload_that_is_refused_leaves_no_version_and_the_next_is_higher(
    s3: S3, model: pathlib.Path, name: str
) -> None:
    refusal = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
    s3.before = lambda request: Response(refusal, 403) if is_for(request, name) else None
    with pytest.raises(UsageError, match=rf"^the push to {URL} failed: Access Denied\.$"):
        upload(model, URL)
    assert list_versions(URL) == []
    (half,) = {int(key.split("/")[2]) for key in s3.written()}
    s3.before = lambda _: None
    version = upload(model, URL)
    # The very first file takes the number.
    assert version >= half if name == "run.json" else version > half
    assert list_versions(URL) == [version]


@pytest.mark.usefixtures("s3")
def test_what_another_process_pushes_is_seen_at_once(model: pathlib.Path) -> None:
    first = upload(model, URL)
    assert list_versions(URL) == [first]
    another_client = S3FileSystem(skip_instance_cache=True)
    another_client.pipe_file(f"{BUCKET}/models/quickdraw/9000000000/saved_model.pb", b"x")
    assert list_versions(URL) == [first, 9_000_000_000]
    assert upload(model, URL) == 9_000_000_001


def test_folders_that_a_console_made_are_no_files(s3: S3, model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    for key in ("", "notes/", "5/", "6/variables/"):
        put(key)
    version = upload(model, URL)
    for key in (f"{version}/", f"{version}/variables/"):
        put(key)
    assert list_versions(URL) == [version]
    download(URL, version, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(model)


def test_a_missing_bucket_is_told_before_anything_and_not_made(s3: S3, model: pathlib.Path) -> None:
    for call in (list_versions, lambda url: upload(model, url)):
        with pytest.raises(UsageError, match=r"^there is no bucket doddles; create it, or name another with --reg"):
            call("s3://doddles/models/quickdraw")
    assert S3FileSystem().ls("") == [BUCKET]


def test_who_may_see_nothing_but_the_registry_may_push_there(s3: S3, model: pathlib.Path) -> None:
    def only_below_the_registry(request: Request) -> Response | None:
        prefix = request.args.get("prefix", "")
        return Response(status=403) if request.method == "GET" and not prefix.startswith("models/quick") else None

    s3.before = only_below_the_registry
    version = upload(model, URL)
    assert list_versions(URL) == [version]


def closed_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, "Unable to locate credentials"),
        ({"AWS_ACCESS_KEY_ID": "doodler"}, "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY"),
        ({"AWS_PROFILE": "nobody"}, r"The config profile \(nobody\) could not be found"),
        # S3 answers a HEAD without words.
        (CREDENTIALS, "(The AWS Access Key Id you provided does not exist in our records|Forbidden)"),
        (
            {**CREDENTIALS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{closed_port()}"},
            r'Could not connect to the endpoint URL: "http://127\.0\.0\.1:\d+/.*"',
        ),
        ({**CREDENTIALS, "AWS_ENDPOINT_URL": "127.0.0.1"}, r"Invalid endpoint: 127\.0\.0\.1"),
    ],
)
def test_what_s3_refuses_is_one_sentence_without_secrets(
    s3: S3,
    model: pathlib.Path,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    reason: str,
) -> None:
    s3.tell_moto("reset-auth", b"0")
    use(monkeypatch, **{"AWS_ENDPOINT_URL": s3.url, **settings})
    calls = {
        f"the registry {URL} cannot be listed": lambda: list_versions(URL),
        f"version 7 of the registry {URL} cannot be read": lambda: read_run(URL, 7),
        f"version 7 of the registry {URL} cannot be copied": lambda: download(URL, 7, tmp_path / "out"),
        f"the push to {URL} failed": lambda: upload(model, URL),
    }
    for beginning, call in calls.items():
        with pytest.raises(UsageError, match=rf"^{beginning}: {reason}\.$") as error:
            call()
        assert SECRET not in str(error.value)


@pytest.mark.usefixtures("s3")
@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("s3://", r"^the registry s3:// names no bucket\.$"),
        ("s3://Doodles!/models", r'^the registry .* cannot be listed: .*Invalid bucket name "Doodles!": [^\n]*\.$'),
        (f"s3://me:{SECRET}@doodles/models", "^a registry's URL is written beside every run, so it must not hold a "),
    ],
)
def test_a_url_that_cannot_be_one_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as error:
        list_versions(url)
    assert SECRET not in str(error.value)
