import pytest

from components.errors import UsageError
from pipeline.flink.jars_folder import find_jars, find_java


@pytest.fixture
def jars(tmp_path, monkeypatch):
    """The folder that the environment names, empty."""
    monkeypatch.setenv("QUICKDRAW_FLINK_JARS", str(tmp_path / "jars"))
    return tmp_path / "jars"


def put_java(folder):
    folder.mkdir(parents=True)
    (folder / "java").write_text("#!/bin/sh\n")
    (folder / "java").chmod(0o755)
    return str(folder / "java")


def test_the_folder_that_the_environment_names(java):
    assert find_jars() == java.parents[2] / "jars"


def test_without_jars_the_sentence_says_how_to_get_them(jars):
    with pytest.raises(UsageError) as error:
        find_jars()
    assert str(error.value) == (
        f"Flink's jars are not in {jars}; `make flink-jars` fetches them, or name their folder in QUICKDRAW_FLINK_JARS."
    )


def test_jars_without_a_java_are_of_no_use(java, tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError) as error:
        find_jars()
    assert str(error.value) == "no java is in JAVA_HOME; Flink runs on Java 11 or 17 (Debian: default-jre-headless)."


def test_the_java_of_the_path(tmp_path, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(UsageError, match="no java is on the PATH; Flink runs on Java 11 or 17"):
        find_java()
    assert put_java(tmp_path / "bin") == find_java()


def test_java_home_prevails_over_the_path(tmp_path, monkeypatch):
    put_java(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert put_java(tmp_path / "home" / "bin") == find_java()
