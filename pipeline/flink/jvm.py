"""The command lines of Flink's Java processes."""

import pathlib

from pipeline.flink.jars_folder import JOB_SERVER_JAR, find_jars, find_java
from pipeline.flink.settings import ClusterSettings

# What Flink 1.16's own scripts open on Java 17 (env.java.opts of its flink-conf.yaml); Java 11 takes it too.
_ADD_EXPORTS = (
    "java.base/sun.net.util",
    "java.rmi/sun.rmi.registry",
    "java.security.jgss/sun.security.krb5",
)
_ADD_OPENS = tuple(
    f"java.base/{package}"
    for package in (
        "java.lang",
        "java.net",
        "java.io",
        "java.nio",
        "sun.nio.ch",
        "java.lang.reflect",
        "java.text",
        "java.time",
        "java.util",
        "java.util.concurrent",
        "java.util.concurrent.atomic",
        "java.util.concurrent.locks",
    )
)
_JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"
_TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"
_JOB_MANAGER_HEAP = "768m"

LOG4J = """\
rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file
appender.file.name = file
appender.file.type = RollingFile
appender.file.fileName = ${sys:log.file}
appender.file.filePattern = ${sys:log.file}.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %-5p %c{1} - %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 20MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 2
"""


def job_manager_command(folder: pathlib.Path) -> list[str]:
    """Starts a JobManager.

    Args:
        folder: with `flink-conf.yaml` and `log4j2.properties`.
    """
    return [*_java(folder, f"-Xmx{_JOB_MANAGER_HEAP}"), _JOB_MANAGER, "--configDir", str(folder)]


def task_manager_command(settings: ClusterSettings, folder: pathlib.Path) -> list[str]:
    """Starts a TaskManager.

    Args:
        settings: how much memory it has.
        folder: with `flink-conf.yaml` and `log4j2.properties`.
    """
    memory = (
        f"-Xms{settings.heap_bytes}",
        f"-Xmx{settings.heap_bytes}",
        f"-XX:MaxDirectMemorySize={settings.direct_bytes}",
        f"-XX:MaxMetaspaceSize={settings.metaspace_bytes}",
    )
    return [*_java(folder, *memory), _TASK_MANAGER, "--configDir", str(folder)]


def job_server_command(folder: pathlib.Path, master: str, ports: tuple[int, int]) -> list[str]:
    """Starts Beam's job server, which ends when its standard input does.

    Args:
        folder: with `log4j2.properties`, and for what clients stage.
        master: HOST:PORT of the JobManager's REST.
        ports: its own, for jobs and for what clients stage.
    """
    return [
        find_java(),
        *_opened(),
        *_logging(folder),
        "-Xmx1g",
        "-Dquickdraw.endsWithStandardInput=true",
        "-jar",
        str(find_jars() / JOB_SERVER_JAR),
        f"--flink-master={master}",
        "--job-host=localhost",
        f"--job-port={ports[0]}",
        f"--artifact-port={ports[1]}",
        # 0 would open a port for Java's transforms, which nobody here asks for.
        "--expansion-port=-1",
        f"--artifacts-dir={folder / 'staged'}",
    ]


def write_log4j(folder: pathlib.Path) -> None:
    """Writes how a process logs: to one file of its own, twice rolled over at 20 MB."""
    (folder / "log4j2.properties").write_text(LOG4J, encoding="utf-8")


def _java(folder: pathlib.Path, *memory: str) -> list[str]:
    return [find_java(), *_opened(), *_logging(folder), *memory, "-cp", f"{find_jars()}/lib/*"]


def _logging(folder: pathlib.Path) -> list[str]:
    return [f"-Dlog.file={folder / 'java.log'}", f"-Dlog4j.configurationFile={folder / 'log4j2.properties'}"]


def _opened() -> list[str]:
    exports = [f"--add-exports={package}=ALL-UNNAMED" for package in _ADD_EXPORTS]
    return [*exports, *(f"--add-opens={package}=ALL-UNNAMED" for package in _ADD_OPENS)]
