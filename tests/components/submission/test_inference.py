import pathlib

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from components.submission.drawings_file import find_drawings
from components.submission.inference import answer_shards, read_drawings
from components.submission.model_handler import DoodleModelHandler
from components.submission.parts import list_parts, open_part
from components.submission.survey import Shard, survey
from tests.components.submission.drawing_rows import (
    ANSWER,
    FREQUENT,
    LINE,
    LINE_IN_LINES,
    NO_DRAWING,
    push_tiny_model,
    write_drawings,
)

ROWS = [(f"k{i}", [LINE, LINE_IN_LINES, NO_DRAWING][i % 3]) for i in range(20)]


@pytest.fixture
def shards(tmp_path: pathlib.Path) -> list[Shard]:
    return survey(find_drawings(str(write_drawings(tmp_path / "test.csv", ROWS))), shard_bytes=100)


@pytest.mark.parametrize("runner", ["DirectRunner", "BundleBasedDirectRunner"])
def test_every_shard_becomes_a_part(shards: list[Shard], tmp_path: pathlib.Path, runner: str) -> None:
    model = push_tiny_model(tmp_path / "models")
    (tmp_path / "parts").mkdir()
    handler = DoodleModelHandler(str(model), FREQUENT.split(), batch_size=2)
    with beam.Pipeline(options=PipelineOptions([f"--runner={runner}"])) as pipeline:
        answer_shards(pipeline, shards, handler, str(tmp_path / "parts"))
    parts = list_parts(tmp_path / "parts")
    assert list(parts) == [shard.number for shard in shards]
    assert len(parts) > 3
    lines, malformed = "", 0
    for part in parts.values():
        with part.open("rb") as stream:
            counts, blocks = open_part(stream)
            malformed += counts.malformed
            lines += b"".join(blocks).decode()
    assert lines == "".join(f"{key},{FREQUENT if text == NO_DRAWING else ANSWER}\n" for key, text in ROWS)
    assert malformed == 6


def test_a_file_that_has_changed_since_the_survey(shards: list[Shard], tmp_path: pathlib.Path) -> None:
    write_drawings(tmp_path / "test.csv", [("k", "x")] * 100)
    with pytest.raises(RuntimeError, match=r"shard 0 of .*test.csv has 7 rows, not "):
        read_drawings(shards[0]._replace(offset=27, size=49))
