import pytest

from components.errors import UsageError
from pipeline.flink.processes import free_port
from pipeline.runner_options import HERE, RunnerOptions, check_runner, count_slots
from tests.pipeline.flink.fake_flink import running_flink, task_manager

DATAFLOW = {"project": "p", "region": "r", "temp_location": "gs://b/t"}


def test_jobs_run_here_unless_one_says_otherwise() -> None:
    assert RunnerOptions() == HERE
    assert HERE.runner == "local"


@pytest.mark.parametrize(
    "options",
    [
        {"runner": "flink", "flink_master": "10.0.0.1:8081"},
        {"runner": "flink", "flink_master": "[::1]:8081", "parallelism": 1, "stall_minutes": 0.5},
        {"runner": "dataflow", **DATAFLOW},
        {"beam_args": ("--runner=SparkRunner", "--spark_master_url=spark://a")},
    ],
)
def test_what_one_may_say(options: dict) -> None:
    assert RunnerOptions(**options).runner == options.get("runner", "local")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"runner": "spark"}, "--runner spark is none of local, flink, dataflow; others are named by --beam-arg."),
        ({"flink_master": "a:1"}, "--flink-master belongs to --runner flink; add that, or leave it out."),
        ({"parallelism": 2}, "--parallelism belongs to --runner flink;"),
        ({"stall_minutes": 2.0}, "--stall-minutes belongs to --runner flink;"),
        ({"runner": "flink", "project": "p"}, "--project belongs to --runner dataflow;"),
        ({"region": "r"}, "--region belongs to --runner dataflow;"),
        ({"temp_location": "gs://b"}, "--temp-location belongs to --runner dataflow;"),
        ({"runner": "flink"}, "--flink-master (not given): name the JobManager as HOST:PORT"),
        ({"runner": "flink", "flink_master": "jobmanager"}, "--flink-master jobmanager: name the JobManager"),
        ({"runner": "flink", "flink_master": ":8081"}, "--flink-master :8081: name the JobManager"),
        ({"runner": "flink", "flink_master": "http://a:1/"}, "--flink-master http://a:1/: name the JobManager"),
        ({"runner": "flink", "flink_master": "a:1", "parallelism": 0}, "--parallelism must be at least 1, not 0."),
        ({"runner": "flink", "flink_master": "a:1", "stall_minutes": -1}, "--stall-minutes must be above zero, not"),
        ({"runner": "dataflow", **DATAFLOW, "region": ""}, "--runner dataflow needs --project, --region and --temp-"),
        ({"beam_args": ("runner=A",)}, "--beam-arg runner=A is no option of Beam's; write it as --beam-arg=--name="),
    ],
)
def test_what_does_not_fit_together_is_a_sentence(options: dict, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        RunnerOptions(**options)
    assert str(error.value).startswith(sentence)


def test_the_slots_of_all_task_managers_are_counted() -> None:
    with running_flink() as flink:
        flink.task_managers = [task_manager("a", 2, 0), task_manager("b", 3, 3)]
        assert count_slots(flink.master) == 5
        check_runner(RunnerOptions(runner="flink", flink_master=flink.master))


def test_a_cluster_without_task_managers_is_refused_before_the_work() -> None:
    with running_flink() as flink:
        flink.task_managers = []
        with pytest.raises(UsageError, match=f"--flink-master {flink.master}: no TaskManager is registered there"):
            check_runner(RunnerOptions(runner="flink", flink_master=flink.master))


def test_nobody_answers() -> None:
    master = f"127.0.0.1:{free_port()}"
    with pytest.raises(UsageError) as error:
        check_runner(RunnerOptions(runner="flink", flink_master=master))
    assert str(error.value) == (
        f"--flink-master: Flink at {master} does not answer /taskmanagers: [Errno 111] Connection refused. "
        "`quickdraw flink up` starts a cluster here."
    )


def test_here_nobody_is_asked() -> None:
    check_runner(HERE)
