import pathlib

import pytest
import yaml

from components.errors import UsageError
from pipeline.kubeflow.documents import Documents, read_documents

SPEC = {"root": {"b": 1, "a": "30s"}, "text": "one\ntwo\n"}


def test_written_and_read(tmp_path: pathlib.Path) -> None:
    for documents in (Documents(SPEC), Documents(SPEC, {"platforms": {}})):
        (tmp_path / "p.yaml").write_text(documents.to_yaml())
        assert read_documents(tmp_path / "p.yaml") == documents


def test_people_can_read_it() -> None:
    shared = ["x"]
    assert Documents({**SPEC, "c": shared, "d": shared}, {"platforms": {"kubernetes": {}}}).to_yaml() == (
        "c:\n- x\nd:\n- x\nroot:\n  a: 30s\n  b: 1\ntext: |\n  one\n  two\n---\nplatforms:\n  kubernetes: {}\n"
    )


@pytest.mark.parametrize(
    "text", ["no", "off", "1e3", "0123456789", "2026-01-01", "~", " a\nb ", "a\tb\n", "{{$}}", "", "é\u2028"]
)
def test_any_text_stays_text(text: str) -> None:
    assert yaml.safe_load(Documents({"a": text}).to_yaml()) == {"a": text}


@pytest.mark.parametrize("content", [b"", b"a", b"[]", b"a: 1\n---\nb: 1\n---\nc: 1", b"a: [", b"\xff\xfe"])
def test_what_is_no_pipeline(tmp_path: pathlib.Path, content: bytes) -> None:
    (tmp_path / "p.yaml").write_bytes(content)
    with pytest.raises(UsageError, match=r"p\.yaml is"):
        read_documents(tmp_path / "p.yaml")


def test_what_is_not_there(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be read \(No such file or directory\)\."):
        read_documents(tmp_path / "p.yaml")
