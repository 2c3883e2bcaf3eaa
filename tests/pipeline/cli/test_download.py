"""`quickdraw download` as a user calls it: real processes, real sockets, real signals."""

import pathlib
import resource
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from components.errors import UsageError
from components.example_gen.file_selection import select_files
from pipeline.cli.main import app
from pipeline.download.csv_rows import HEADER, to_csv_rows
from tests.end_to_end.commands import quickdraw
from tests.pipeline.download.quickdraw_bucket import Fault, lines, running_bucket
from tests.pipeline.download.recording_listener import fetch, files_in

CAT = lines("cat", 60_000)
CAT_CSV = HEADER + to_csv_rows(CAT, "cat", is_raw=False).text


@pytest.fixture
def bucket():
    """A bucket with ten megabytes of cats, and a few suns."""
    with running_bucket() as bucket:
        bucket.put("cat", CAT)
        bucket.put("sun", lines("sun", 30))
        yield bucket


def command(bucket, out, *options):
    return ["download", "--words", "cat", "--out", str(out), "--base-url", bucket.url, *options]


def start(bucket, out, *options, **popen):
    arguments = [sys.executable, "-m", "pipeline.cli.main", *command(bucket, out, *options)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **popen)


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def part(out: pathlib.Path) -> pathlib.Path:
    return out / ".download" / "cat.csv.part"


def test_csvs_that_the_pipeline_reads(bucket, tmp_path):
    done = quickdraw(*command(bucket, tmp_path, "--words", "cat,sun", "--per-word", "25"))
    assert done.returncode == 0, done.stderr
    assert "50 drawings of 2 words are in" in done.stdout
    assert f"quickdraw run --data {tmp_path}" in done.stdout
    assert [file.label for file in select_files(str(tmp_path))] == ["cat", "sun"]
    assert [len(text.splitlines()) for text in files_in(tmp_path).values()] == [26, 26]


def test_killed_and_started_again_it_writes_the_same_bytes(bucket, tmp_path):
    bucket.seconds_a_chunk = 0.002
    with start(bucket, tmp_path) as killed:
        wait_for((tmp_path / ".download" / "cat.json").exists)
        killed.kill()
    assert files_in(tmp_path) == {}
    bucket.seconds_a_chunk = 0
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert int(bucket.ranges("cat")[1].removeprefix("bytes=").rstrip("-")) >= 8 << 20


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_the_server_is_silent(bucket, tmp_path, number):
    bucket.faults["/full/simplified/cat.ndjson"] = [Fault(after=2_000_000, ending="stall")]
    with start(bucket, tmp_path) as stopped:
        wait_for(lambda: part(tmp_path).exists() and part(tmp_path).stat().st_size > 500_000)
        stopped.send_signal(number)
        began = time.monotonic()
        _, errors = stopped.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert stopped.returncode == 1
    assert errors == "quickdraw: stopped. What is there is kept: the same command goes on.\n"
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}
    assert int(bucket.ranges("cat")[1].removeprefix("bytes=").rstrip("-")) > 500_000


def test_a_full_disk(bucket, tmp_path):
    """No file of the process may become longer than a megabyte; then it may."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))

    with start(bucket, tmp_path, preexec_fn=limit) as full:
        _, errors = full.communicate(timeout=60)
    assert full.returncode == 2
    assert errors == (
        f"quickdraw: {tmp_path} cannot be written (File too large). What is there is kept: the same command goes on.\n"
    )
    fetch(bucket, tmp_path)
    assert files_in(tmp_path) == {"cat.csv": CAT_CSV}


def test_memory_does_not_grow_with_the_file(bucket, tmp_path):
    bucket.put("sun", lines("sun", 600))

    def peak(word):
        code = (
            "import resource, sys; sys.argv[0] = 'quickdraw'\n"
            "from pipeline.cli.main import app\n"
            "app(standalone_mode=False)\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        arguments = [*command(bucket, tmp_path / word), "--words", word]
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        return int(done.stdout.splitlines()[-1])

    # Kilobytes; the cats are a hundred times the suns.
    assert peak("cat") - peak("sun") < 40_000


def test_words_are_checked_before_anything_is_sent(bucket, tmp_path):
    done = CliRunner().invoke(app, command(bucket, tmp_path / "out", "--words", "cat,kat"))
    assert isinstance(done.exception, UsageError)
    assert bucket.requests == []
    assert not (tmp_path / "out").exists()


def test_a_folder_has_to_be_named():
    done = CliRunner().invoke(app, ["download", "--words", "cat"])
    assert isinstance(done.exception, UsageError)
    assert str(done.exception) == "name the folder for the CSV files with --out."


def test_the_lists():
    everything = CliRunner().invoke(app, ["download", "--list"]).stdout.splitlines()
    assert len(everything) == 345
    assert [line for line in everything if "not in Kaggle's set" in line] == [
        f"{word}  (not in Kaggle's set)" for word in ("aircraft carrier", "knife", "lighter", "rifle", "syringe")
    ]
    assert len(CliRunner().invoke(app, ["download", "--list", "--words", "kaggle"]).stdout.splitlines()) == 340
