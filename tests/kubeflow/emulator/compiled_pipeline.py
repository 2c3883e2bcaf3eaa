"""A compiled pipeline as KFP's API server takes it apart."""

import dataclasses
import graphlib
import pathlib
from typing import Any

import yaml


@dataclasses.dataclass(frozen=True)
class Task:
    """A task with its component and its container.

    Attributes:
        id: its key among the tasks.
        spec: its PipelineTaskSpec.
        component: its ComponentSpec.
        container: its PipelineContainerSpec.
    """

    id: str
    spec: dict[str, Any]
    component: dict[str, Any]
    container: dict[str, Any]

    @property
    def producers(self) -> set[str]:
        """The tasks that this one waits for."""
        inputs = self.spec.get("inputs", {}).get("artifacts", {}).values()
        return {i["taskOutputArtifact"]["producerTask"] for i in inputs} | set(self.spec.get("dependentTasks", []))

    @property
    def most_attempts(self) -> int:
        """One, and the retries."""
        return 1 + self.spec.get("retryPolicy", {}).get("maxRetryCount", 0)

    @property
    def may_be_cached(self) -> bool:
        """Whether KFP looks for an earlier execution."""
        return self.spec.get("cachingOptions", {}).get("enableCache", False)


@dataclasses.dataclass(frozen=True)
class CompiledPipeline:
    """What a YAML file holds.

    Attributes:
        name: of the pipeline.
        parameters: the run's parameters: name -> ParameterSpec.
        tasks: by id, each behind those it waits for.
    """

    name: str
    parameters: dict[str, Any]
    tasks: dict[str, Task]

    @classmethod
    def read(cls, path: pathlib.Path) -> "CompiledPipeline":
        """Reads the first document; the second one, if any, is for the cluster only."""
        spec, *_ = yaml.safe_load_all(path.read_text())
        assert spec["schemaVersion"] == "2.1.0"
        executors = spec["deploymentSpec"]["executors"]
        tasks = {}
        for task_id, task in spec["root"]["dag"]["tasks"].items():
            component = spec["components"][task["componentRef"]["name"]]
            tasks[task_id] = Task(task_id, task, component, executors[component["executorLabel"]]["container"])
        order = graphlib.TopologicalSorter({task.id: task.producers for task in tasks.values()}).static_order()
        parameters = spec["root"].get("inputDefinitions", {}).get("parameters", {})
        return cls(spec["pipelineInfo"]["name"], parameters, {task_id: tasks[task_id] for task_id in order})
