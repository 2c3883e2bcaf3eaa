import pathlib

import pytest

from components.disk import sync_to_disk


def test_files_and_folders_can_be_waited_for(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("content")
    sync_to_disk(tmp_path / "file")
    sync_to_disk(tmp_path)
    assert (tmp_path / "file").read_text() == "content"


def test_what_is_not_there_is_told(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_to_disk(tmp_path / "missing")
