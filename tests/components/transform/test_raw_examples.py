import pathlib

import pytest

from components.transform import raw_examples
from tests.components.doodles import LINE, SQUARE, example, write_records


def test_streams_the_features_that_are_asked_for(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_examples, "BATCH", 2)
    write_records(tmp_path / "a.gz", [example(LINE, "line"), example(SQUARE, "square"), example(LINE, "ant")])
    batches = list(raw_examples.read_raw_examples(str(tmp_path / "a.gz"), "word").as_numpy_iterator())
    assert [{name: value.tolist() for name, value in batch.items()} for batch in batches] == [
        {"word": [b"line", b"square"]},
        {"word": [b"ant"]},
    ]
