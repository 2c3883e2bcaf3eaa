"""The Beam graph by itself; what its parts do is in their own tests, whole runs in test_executor.py."""

import gzip
import json
import pathlib
import shutil

import apache_beam as beam
import fsspec
import pytest

from components.example_gen.file_selection import select_files
from components.example_gen.ingest import IngestOptions, ingest
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS, SPLIT_NAMES, check_split_fractions
from components.example_gen.work_plan import UNIT_BYTES
from tests.components.example_gen.csv_folder import row, write_csv, write_words


def run_graph(data: str, out: pathlib.Path, *pipeline_arguments: str, unit_bytes: int = UNIT_BYTES) -> dict[str, bytes]:
    """Runs the graph; returns every file it wrote."""
    folders = {name: out / f"Split-{name}" for name in SPLIT_NAMES}
    for folder in [*folders.values(), out / "temporary", out / "quarantine"]:
        folder.mkdir(parents=True)
    options = IngestOptions(
        per_word=30,
        split_fractions=check_split_fractions(DEFAULT_SPLIT_FRACTIONS),
        split_uris={name: str(folder) for name, folder in folders.items()},
        temporary_dir=str(out / "temporary"),
        summary_uri=str(out / "summary"),
        quarantine_dir=str(out / "quarantine"),
        unit_bytes=unit_bytes,
    )
    with beam.Pipeline(argv=["--runner=DirectRunner", *pipeline_arguments]) as pipeline:
        ingest(pipeline, select_files(data), options)
    shutil.rmtree(out / "temporary")
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture
def data(tmp_path: pathlib.Path) -> str:
    write_words(tmp_path / "data", ["cat", "ice cream"], rows_per_word=40)
    write_csv(
        tmp_path / "data" / "dog.csv", [row(1, "dog"), row(2, "dog", drawing="?"), row(3, "dog", recognized="False")]
    )
    return str(tmp_path / "data")


def test_every_way_out_of_the_graph_is_written(data: str, tmp_path: pathlib.Path) -> None:
    written = run_graph(data, tmp_path / "out")
    assert sorted(written) == [
        "Split-eval/data-00000-of-00001.tfrecord.gz",
        "Split-test/data-00000-of-00001.tfrecord.gz",
        "Split-train/data-00000-of-00001.tfrecord.gz",
        "quarantine/dog.jsonl",
        "summary/summary.json",
    ]
    summary = json.loads(written["summary/summary.json"])
    assert {name: summary[name] for name in ("read", "kept", "filtered", "capped", "duplicate", "quarantined")} == {
        "read": 83,
        "kept": 61,
        "filtered": 1,
        "capped": 20,
        "duplicate": 0,
        "quarantined": 1,
    }


RUNNERS = {
    "threads": ["--direct_running_mode=multi_threading", "--direct_num_workers=2"],
    "processes": ["--direct_running_mode=multi_processing", "--direct_num_workers=2"],
}


@pytest.mark.parametrize("runner", RUNNERS)
def test_every_runner_writes_the_same_bytes(data: str, tmp_path: pathlib.Path, runner: str) -> None:
    alone = run_graph(data, tmp_path / "alone", "--direct_running_mode=in_memory")
    assert run_graph(data, tmp_path / runner, *RUNNERS[runner]) == alone


@pytest.mark.parametrize("unit_bytes", [200, 1000])
def test_however_the_files_are_cut_the_bytes_are_the_same(data: str, tmp_path: pathlib.Path, unit_bytes: int) -> None:
    assert run_graph(data, tmp_path / "cut", unit_bytes=unit_bytes) == run_graph(data, tmp_path / "whole")


def test_other_containers_of_the_same_rows_give_the_same_bytes(data: str, tmp_path: pathlib.Path) -> None:
    expected = run_graph(data, tmp_path / "plain")
    for path in sorted(pathlib.Path(data).iterdir()):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    zipped = run_graph(data, tmp_path / "zipped", unit_bytes=200)
    assert {name for name in expected if zipped[name] != expected[name]} == {"quarantine/dog.jsonl"}
    assert json.loads(zipped["quarantine/dog.jsonl"]) == {
        **json.loads(expected["quarantine/dog.jsonl"]),
        "file": "dog.csv.gz",
    }


def test_files_may_lie_on_any_file_system_of_fsspec(data: str, tmp_path: pathlib.Path) -> None:
    fsspec.filesystem("memory").put(data, "/ingest", recursive=True)
    assert run_graph("memory://ingest", tmp_path / "memory") == run_graph(data, tmp_path / "disk")
