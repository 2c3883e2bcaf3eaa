import pathlib

import pytest
from tfx.types import standard_artifacts

from components.schema_gen.executor import Executor

TEXT = 'feature { name: "word" type: BYTES }\n'


@pytest.fixture
def schema(tmp_path: pathlib.Path) -> standard_artifacts.Schema:
    artifact = standard_artifacts.Schema()
    artifact.uri = str(tmp_path / "schema")
    (tmp_path / "schema").mkdir()
    return artifact


@pytest.mark.parametrize("text", [None, ""])
def test_a_file_is_copied(schema: standard_artifacts.Schema, tmp_path: pathlib.Path, text: str | None) -> None:
    source = tmp_path / "mine.pbtxt"
    source.write_text(TEXT)
    Executor().Do({}, {"schema": [schema]}, {"schema_file": str(source), "schema_text": text})
    assert pathlib.Path(schema.uri, "schema.pbtxt").read_text() == TEXT


def test_a_schema_that_came_with_the_graph_needs_no_file(schema: standard_artifacts.Schema) -> None:
    Executor().Do({}, {"schema": [schema]}, {"schema_file": "", "schema_text": TEXT})
    assert pathlib.Path(schema.uri, "schema.pbtxt").read_text() == TEXT
