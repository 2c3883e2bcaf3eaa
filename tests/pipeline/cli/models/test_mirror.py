import pytest

from components.errors import UsageError
from pipeline.cli.models.mirror import mirror
from tests.components.s3_server import BUCKET, s3_with_a_bucket


def test_one_look(tmp_path, monkeypatch, capsys):
    with s3_with_a_bucket(monkeypatch):
        mirror(f"s3://{BUCKET}/models/quickdraw", tmp_path / "folder", 0)
    assert capsys.readouterr().out == "nothing new.\n"


def test_a_folder_needs_no_mirror(tmp_path):
    with pytest.raises(UsageError, match="is a folder, which a server can read itself"):
        mirror(str(tmp_path), tmp_path / "folder", 0)
