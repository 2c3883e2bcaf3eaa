"""Where the jars of Flink and of Beam's job server lie."""

import os
import pathlib
import shutil

from components.errors import UsageError

# In an image they lie elsewhere.
_VARIABLE = "QUICKDRAW_FLINK_JARS"
_IN_REPOSITORY = pathlib.Path(__file__).parents[2] / ".flink"
JOB_SERVER_JAR = "job-server.jar"


def find_jars() -> pathlib.Path:
    """Returns the folder with `lib/` and the job server's jar.

    Raises:
        UsageError: they have not been fetched, or there is no Java to run them.
    """
    folder = pathlib.Path(os.environ.get(_VARIABLE) or _IN_REPOSITORY)
    if not (folder / JOB_SERVER_JAR).is_file():
        raise UsageError(
            f"Flink's jars are not in {folder}; `make flink-jars` fetches them, or name their folder in {_VARIABLE}."
        )
    find_java()
    return folder


def find_java() -> str:
    """Returns the path of `java`, of JAVA_HOME or of the PATH.

    Raises:
        UsageError: there is none.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(f"{home}/bin/java" if home else "java")
    if java is None:
        where = "in JAVA_HOME" if home else "on the PATH"
        raise UsageError(f"no java is {where}; Flink runs on Java 11 or 17 (Debian: default-jre-headless).")
    return java
