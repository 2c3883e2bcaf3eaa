"""CSV folders small enough to check by eye, and one way to run the ingest on them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tensorflow as tf
from tfx.types import standard_artifacts

from components.example_gen.artifacts import IngestSummary
from components.example_gen.executor import Executor
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS

HEADER = "countrycode,drawing,key_id,recognized,timestamp,word"
DRAWING = "[[[1, 2], [3, 4]]]"


def row(key_id: int | str, word: str = "cat", drawing: str = DRAWING, recognized: str = "True") -> str:
    """One line of a Kaggle CSV file, without its end."""
    return f'US,"{drawing}",{key_id},{recognized},2017-03-01 20:41:36,{word}'


def write_csv(path: Path, rows: Iterable[str]) -> None:
    """Writes a Kaggle CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows, ""]))


def write_words(folder: Path, words: Iterable[str], rows_per_word: int = 60) -> None:
    """Writes a file for each word, with ids that are unique over all of them."""
    for number, word in enumerate(words):
        ids = range(1000 * (number + 1), 1000 * (number + 1) + rows_per_word)
        write_csv(folder / f"{word}.csv", (row(key_id, word) for key_id in ids))


class Ingested(NamedTuple):
    """What a run left behind."""

    examples: standard_artifacts.Examples
    summary: dict[str, Any]
    quarantine: dict[str, list[dict[str, Any]]]

    def records(self, split: str) -> list[tf.train.Example]:
        """The Examples of a split, in the order of its files."""
        paths = sorted(str(path) for path in Path(self.examples.uri, f"Split-{split}").iterdir())
        dataset = tf.data.TFRecordDataset(paths, compression_type="GZIP")
        return [tf.train.Example.FromString(record.numpy()) for record in dataset]

    def keys(self, split: str) -> list[int]:
        """The ids of a split, in the order of its files."""
        return [int(example.features.feature["key_id"].bytes_list.value[0]) for example in self.records(split)]

    def all_keys(self) -> list[int]:
        """The ids of all splits, sorted."""
        return sorted(key for split in self.examples.splits for key in self.keys(split))


def run_executor(
    data: Path,
    out: Path,
    *,
    words: list[str] | None = None,
    beam_args: list[str] | None = None,
    split_fractions: Mapping[str, float] = DEFAULT_SPLIT_FRACTIONS,
    **properties: Any,
) -> Ingested:
    """Runs the real executor as the launcher would."""
    examples, summary = standard_artifacts.Examples(), IngestSummary()
    examples.uri, summary.uri = str(out / "examples"), str(out / "summary")
    exec_properties = {
        "data_dir": str(data),
        "words": ",".join(words or ()),
        "per_word": 0,
        "num_words": 0,
        "split_fractions": json.dumps(dict(split_fractions)),
        "max_bad_fraction": 0.01,
        "quarantine_dir": str(out / "quarantine"),
        "data_fingerprint": "",
        "code_fingerprint": "",
        **properties,
    }
    executor = Executor(Executor.Context(beam_pipeline_args=beam_args))
    executor.Do({}, {"examples": [examples], "summary": [summary]}, exec_properties)
    quarantine = {
        path.stem: [json.loads(line) for line in path.read_text().splitlines()]
        for path in sorted((out / "quarantine").iterdir())
    }
    return Ingested(examples, json.loads((out / "summary" / "summary.json").read_text()), quarantine)
