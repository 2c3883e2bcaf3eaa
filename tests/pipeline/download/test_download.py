import threading

import pytest

from components.errors import QuickdrawError, UsageError
from components.file_lock import held
from pipeline.download.csv_rows import HEADER, to_csv_rows
from tests.pipeline.download.quickdraw_bucket import Fault, lines
from tests.pipeline.download.recording_listener import QUICK, fetch, files_in

WORDS = ["cat", "The Eiffel Tower", "alarm clock", "t-shirt", "sun"]


def as_csv(word, count):
    return HEADER + to_csv_rows(lines(word, count), word, is_raw=False).text


def test_many_words_some_at_a_time(bucket, tmp_path):
    for number, word in enumerate(WORDS):
        bucket.put(word, lines(word, 10 + number))
    files, _ = fetch(bucket, tmp_path, WORDS, parallel=2)
    assert files_in(tmp_path) == {f"{word}.csv": as_csv(word, 10 + number) for number, word in enumerate(WORDS)}
    assert [file.word for file in files] == WORDS


def test_so_many_connections_at_once_and_no_more(bucket, tmp_path):
    at_once, most, lock = 0, 0, threading.Lock()
    for word in WORDS:
        bucket.put(word, lines(word, 300))
    bucket.seconds_a_chunk = 0.02

    def on_begin(step):
        nonlocal at_once, most
        with lock:
            at_once += step
            most = max(most, at_once)

    bucket.on_request = on_begin
    fetch(bucket, tmp_path, WORDS, parallel=3)
    assert most == 3


def test_what_is_there_is_not_fetched_again(bucket, tmp_path):
    for word in WORDS:
        bucket.put(word, lines(word, 20))
    fetch(bucket, tmp_path, WORDS[:2])
    _, listener = fetch(bucket, tmp_path, WORDS)
    assert listener.finished_at_start == WORDS[:2]
    assert sorted(path for path, _ in bucket.requests) == sorted(f"/full/simplified/{word}.ndjson" for word in WORDS)


def test_the_first_failure_ends_it_and_the_same_call_goes_on(bucket, tmp_path):
    cat, sun = (bucket.put(word, lines(word, 7000)) for word in ("cat", "sun"))
    bucket.faults[cat] = [Fault(after=700_000), Fault(403)]
    bucket.faults[sun] = [Fault(after=700_000, ending="stall")]
    with pytest.raises(QuickdrawError, match="403"):
        fetch(bucket, tmp_path, ["cat", "sun"])
    assert files_in(tmp_path) == {}
    bucket.faults.clear()
    fetch(bucket, tmp_path, ["cat", "sun"])
    assert files_in(tmp_path) == {f"{word}.csv": as_csv(word, 7000) for word in ("cat", "sun")}
    assert all(asked for path, asked in bucket.requests[-2:])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"form": "bitmap"}, "--form is simplified or raw, not 'bitmap'."),
        ({"base_url": "ftp://host"}, "--base-url is the https address of a bucket, not 'ftp://host'."),
        ({"base_url": "http://"}, "--base-url is the https address of a bucket, not 'http://'."),
        ({"base_url": "http://[bad"}, "--base-url is the https address of a bucket, not 'http://[bad'."),
        ({"per_word": 0}, "--per-word must be above zero, not 0."),
        ({"parallel": -1}, "--parallel must be above zero, not -1."),
        ({"patience": QUICK.__class__(stall_seconds=0)}, "--timeout must be above zero, not 0."),
    ],
)
def test_options_are_checked_before_anything_is_sent(bucket, tmp_path, options, sentence):
    with pytest.raises(UsageError) as error:
        fetch(bucket, tmp_path / "out", **options)
    assert str(error.value) == sentence
    assert bucket.requests == []
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made(bucket, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file/out cannot be written \(Not a directory\)"):
        fetch(bucket, tmp_path / "file" / "out")
    assert bucket.requests == []


def test_somebody_elses_file_is_not_touched(bucket, tmp_path):
    bucket.put("cat", lines("cat", 3))
    (tmp_path / "sun.csv").write_text("mine\n")
    with pytest.raises(UsageError, match=r"sun.csv is not as quickdraw download wrote it"):
        fetch(bucket, tmp_path, ["cat", "sun"])
    assert bucket.requests == []


def test_one_download_at_a_time_in_a_folder(bucket, tmp_path):
    (tmp_path / ".download").mkdir()
    with held(tmp_path / ".download" / ".lock"), pytest.raises(UsageError, match="another download writes to"):
        fetch(bucket, tmp_path)


def test_a_server_that_is_not_there(tmp_path, bucket):
    with pytest.raises(QuickdrawError, match="could not be fetched: Cannot connect to host"):
        fetch(bucket, tmp_path, base_url="http://127.0.0.1:9")
