import os

import pytest

from serving.server.models.versions import Version, scan


def make_complete(folder):
    (folder / "variables").mkdir(parents=True)
    (folder / "saved_model.pb").write_bytes(b"model")
    (folder / "variables" / "variables.index").write_bytes(b"index")
    return Version(1, folder)


def test_versions_are_the_positive_integers_newest_first(tmp_path):
    names = ["2", "10", "0000123", "20170111173521", "9223372036854775807"]
    others = ["0", "-1", "9223372036854775808", "7.tmp", ".7", "tmp-7", "5.denied", "x", "1_000", "\u0663", "9" * 200]
    for name in names + others:
        (tmp_path / name).mkdir()

    assert [version.number for version in scan(tmp_path)] == [2**63 - 1, 20170111173521, 123, 10, 2]


def test_a_plain_file_is_no_version(tmp_path):
    (tmp_path / "9").write_text("x")
    assert scan(tmp_path) == []


def test_of_two_folders_with_one_number_the_last_name_counts(tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "001").mkdir()
    assert scan(tmp_path) == [Version(1, tmp_path / "1")]


def test_a_missing_base_path_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        scan(tmp_path / "absent")


def test_a_whole_version_misses_nothing(tmp_path):
    assert make_complete(tmp_path / "1").missing_file() is None


@pytest.mark.parametrize("name", ["saved_model.pb", "variables/variables.index"])
def test_the_missing_file_is_named(tmp_path, name):
    version = make_complete(tmp_path / "1")
    (version.path / name).unlink()
    assert version.missing_file() == name


def test_the_fingerprint_changes_with_any_write(tmp_path):
    version = make_complete(tmp_path / "1")
    before = version.fingerprint()
    assert version.fingerprint() == before

    index = version.path / "variables" / "variables.index"
    index.write_bytes(b"longer index")
    grown = version.fingerprint()
    os.utime(index, ns=(1, 1))
    touched = version.fingerprint()
    (version.path / "fingerprint.pb").write_bytes(b"")
    added = version.fingerprint()

    assert len({before, grown, touched, added}) == 4


def test_a_file_that_cannot_be_looked_at_is_passed_over(tmp_path):
    version = make_complete(tmp_path / "1")
    before = version.fingerprint()
    (version.path / "loop").symlink_to("loop")
    assert version.fingerprint() == before


def test_a_version_that_is_gone_has_an_empty_fingerprint(tmp_path):
    assert Version(1, tmp_path / "1").fingerprint() == frozenset()
