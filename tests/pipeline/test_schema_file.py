import pathlib

import pytest

from components.errors import UsageError
from pipeline.schema_file import read_schema, schema_in_use
from schema.loader import load_schema, schema_path


def test_the_packaged_schema_can_be_read() -> None:
    assert read_schema(pathlib.Path(schema_path())) == load_schema()


def test_named_before_accepted_before_packaged(tmp_path: pathlib.Path) -> None:
    assert schema_in_use(tmp_path / "nowhere") is None
    (tmp_path / "schema.pbtxt").touch()
    assert schema_in_use(tmp_path) == tmp_path / "schema.pbtxt"
    assert schema_in_use(tmp_path, tmp_path / "mine") == tmp_path / "mine"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"countrycode,drawing\n", "is not the text of a schema"),
        (b'feature { name: "word"', "is not the text of a schema"),
        (b'feature { name: "word" colour: RED }', "no field named .colour."),
        (b"\xff\xfe\x00", "is not the text of a schema"),
        (b"", "has no feature"),
        (b"# only a comment\n", "has no feature"),
    ],
)
def test_a_file_that_is_no_schema_is_one_sentence(tmp_path: pathlib.Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "x.pbtxt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=sentence) as error:
        read_schema(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_one_sentence(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere cannot be read: No such file or directory\."):
        read_schema(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        read_schema(tmp_path)
