"""Runs compiled pipelines, task by task, as Argo would: what is ready runs, some tasks at once."""

import concurrent.futures
import dataclasses
import subprocess
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from tests.kubeflow.emulator.compiled_pipeline import CompiledPipeline, Task
from tests.kubeflow.emulator.conditions import holds
from tests.kubeflow.emulator.converter import MetadataError
from tests.kubeflow.emulator.driver import executor_input, run_parameters
from tests.kubeflow.emulator.launcher import Launcher, TaskError
from tests.kubeflow.emulator.metadata_store import MetadataStore, RecordedArtifact, fingerprint
from tests.kubeflow.emulator.object_store import ObjectStore

_AT_ONCE = 2


@dataclasses.dataclass
class TaskRun:
    """What became of a task.

    Attributes:
        state: succeeded, cached, skipped (its condition), omitted (a task before it did not end well) or failed.
        seconds: from its first attempt to its end.
        attempts: pods started.
        outputs: key -> artifact.
        error: of the last attempt that failed.
    """

    state: str
    seconds: float = 0.0
    attempts: int = 0
    outputs: dict[str, RecordedArtifact] = dataclasses.field(default_factory=dict)
    error: Exception | None = None


Observer = Callable[[str, int, subprocess.Popen[bytes]], None]


def _observe_nothing(task_id: str, attempt: int, process: subprocess.Popen[bytes]) -> None:
    """The default."""


class Cluster:
    """One installation of KFP: a store, its books, and what runs there."""

    def __init__(self, store: ObjectStore, environment: Mapping[str, str]) -> None:
        self.store = store
        self._metadata = MetadataStore()
        self._launcher = Launcher(store, self._metadata, environment)

    def run(
        self,
        pipeline: CompiledPipeline,
        pipeline_root: str,
        parameters: Mapping[str, Any] | None = None,
        on_start: Observer = _observe_nothing,
    ) -> dict[str, TaskRun]:
        """Runs a pipeline to its end.

        Args:
            pipeline: compiled.
            pipeline_root: URI.
            parameters: of the run; the others have their defaults.
            on_start: told of every process that starts: its task, the attempt from 0, and the process.

        Returns:
            What became of each task, in the order in which they ended.
        """
        values = run_parameters(pipeline, dict(parameters or {}))
        root = f"{pipeline_root}/{pipeline.name}/{uuid.uuid4()}"
        done: dict[str, TaskRun] = {}
        waiting = dict(pipeline.tasks)
        with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as pool:
            running: dict[concurrent.futures.Future[TaskRun], str] = {}
            while waiting or running:
                for task in [task for task in waiting.values() if task.producers <= set(done)]:
                    del waiting[task.id]
                    if any(done[producer].state not in ("succeeded", "cached") for producer in task.producers):
                        done[task.id] = TaskRun("omitted")
                        continue
                    outputs = {task_id: task_run.outputs for task_id, task_run in done.items()}
                    running[pool.submit(self._run_task, task, root, values, outputs, on_start)] = task.id
                if not running:
                    continue
                ended, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in ended:
                    done[running.pop(future)] = future.result()
        return done

    def _run_task(
        self,
        task: Task,
        root: str,
        parameters: dict[str, Any],
        outputs: dict[str, dict[str, RecordedArtifact]],
        on_start: Observer,
    ) -> TaskRun:
        given = executor_input(task, root, parameters, outputs)
        condition = task.spec.get("triggerPolicy", {}).get("condition")
        if condition and not holds(condition, given):
            return TaskRun("skipped")
        key = fingerprint(task, given)
        cached = self._metadata.find(key) if task.may_be_cached else None
        if cached is not None:
            return TaskRun("cached", outputs=cached)
        result = self._attempt(task, given, on_start)
        if result.state == "succeeded" and task.may_be_cached:
            self._metadata.publish(key, result.outputs)
        return result

    def _attempt(self, task: Task, given: dict[str, Any], on_start: Observer) -> TaskRun:
        """A retry is a new pod with the input of the first: the driver does not run again."""
        started = time.monotonic()
        result = TaskRun("failed")
        while result.state == "failed" and result.attempts < task.most_attempts:
            attempt = result.attempts
            result.attempts += 1
            try:
                result.outputs = self._launcher.execute(task, given, lambda p, n=attempt: on_start(task.id, n, p))
                result.state = "succeeded"
            except (TaskError, MetadataError) as error:
                result.error = error
        result.seconds = time.monotonic() - started
        return result


def table(runs: Mapping[str, Mapping[str, TaskRun]]) -> str:
    """Lays out what became of the tasks of several runs, a row a task."""
    tasks = sorted({task for run in runs.values() for task in run})
    lines = ["".join([f"{'task':18}", *(f"{name:>24}" for name in runs)])]
    for task in tasks:
        cells = [run.get(task, TaskRun("-")) for run in runs.values()]
        lines.append("".join([f"{task:18}", *(f"{cell.state:>15}{cell.seconds:7.1f} s" for cell in cells)]))
    lines.append(f"{'sum':18}" + "".join(f"{sum(c.seconds for c in run.values()):22.1f} s" for run in runs.values()))
    return "\n".join(lines)
