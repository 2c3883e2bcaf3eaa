"""One word from a server that does what servers do."""

import json

import pytest

from components.errors import QuickdrawError
from pipeline.download import source_reader
from pipeline.download.csv_rows import HEADER, to_csv_rows
from tests.pipeline.download.quickdraw_bucket import Fault, line, lines
from tests.pipeline.download.recording_listener import RecordingListener, fetch, files_in

# Over a megabyte: several pieces.
CAT = lines("cat", 7000)
CAT_CSV = HEADER + to_csv_rows(CAT, "cat", is_raw=False).text
AT = 700_000


@pytest.fixture
def cat(bucket):
    """The path of a word's object."""
    return bucket.put("cat", CAT)


def test_a_server_that_works(bucket, cat, tmp_path):
    (file,), listener = fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert listener.waits == []
    assert file.is_finished
    assert bucket.ranges("cat") == [""]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(after=AT), "Response payload is not completed"),
        (Fault(after=AT, ending="reset"), ""),
        (Fault(after=AT, ending="stall"), ""),
        (Fault(after=AT, headers={"Content-Length": str(AT)}), ""),
    ],
    ids=["truncates", "resets", "stalls", "says_less_than_there_is"],
)
def test_a_broken_connection_is_taken_up_where_it_broke(bucket, cat, tmp_path, fault, reason):
    if "Content-Length" in fault.headers:
        # Only of a part can be known that it is too short.
        bucket.faults[cat] = [Fault(after=AT // 2), fault]
    else:
        bucket.faults[cat] = [fault]
    _, listener = fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert reason in listener.waits[0][2]
    starts = [int(asked.removeprefix("bytes=").rstrip("-")) for asked in bucket.ranges("cat")[1:]]
    # What aiohttp still held back when the connection broke is read again.
    assert all(0 < start < len(CAT) for start in starts)
    assert all(CAT[start - 1 : start] == b"\n" for start in starts)


def test_a_connection_that_trickles_is_given_up(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(trickles=True)]
    _, listener = fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert "bytes came in 0.4 seconds" in listener.waits[0][2]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(bucket, cat, tmp_path, status):
    bucket.faults[cat] = [Fault(status), Fault(status, {"Retry-After": "1"})]
    _, listener = fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert [wait[1] >= 1 for wait in listener.waits] == [False, True]
    assert all(f"the server answered {status}" in wait[2] for wait in listener.waits)


def test_a_server_that_stays_ill_is_given_up(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(503)] * 9
    with pytest.raises(QuickdrawError, match="could not be fetched: the server answered 503"):
        fetch(bucket, tmp_path)
    assert len(bucket.requests) == 4
    assert files_in(tmp_path) == {}


def test_progress_renews_the_patience(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(after=100_000)] * 8
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert len(bucket.requests) == 9


def test_a_server_that_wants_to_be_left_alone_is(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(429, {"Retry-After": "3600"})]
    with pytest.raises(QuickdrawError, match="asks to come back in 3,600 seconds"):
        fetch(bucket, tmp_path)
    assert len(bucket.requests) == 1


def test_ranges_are_not_needed(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(after=AT), Fault(no_ranges=True)]
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}


def test_a_server_without_ranges_that_always_breaks_is_given_up(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(after=AT, no_ranges=True)] * 99
    with pytest.raises(QuickdrawError, match="not completed"):
        fetch(bucket, tmp_path)
    # Twice as many at most: where exactly a connection breaks may look like progress.
    assert 4 <= len(bucket.requests) <= 8


@pytest.mark.parametrize("if_range_is_ignored", [False, True])
def test_an_object_that_changes_midway_starts_anew(bucket, cat, tmp_path, if_range_is_ignored):
    bucket.if_range_is_ignored = if_range_is_ignored
    bucket.faults[cat] = [Fault(after=AT)]
    changed = CAT.replace(b"2017", b"2018")

    class Changing(RecordingListener):
        def on_wait(self, file, seconds, reason):
            super().on_wait(file, seconds, reason)
            bucket.objects[cat] = changed

    _, listener = fetch(bucket, tmp_path, listener=Changing())
    # At once, and not by the checksum at the end.
    assert [reason for _, _, reason in listener.waits[1:]] == ["the object has changed meanwhile"] * if_range_is_ignored
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV.replace(b"2017", b"2018")}
    assert bucket.ranges("cat")[-1] == ("" if if_range_is_ignored else bucket.ranges("cat")[1])


def test_an_object_that_shrinks_midway_starts_anew(bucket, cat, tmp_path):
    bucket.if_range_is_ignored = True
    bucket.faults[cat] = [Fault(after=AT)]

    class Shrinking(RecordingListener):
        def on_wait(self, file, seconds, reason):
            bucket.objects[cat] = line("cat", 7)

    fetch(bucket, tmp_path, listener=Shrinking())
    assert files_in(tmp_path)["cat.csv"].count(b"\n") == 2


def test_bytes_that_were_changed_on_the_way_are_noticed(bucket, cat, tmp_path):
    """The server tells another checksum: first once, then for ever."""
    wrong = {"X-Goog-Hash": "crc32c=AAAAAA=="}
    bucket.faults[cat] = [Fault(headers=wrong)]
    _, listener = fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert "checksum" in listener.waits[0][2]
    bucket.faults[cat] = [Fault(headers=wrong)] * 5
    with pytest.raises(QuickdrawError, match="does not have the checksum"):
        fetch(bucket, tmp_path / "other")
    assert len(bucket.requests) == 4


def test_a_length_that_is_too_short_is_noticed_by_the_checksum(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(headers={"Content-Length": "500"}, after=500)]
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}


def test_a_length_that_is_too_long_is_given_up(bucket, cat, tmp_path):
    bucket.faults[cat] = [Fault(headers={"Content-Length": str(len(CAT) + 5)}, after=len(CAT))] * 9
    with pytest.raises(QuickdrawError, match="could not be fetched"):
        fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(403), "cat.ndjson cannot be fetched: the server answered 403 Forbidden."),
        (Fault(headers={"Content-Encoding": "gzip"}), "sent compressed"),
        (Fault(headers={"Content-Length": None}, after=9), "does not say how long"),
    ],
)
def test_what_will_not_change_is_not_asked_again(bucket, cat, tmp_path, fault, sentence):
    bucket.faults[cat] = [fault]
    with pytest.raises(QuickdrawError) as error:
        fetch(bucket, tmp_path)
    assert sentence in str(error.value)
    assert len(bucket.requests) == 1


def test_a_word_that_the_server_does_not_have(bucket, tmp_path):
    with pytest.raises(QuickdrawError) as error:
        fetch(bucket, tmp_path, words=["cat"])
    assert str(error.value) == (
        f"the server has no drawings of 'cat' (404 for {bucket.url}/full/simplified/cat.ndjson); "
        "near words are hat, castle, carrot."
    )


def test_reading_stops_when_there_are_rows_enough(bucket, cat, tmp_path):
    bucket.seconds_a_chunk = 0.01
    (file,), _ = fetch(bucket, tmp_path, per_word=50)
    assert files_in(tmp_path) == {"cat.csv": b"".join(CAT_CSV.splitlines(True)[:51])}
    assert file.position.offset < len(CAT) / 100
    assert file.position.rows == 50


def test_more_rows_go_on_where_fewer_ended(bucket, cat, tmp_path):
    fetch(bucket, tmp_path, per_word=50)
    fetch(bucket, tmp_path, per_word=3000)
    assert files_in(tmp_path) == {"cat.csv": b"".join(CAT_CSV.splitlines(True)[:3001])}
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert bucket.ranges("cat")[0] == ""
    assert all(asked.startswith("bytes=") for asked in bucket.ranges("cat")[1:])


def test_fewer_rows_begin_anew(bucket, cat, tmp_path):
    fetch(bucket, tmp_path)
    fetch(bucket, tmp_path, per_word=50)
    assert files_in(tmp_path) == {"cat.csv": b"".join(CAT_CSV.splitlines(True)[:51])}


def test_a_file_of_fewer_rows_than_wanted_is_whole(bucket, tmp_path):
    bucket.put("cat", lines("cat", 3))
    fetch(bucket, tmp_path, per_word=50)
    fetch(bucket, tmp_path, per_word=60)
    assert len(bucket.requests) == 1


def test_an_empty_object(bucket, tmp_path):
    bucket.put("cat", b"")
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": HEADER}


def test_malformed_lines_are_kept_with_their_places(bucket, tmp_path, monkeypatch):
    """In pieces of a few lines, so that the places are counted over several."""
    monkeypatch.setattr(source_reader, "PIECE_BYTES", 400)
    bad = line("dog", 8)
    bucket.put("cat", lines("cat", 10) + bad + lines("cat", 10) + b"{\n" + lines("cat", 10))
    (file,), _ = fetch(bucket, tmp_path)
    records = [json.loads(text) for text in (tmp_path / "quarantine" / "cat.jsonl").read_text().splitlines()]
    assert [(each["file"], each["row"], each["key_id"], each["word"]) for each in records] == [
        ("cat.ndjson", 11, "8", "dog"),
        ("cat.ndjson", 22, "", ""),
    ]
    assert records[0]["text"].encode() + b"\n" == bad
    assert (file.position.rows, file.position.malformed, file.position.lines) == (30, 2, 32)


def test_the_raw_form_is_simplified(bucket, tmp_path):
    bucket.put("cat", line("cat", 7, [[[5.5, 6, 15.5], [2, 2.2, 4.5], [0, 9, 70]]]), form="raw")
    fetch(bucket, tmp_path, form="raw")
    row = 'US,"[[[0, 255], [0, 64]]]",7,True,2017-03-01 20:41:36.707250,cat\n'
    assert files_in(tmp_path) == {"cat.csv": HEADER + row.encode()}
