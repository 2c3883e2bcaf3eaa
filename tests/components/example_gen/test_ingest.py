"""The Beam graph by itself; what its parts do is in their own tests, whole runs in test_executor.py."""

import json
import pathlib

import apache_beam as beam
import pytest

from components.example_gen.file_selection import select_files
from components.example_gen.ingest import IngestOptions, ingest
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS, SPLIT_NAMES, check_split_fractions
from tests.components.example_gen.csv_folder import row, write_csv, write_words


def run_graph(data: pathlib.Path, out: pathlib.Path, *pipeline_arguments: str) -> dict[str, bytes]:
    """Runs the graph; returns every file it wrote."""
    folders = [out / f"Split-{name}" for name in SPLIT_NAMES]
    for folder in [*folders, out / "temporary", out / "quarantine"]:
        folder.mkdir(parents=True)
    options = IngestOptions(
        per_word=30,
        split_fractions=check_split_fractions(DEFAULT_SPLIT_FRACTIONS),
        split_uris=list(map(str, folders)),
        temporary_dir=str(out / "temporary"),
        summary_uri=str(out / "summary"),
        quarantine_dir=str(out / "quarantine"),
    )
    with beam.Pipeline(argv=["--runner=DirectRunner", *pipeline_arguments]) as pipeline:
        ingest(pipeline, select_files(str(data)), options)
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    write_words(tmp_path / "data", ["cat", "ice cream"], rows_per_word=40)
    write_csv(
        tmp_path / "data" / "dog.csv", [row(1, "dog"), row(2, "dog", drawing="?"), row(3, "dog", recognized="False")]
    )
    return tmp_path / "data"


def test_every_way_out_of_the_graph_is_written(data: pathlib.Path, tmp_path: pathlib.Path) -> None:
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


def test_threads_write_the_same_bytes(data: pathlib.Path, tmp_path: pathlib.Path) -> None:
    alone = run_graph(data, tmp_path / "alone", "--direct_running_mode=in_memory")
    together = run_graph(data, tmp_path / "together", "--direct_running_mode=multi_threading", "--direct_num_workers=2")
    assert alone == together
