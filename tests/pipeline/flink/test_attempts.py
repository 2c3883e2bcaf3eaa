import pytest
from apache_beam.options.pipeline_options import GoogleCloudOptions, PortableOptions, StandardOptions

from components.errors import DataRefusedError, QuickdrawError
from pipeline.flink.attempts import FlinkAttempts, Limits
from tests.pipeline.flink.fake_flink import task_manager

pytestmark = pytest.mark.usefixtures("java")


@pytest.fixture
def attempts(flink):
    limits = Limits(attempts=3, stall_seconds=60, seconds_to_come_back=1)
    with FlinkAttempts(flink.master, ("--parallelism=2",), limits) as attempts:
        yield attempts


class Work:
    """Work that fails so often; each time a job of it is left on the cluster."""

    def __init__(self, flink, failures, error=None):
        self.flink = flink
        self.left = failures
        self.error = error or RuntimeError("the job server said:\nnothing")
        self.names = []
        self.cleaned = 0

    def __call__(self, make_pipeline):
        self.names.append(make_pipeline().options.view_as(GoogleCloudOptions).job_name)
        if self.left:
            self.left -= 1
            self.flink.jobs[f"job{self.left}"] = (self.names[-1], "RUNNING")
            raise self.error
        return "done"

    def clean_up(self):
        # Nothing may write any more.
        assert {state for _, state in self.flink.jobs.values()} == {"CANCELED"}
        self.cleaned += 1


def test_what_beam_is_told(flink, attempts):
    def work(make_pipeline):
        return make_pipeline().options

    options = attempts.run("Transform", work, lambda: None)
    assert options.view_as(StandardOptions).runner == "PortableRunner"
    assert options.view_as(PortableOptions).job_endpoint == attempts._job_server.endpoint()
    assert options.get_all_options()["job_name"].startswith(f"{attempts._prefix}-transform-1-")
    assert not attempts.is_local


def test_work_that_succeeds_is_done_once(flink, attempts):
    work = Work(flink, 0)
    assert attempts.run("Transform", work, work.clean_up) == "done"
    assert (len(work.names), work.cleaned) == (1, 0)


def test_each_pipeline_is_a_job_of_its_own_name(attempts):
    def work(make_pipeline):
        return {make_pipeline().options.view_as(GoogleCloudOptions).job_name for _ in range(3)}

    assert len(attempts.run("Transform", work, lambda: None)) == 3


def test_what_fails_is_cleaned_up_and_done_again(flink, attempts, caplog):
    caplog.set_level("INFO", "quickdraw")
    work = Work(flink, 2)
    assert attempts.run("Transform", work, work.clean_up) == "done"
    assert work.cleaned == 2
    assert flink.cancelled == ["job1", "job0"]
    assert [name.split("-")[2:4] for name in work.names] == [["transform", str(number)] for number in (1, 2, 3)]
    assert "Transform: attempt 1 of 3 failed: the job server said:\n" in caplog.text
    assert caplog.text.count("Transform: trying again") == 2


def test_after_the_last_attempt_there_is_a_sentence(flink, attempts):
    work = Work(flink, 9)
    with pytest.raises(QuickdrawError) as error:
        attempts.run("Transform", work, work.clean_up)
    assert str(error.value) == "Transform failed on Flink 3 times, the last time: the job server said:"
    assert (len(work.names), work.cleaned) == (3, 2)


def test_what_the_data_is_to_blame_for_is_not_tried_again(flink, attempts):
    work = Work(flink, 9, DataRefusedError("row 7 of ant.csv: no drawing"))
    with pytest.raises(DataRefusedError, match=r"row 7 of ant\.csv"):
        attempts.run("Transform", work, work.clean_up)
    assert (len(work.names), work.cleaned) == (1, 0)


def test_without_a_free_slot_there_is_no_next_attempt(flink, attempts):
    flink.task_managers = [task_manager("tm1", 2, 0)]
    work = Work(flink, 9)
    with pytest.raises(QuickdrawError) as error:
        attempts.run("Transform", work, work.clean_up)
    assert str(error.value) == f"Flink at {flink.master} has no free slot; see http://{flink.master}."


def test_at_the_end_no_job_of_the_command_is_left(flink):
    with FlinkAttempts(flink.master, ()) as attempts:
        flink.jobs["a1"] = (f"{attempts._prefix}-transform-1-ab", "RUNNING")
        flink.jobs["b1"] = ("other", "RUNNING")
    assert flink.cancelled == ["a1"]
