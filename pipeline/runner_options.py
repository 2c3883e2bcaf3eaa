"""Where the Beam jobs of a command run: what a user says, checked. Loads nothing heavy."""

import dataclasses

from components.errors import UsageError
from pipeline.flink.rest import ClusterUnreachableError, FlinkRest

RUNNERS = ("local", "flink", "dataflow")


@dataclasses.dataclass(frozen=True)
class RunnerOptions:
    """Where Beam jobs run. No part of a pipeline's configuration: what comes out does not depend on it.

    Attributes:
        runner: one of `RUNNERS`.
        flink_master: HOST:PORT of a Flink JobManager's REST.
        parallelism: tasks at a time on Flink; None for all of the cluster's slots.
        stall_minutes: how long nothing may move on Flink before the job is cancelled, and its work tried again; None
            for ten.
        project: of Google Cloud, for Dataflow.
        region: the same.
        temp_location: the same, a folder gs://...
        beam_args: Beam's own, such as `--runner=SparkRunner`; they come last, so that they prevail.
    """

    runner: str = "local"
    flink_master: str = ""
    parallelism: int | None = None
    stall_minutes: float | None = None
    project: str = ""
    region: str = ""
    temp_location: str = ""
    beam_args: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.runner not in RUNNERS:
            raise UsageError(f"--runner {self.runner} is none of {', '.join(RUNNERS)}; others are named by --beam-arg.")
        self._check_belongs("flink", "--flink-master", self.flink_master)
        self._check_belongs("flink", "--parallelism", self.parallelism)
        self._check_belongs("flink", "--stall-minutes", self.stall_minutes)
        for option in ("project", "region", "temp_location"):
            self._check_belongs("dataflow", f"--{option.replace('_', '-')}", getattr(self, option))
        if self.runner == "flink":
            _check_master(self.flink_master)
        if self.parallelism is not None and self.parallelism < 1:
            raise UsageError(f"--parallelism must be at least 1, not {self.parallelism}.")
        if self.stall_minutes is not None and self.stall_minutes <= 0:
            raise UsageError(f"--stall-minutes must be above zero, not {self.stall_minutes}.")
        if self.runner == "dataflow" and not (self.project and self.region and self.temp_location):
            raise UsageError("--runner dataflow needs --project, --region and --temp-location gs://BUCKET/FOLDER.")
        for argument in self.beam_args:
            if not argument.startswith("--"):
                raise UsageError(f"--beam-arg {argument} is no option of Beam's; write it as --beam-arg=--name=value.")

    def _check_belongs(self, runner: str, option: str, value: object) -> None:
        if value and self.runner != runner:
            raise UsageError(f"{option} belongs to --runner {runner}; add that, or leave it out.")


HERE = RunnerOptions()


def check_runner(options: RunnerOptions) -> None:
    """Asks a Flink cluster for its TaskManagers, before anything that takes seconds.

    Raises:
        UsageError: it does not answer, or has none.
    """
    if options.runner == "flink":
        count_slots(options.flink_master)


def count_slots(master: str) -> int:
    """Returns how many tasks a Flink cluster runs at a time.

    Args:
        master: HOST:PORT of its JobManager.

    Raises:
        UsageError: it does not answer, or no TaskManager is registered.
    """
    try:
        slots = sum(each.slots for each in FlinkRest(master).task_managers())
    except ClusterUnreachableError as error:
        raise UsageError(f"--flink-master: {error} `quickdraw flink up` starts a cluster here.") from error
    if not slots:
        raise UsageError(f"--flink-master {master}: no TaskManager is registered there; start one first.")
    return slots


def _check_master(master: str) -> None:
    host, colon, port = master.rpartition(":")
    if not (host and colon and port.isdigit()):
        raise UsageError(
            f"--flink-master {master or '(not given)'}: name the JobManager as HOST:PORT, such as 127.0.0.1:8081; "
            "`quickdraw flink up` starts one here."
        )
