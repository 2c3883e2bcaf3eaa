import pathlib

import pytest

from components.errors import UsageError
from components.file_lock import held
from components.submission.parts import PartCounts, list_parts, write_part
from components.submission.work_folder import begin, discard, folder_of, opened

FINGERPRINT = {"the file of drawings": "1a", "the model": "2b"}


def leave_a_part(out: pathlib.Path, fingerprint: dict[str, str] = FINGERPRINT) -> None:
    """As a run does that is killed after its first part."""
    with pytest.raises(KeyboardInterrupt), opened(out) as folder:
        begin(folder, fingerprint)
        write_part(str(folder), 0, [], [], PartCounts(0, 0))
        raise KeyboardInterrupt


def test_the_same_goes_on(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "new" / "submission.csv"
    leave_a_part(out)
    with opened(out) as folder:
        assert begin(folder, FINGERPRINT) == ""
        assert list(list_parts(folder)) == [0]
    assert not folder.exists()


def test_a_part_without_the_rest_is_no_reason_to_fail(tmp_path: pathlib.Path) -> None:
    with opened(tmp_path / "submission.csv") as folder:
        assert begin(folder, FINGERPRINT) == ""
        assert begin(folder, FINGERPRINT) == ""


def test_another_file_or_model_starts_anew(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "submission.csv"
    leave_a_part(out)
    with pytest.raises(KeyboardInterrupt), opened(out) as folder:
        (folder / "unpacked.csv").touch()
        assert begin(folder, FINGERPRINT | {"the model": "2c"}) == "the model"
        assert sorted(path.name for path in folder.iterdir()) == [".lock", "run.json"]
        write_part(str(folder), 1, [], [], PartCounts(0, 0))
        raise KeyboardInterrupt
    with opened(out) as folder:
        assert begin(folder, FINGERPRINT | {"the file of drawings": "1b"}) == "the file of drawings and the model"


def test_an_older_release_left_another_fingerprint(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "submission.csv"
    leave_a_part(out, {"the model": "2b"})
    with opened(out) as folder:
        assert begin(folder, FINGERPRINT) == "the file of drawings"


def test_nothing_is_left_of_a_failure_before_the_first_part(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "submission.csv"
    with pytest.raises(UsageError), opened(out) as folder:
        begin(folder, FINGERPRINT)
        raise UsageError("no such thing.")
    assert not folder.exists()


def test_two_at_once(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "submission.csv"
    leave_a_part(out)
    with (
        held(folder_of(out) / ".lock"),
        pytest.raises(UsageError, match=r"another run writes .*submission.csv; wait"),
        opened(out),
    ):
        pass
    assert list(list_parts(folder_of(out))) == [0]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "submission.csv.parts"
    folder.mkdir()
    (folder / "part-000000.csv").write_text("mine")
    with (
        pytest.raises(UsageError, match=r"submission.csv.parts is needed for unfinished work"),
        opened(tmp_path / "submission.csv"),
    ):
        pass
    assert (folder / "part-000000.csv").read_text() == "mine"


def test_discard_takes_unfinished_parts_too(tmp_path: pathlib.Path) -> None:
    for name in ("part-000000.csv", "part-000001.csv.unfinished", "unpacked.unfinished", "run.json"):
        (tmp_path / name).touch()
    discard(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
