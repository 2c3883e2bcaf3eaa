import pathlib
import threading

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import (
    GoogleCloudOptions,
    PipelineOptions,
    PortableOptions,
    StandardOptions,
    WorkerOptions,
)

from components.errors import QuickdrawError, UsageError
from pipeline.beam_runner import beam_args, beam_runner
from pipeline.flink.attempts import MakePipeline
from pipeline.runner_options import HERE, RunnerOptions
from tests.pipeline.flink.fake_flink import running_flink, task_manager

DIRECT = RunnerOptions(beam_args=("--runner=BundleBasedDirectRunner",))
DATAFLOW = RunnerOptions(runner="dataflow", project="p", region="europe-west1", temp_location="gs://b/t")


def run(options: RunnerOptions, write) -> None:
    def work(make_pipeline: MakePipeline) -> None:
        with make_pipeline() as pipeline:
            write(pipeline)

    with beam_runner(options) as runner:
        runner.run("Test", work, lambda: None)


def write_names(folder: pathlib.Path):
    def write(pipeline: beam.Pipeline) -> None:
        names = pipeline | beam.Create([str(number) for number in range(8)]) | beam.Reshuffle()
        _ = names | beam.Map(lambda name: (folder / name).write_text(threading.current_thread().name))

    return write


def fail(pipeline: beam.Pipeline) -> None:
    _ = pipeline | beam.Create([0]) | beam.Map(lambda zero: 1 / zero)


@pytest.mark.parametrize("options", [HERE, DIRECT], ids=["here", "named"])
def test_runs_a_graph_to_its_end(tmp_path: pathlib.Path, options: RunnerOptions) -> None:
    run(options, write_names(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == [str(number) for number in range(8)]


def test_here_two_threads_share_the_work(tmp_path: pathlib.Path) -> None:
    run(HERE, write_names(tmp_path))
    assert len({path.read_text() for path in tmp_path.iterdir()}) == 2


def test_what_work_returns_comes_back() -> None:
    with beam_runner(HERE) as runner:
        assert runner.run("Test", lambda _: 7, lambda: None) == 7
    with beam_runner(DIRECT) as runner:
        assert runner.run("Test", lambda _: 8, lambda: None) == 8


@pytest.mark.parametrize(("options", "is_local"), [(HERE, True), (DIRECT, False), (DATAFLOW, False)])
def test_whether_it_is_this_process(options: RunnerOptions, is_local: bool) -> None:
    with beam_runner(options) as runner:
        assert runner.is_local == is_local


def test_a_runner_that_nobody_knows() -> None:
    with pytest.raises(UsageError, match="--beam-arg --runner=Nobody: Unexpected pipeline runner: Nobody"):
        run(RunnerOptions(beam_args=("--runner=Nobody",)), fail)


def test_a_failure_here_is_itself() -> None:
    with pytest.raises((RuntimeError, ZeroDivisionError), match="division by zero"):
        run(HERE, fail)


def test_a_failure_elsewhere_is_a_sentence() -> None:
    with pytest.raises(QuickdrawError, match=r"Test failed with --runner=BundleBasedDirectRunner: .*division by zero"):
        run(DIRECT, fail)


def test_an_error_of_ours_elsewhere_stays_itself() -> None:
    def work(_: MakePipeline) -> None:
        raise UsageError("the file is not there")

    with beam_runner(DIRECT) as runner, pytest.raises(UsageError, match="the file is not there"):
        runner.run("Test", work, lambda: None)


def test_this_process_needs_no_arguments() -> None:
    assert beam_args(HERE) == ()


def test_what_is_handed_to_beam_for_dataflow() -> None:
    options = PipelineOptions(beam_args(DATAFLOW))
    assert options.view_as(StandardOptions).runner == "DataflowRunner"
    cloud = options.view_as(GoogleCloudOptions)
    assert (cloud.project, cloud.region, cloud.temp_location) == ("p", "europe-west1", "gs://b/t")


def test_a_users_own_arguments_prevail() -> None:
    arguments = beam_args(
        RunnerOptions(
            runner="dataflow",
            project="p",
            region="r",
            temp_location="gs://b/t",
            beam_args=("--num_workers=16", "--region=us-central1"),
        )
    )
    options = PipelineOptions(arguments)
    assert options.view_as(GoogleCloudOptions).region == "us-central1"
    assert options.view_as(WorkerOptions).num_workers == 16


@pytest.mark.parametrize(("parallelism", "expected"), [(None, "--parallelism=5"), (2, "--parallelism=2")])
def test_what_is_handed_to_beam_for_flink(parallelism: int | None, expected: str) -> None:
    with running_flink() as flink:
        flink.task_managers = [task_manager("a", 2, 0), task_manager("b", 3, 3)]
        where = RunnerOptions(runner="flink", flink_master=flink.master, parallelism=parallelism)
        arguments = beam_args(where)
    assert arguments[-1] == expected
    assert "--execution_mode_for_batch=BATCH_FORCED" in arguments
    portable = PipelineOptions(arguments).view_as(PortableOptions)
    assert (portable.environment_type, portable.environment_config) == ("EXTERNAL", "localhost:50000")
    assert portable.environment_cache_millis == "30000"
