import pathlib

import pytest
from tfx.dsl.io import fileio

from components.atomic_file import opened_atomically, write_atomically


def test_makes_the_folder_and_leaves_nothing_beside_the_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a" / "b" / "state.bin"

    write_atomically(str(path), b"\x00first\n")

    assert path.read_bytes() == b"\x00first\n"
    assert list(path.parent.iterdir()) == [path]


def test_replaces_the_whole_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "state.bin"
    write_atomically(str(path), b"a long first content")

    write_atomically(str(path), b"short")

    assert path.read_bytes() == b"short"
    assert list(tmp_path.iterdir()) == [path]


def test_a_writer_that_ends_before_the_rename_leaves_the_old_file(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state.bin"
    write_atomically(str(path), b"old")

    class Killed(BaseException):
        """As a signal would end the writer: no `except Exception` sees it."""

    def kill(source: str, target: str, overwrite: bool) -> None:
        assert pathlib.Path(source).read_bytes() == b"new"
        assert (target, overwrite) == (str(path), True)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(fileio, "rename", kill)
        write_atomically(str(path), b"new")
    assert path.read_bytes() == b"old"

    write_atomically(str(path), b"newer")
    assert path.read_bytes() == b"newer"


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    rename = fileio.rename
    monkeypatch.setattr("os.fsync", lambda descriptor: order.append("fsync"))
    monkeypatch.setattr(fileio, "rename", lambda *args, **options: (order.append("rename"), rename(*args, **options)))

    write_atomically(str(tmp_path / "state.bin"), b"new")

    # The second one is the folder's: the new name has to last as well.
    assert order == ["fsync", "rename", "fsync"]


def test_a_body_that_raises_leaves_the_old_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "state.bin"
    write_atomically(str(path), b"old")
    with pytest.raises(ZeroDivisionError), opened_atomically(str(path)) as file:
        file.write(b"half of the new")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"


def test_a_file_in_the_working_folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with opened_atomically("state.bin") as file:
        file.write(b"many ")
        file.write(b"pieces")
    assert (tmp_path / "state.bin").read_bytes() == b"many pieces"
