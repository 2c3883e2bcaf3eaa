"""The way to the curated schema."""

from pathlib import Path

from schema.loader import load_schema, schema_path


def test_the_loaded_schema_is_the_file():
    assert Path(schema_path()).name == "schema.pbtxt"
    assert Path(schema_path()).is_file()
    assert {"drawing", "word"} < {feature.name for feature in load_schema().feature}
