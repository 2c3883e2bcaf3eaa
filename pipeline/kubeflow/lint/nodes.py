"""A compiled pipeline seen as its nodes: each task with its component, its executor and its pod."""

import dataclasses
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents, Json


@dataclasses.dataclass(frozen=True)
class Node:
    """A task and all that belongs to it; {} for what is missing.

    Attributes:
        id: the task's id.
        task: `PipelineTaskSpec`.
        component: `ComponentSpec`.
        executor: `ExecutorSpec`.
        pod: `KubernetesExecutorConfig`.
        siblings: the tasks of the same DAG, by id.
        inputs: `ComponentInputsSpec` of the DAG around it.
    """

    id: str
    task: Json
    component: Json
    executor: Json
    pod: Json
    siblings: Json
    inputs: Json

    @property
    def container(self) -> Json:
        """`PipelineContainerSpec`; {} for a node of another kind."""
        return self.executor.get("container", {})

    @property
    def parameters(self) -> Json:
        """Executor property -> where its value comes from."""
        return self.task.get("inputs", {}).get("parameters", {})

    def value(self, name: str) -> str | float | None:
        """Finds the value of an executor property, for a run that names no parameter.

        Args:
            name: of the property.

        Returns:
            The constant, or the default of the parameter that feeds it; None if there is none.
        """
        source = self.parameters.get(name, {})
        if "componentInputParameter" in source:
            return self.inputs.get("parameters", {}).get(source["componentInputParameter"], {}).get("defaultValue")
        return source.get("runtimeValue", {}).get("constant")


def nodes(documents: Documents) -> Iterator[Node]:
    """Lists every task, also those of DAGs inside the DAG.

    Args:
        documents: of the right shape, see `pipeline.kubeflow.lint.messages`.

    Yields:
        The nodes, sorted by id within their DAG.
    """
    components = documents.spec.get("components", {})
    executors = documents.spec.get("deploymentSpec", {}).get("executors", {})
    pods = pod_configs(documents)
    for around in (documents.spec.get("root", {}), *components.values()):
        tasks = around.get("dag", {}).get("tasks", {})
        for node_id, task in sorted(tasks.items()):
            component = components.get(task.get("componentRef", {}).get("name"), {})
            label = component.get("executorLabel")
            yield Node(
                id=node_id,
                task=task,
                component=component,
                executor=executors.get(label, {}),
                pod=pods.get(label, {}),
                siblings=tasks,
                inputs=around.get("inputDefinitions", {}),
            )


def pod_configs(documents: Documents) -> Json:
    """Returns executor label -> `KubernetesExecutorConfig`, of the platform document."""
    kubernetes = documents.platform.get("platforms", {}).get("kubernetes", {})
    return kubernetes.get("deploymentSpec", {}).get("executors", {})
