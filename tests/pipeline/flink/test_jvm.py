import pathlib

from pipeline.flink.jvm import job_manager_command, job_server_command, task_manager_command, write_log4j
from pipeline.flink.settings import ClusterSettings

HOME = pathlib.Path("/cluster/home")
LOGGING = ["-Dlog.file=/cluster/home/java.log", "-Dlog4j.configurationFile=/cluster/home/log4j2.properties"]


def is_opened(option):
    return option.startswith(("--add-exports=", "--add-opens="))


def without_opened(command):
    return [each for each in command if not is_opened(each)]


def test_a_job_manager(java):
    assert without_opened(job_manager_command(HOME)) == [
        str(java),
        *LOGGING,
        "-Xmx768m",
        "-cp",
        f"{java.parents[2]}/jars/lib/*",
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        "--configDir",
        "/cluster/home",
    ]


def test_a_task_manager_has_the_memory_of_the_settings(java):
    settings = ClusterSettings(heap_mib=1000, network_mib=200)
    assert without_opened(task_manager_command(settings, HOME)) == [
        str(java),
        *LOGGING,
        "-Xms1128m",
        "-Xmx1128m",
        "-XX:MaxDirectMemorySize=456m",
        "-XX:MaxMetaspaceSize=256m",
        "-cp",
        f"{java.parents[2]}/jars/lib/*",
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        "--configDir",
        "/cluster/home",
    ]


def test_a_job_server_ends_with_its_standard_input_and_opens_no_third_port(java):
    assert without_opened(job_server_command(HOME, "10.0.0.1:8081", (7001, 7002))) == [
        str(java),
        *LOGGING,
        "-Xmx1g",
        "-Dquickdraw.endsWithStandardInput=true",
        "-jar",
        f"{java.parents[2]}/jars/job-server.jar",
        "--flink-master=10.0.0.1:8081",
        "--job-host=localhost",
        "--job-port=7001",
        "--artifact-port=7002",
        "--expansion-port=-1",
        "--artifacts-dir=/cluster/home/staged",
    ]


def test_java_17_is_opened_before_the_program_is_named(java):
    """Java takes what comes after the class for the program's own arguments."""
    command = job_manager_command(HOME)
    opened = [number for number, option in enumerate(command) if is_opened(option)]
    assert opened == list(range(1, 16))
    assert "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED" in command


def test_a_process_logs_to_one_file_that_does_not_grow_for_ever(tmp_path):
    write_log4j(tmp_path)
    lines = (tmp_path / "log4j2.properties").read_text().splitlines()
    assert "appender.file.fileName = ${sys:log.file}" in lines
    assert "appender.file.policies.size.size = 20MB" in lines
    assert "appender.file.strategy.max = 2" in lines
