import pathlib
import threading

import apache_beam as beam
import pytest

from components.errors import QuickdrawError, UsageError
from pipeline.beam_job import run_beam_job


def write_names(pipeline: beam.Pipeline, folder: str) -> None:
    names = pipeline | beam.Create([str(number) for number in range(8)]) | beam.Reshuffle()
    _ = names | beam.Map(lambda name: pathlib.Path(folder, name).write_text(threading.current_thread().name))


def fail(pipeline: beam.Pipeline) -> None:
    _ = pipeline | beam.Create([0]) | beam.Map(lambda zero: 1 / zero)


@pytest.mark.parametrize("beam_args", [(), ("--runner=BundleBasedDirectRunner",)], ids=["here", "named"])
def test_runs_a_graph_to_its_end(tmp_path: pathlib.Path, beam_args: tuple[str, ...]) -> None:
    run_beam_job(lambda pipeline: write_names(pipeline, str(tmp_path)), beam_args)
    assert sorted(path.name for path in tmp_path.iterdir()) == [str(number) for number in range(8)]


def test_without_arguments_two_threads_share_the_work(tmp_path: pathlib.Path) -> None:
    run_beam_job(lambda pipeline: write_names(pipeline, str(tmp_path)))
    assert len({path.read_text() for path in tmp_path.iterdir()}) == 2


def test_a_runner_that_nobody_knows() -> None:
    with pytest.raises(UsageError, match="--beam-args --runner=Nobody: Unexpected pipeline runner: Nobody"):
        run_beam_job(fail, ["--runner=Nobody"])


def test_a_failure_elsewhere_is_a_sentence_and_a_failure_here_is_itself() -> None:
    with pytest.raises(QuickdrawError, match=r"the Beam job failed with --beam-args --runner=.*: .*division by zero"):
        run_beam_job(fail, ["--runner=BundleBasedDirectRunner"])
    with pytest.raises((RuntimeError, ZeroDivisionError), match="division by zero"):
        run_beam_job(fail)
