"""Starts runs, once or by a schedule, and asks what became of them."""

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import kfp_server_api

from pipeline.kubeflow.client.arguments import Argument
from pipeline.kubeflow.client.connection import Server
from pipeline.kubeflow.documents import Documents

_EQUALS = 1  # of `Predicate.Operation`; kfp's client sends the number too


@dataclasses.dataclass(frozen=True)
class Order:
    """What to run.

    Attributes:
        documents: the compiled pipeline.
        name: of the run, or of the schedule.
        experiment: the group that the runs are shown in; it is made where there is none.
        pipeline_root: where KFP keeps the artifacts. Not in the YAML: KFP reads it nowhere but in the run.
        arguments: parameter -> value, for those without or with another than the default.
        service_account: of the pods; "" for Kubeflow's own.
    """

    documents: Documents
    name: str
    experiment: str
    pipeline_root: str
    arguments: Mapping[str, Argument]
    service_account: str = ""


@dataclasses.dataclass(frozen=True)
class Schedule:
    """When to run.

    Attributes:
        cron: six fields, seconds first, as the schedules of KFP; "" for an interval.
        every: seconds between starts, 0 for a cron expression.
        at_once: how many runs may overlap.
    """

    cron: str = ""
    every: int = 0
    at_once: int = 1


@dataclasses.dataclass(frozen=True)
class Task:
    """A node of a run, as the API server tells of it.

    Attributes:
        name: of the node.
        state: PENDING, RUNNING, SUCCEEDED, SKIPPED, FAILED, CANCELING or CANCELED.
        started: or None.
        ended: or None.
        error: why it failed; "" where the server does not say.
        pods: names of pods, or of Argo's nodes, that belong to it.
    """

    name: str
    state: str
    started: datetime.datetime | None
    ended: datetime.datetime | None
    error: str
    pods: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Run:
    """A run, as the API server tells of it.

    Attributes:
        run_id: of the run.
        name: of the run.
        state: as of a `Task`.
        error: why it failed; "" where the server does not say.
        tasks: in the order in which they started; those of the graph only, no driver.
    """

    run_id: str
    name: str
    state: str
    error: str
    tasks: tuple[Task, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in ("SUCCEEDED", "SKIPPED", "FAILED", "CANCELED")

    def task(self, name: str) -> Task | None:
        """Finds a task by its name."""
        return next((task for task in self.tasks if task.name == name), None)


def submit(server: Server, order: Order) -> str:
    """Starts a run.

    Returns:
        Its id.

    Raises:
        QuickdrawError: see `Server.call`.
    """
    body = kfp_server_api.V2beta1Run(experiment_id=_experiment(server, order.experiment), **_order_fields(order))
    answer = server.call(kfp_server_api.RunServiceApi(server.api_client).create_run, body)
    return _id(server, answer, "run_id")


def schedule(server: Server, order: Order, times: Schedule) -> str:
    """Lets the server start a run again and again, never for times that have passed.

    Returns:
        The id of the recurring run.

    Raises:
        QuickdrawError: see `Server.call`.
    """
    if times.cron:
        trigger = kfp_server_api.V2beta1Trigger(cron_schedule=kfp_server_api.V2beta1CronSchedule(cron=times.cron))
    else:
        periodic = kfp_server_api.V2beta1PeriodicSchedule(interval_second=times.every)
        trigger = kfp_server_api.V2beta1Trigger(periodic_schedule=periodic)
    body = kfp_server_api.V2beta1RecurringRun(
        experiment_id=_experiment(server, order.experiment),
        mode=kfp_server_api.RecurringRunMode.ENABLE,
        max_concurrency=times.at_once,
        no_catchup=True,
        trigger=trigger,
        **_order_fields(order),
    )
    service = kfp_server_api.RecurringRunServiceApi(server.api_client)
    return _id(server, server.call(service.create_recurring_run, body), "recurring_run_id")


def get_run(server: Server, run_id: str) -> Run:
    """Asks about a run.

    Raises:
        QuickdrawError: see `Server.call`.
    """
    answer = server.call(kfp_server_api.RunServiceApi(server.api_client).get_run, run_id)
    details = (answer.run_details and answer.run_details.task_details) or []
    return Run(
        run_id=_id(server, answer, "run_id"),
        name=answer.display_name or "",
        state=answer.state or "PENDING",
        error=_error_text(answer.error),
        tasks=_tasks(details, _nodes(answer.pipeline_spec)),
    )


def _order_fields(order: Order) -> dict[str, Any]:
    documents = order.documents
    both = {"pipeline_spec": documents.spec, "platform_spec": documents.platform}
    return {
        "display_name": order.name,
        "pipeline_spec": both if documents.platform else documents.spec,
        "runtime_config": kfp_server_api.V2beta1RuntimeConfig(
            pipeline_root=order.pipeline_root, parameters=dict(order.arguments)
        ),
        "service_account": order.service_account or None,
    }


def _experiment(server: Server, name: str) -> str:
    """The id of the experiment of this name, which is made where there is none."""
    service = kfp_server_api.ExperimentServiceApi(server.api_client)
    named = {"predicates": [{"operation": _EQUALS, "key": "display_name", "stringValue": name}]}
    namespace = server.connection.namespace
    found = server.call(service.list_experiments, filter=json.dumps(named), namespace=namespace)
    if found.experiments:
        return _id(server, found.experiments[0], "experiment_id")
    new = kfp_server_api.V2beta1Experiment(display_name=name, namespace=namespace)
    return _id(server, server.call(service.create_experiment, new), "experiment_id")


def _id(server: Server, answer: Any, field: str) -> str:  # noqa: ANN401 - a model of kfp-server-api
    """kfp-server-api makes an empty model of whatever another program answers."""
    value = getattr(answer, field)
    if not value:
        raise server.no_api_server(f"no {field}")
    return value


def _nodes(pipeline_spec: Any) -> frozenset[str]:  # noqa: ANN401 - JSON of the server
    """The graph's nodes; none where the run was made from an uploaded pipeline."""
    spec = pipeline_spec or {}
    spec = spec.get("pipeline_spec", spec)
    return frozenset(spec.get("root", {}).get("dag", {}).get("tasks", {}))


def _tasks(details: Sequence[Any], nodes: frozenset[str]) -> tuple[Task, ...]:
    """What the server lists are Argo's nodes: each task's own, its driver, its pod, and the run's."""
    tasks = [
        Task(
            name=detail.display_name,
            state=detail.state or "PENDING",
            started=detail.start_time,
            ended=detail.end_time,
            error=_error_text(detail.error),
            pods=_pods(detail),
        )
        for detail in details
        if (detail.display_name in nodes if nodes else _is_node(detail.display_name or ""))
    ]
    return tuple(sorted(tasks, key=lambda task: (task.started is None, task.started, task.name)))


def _is_node(name: str) -> bool:
    return name[:1].isupper() and not name.endswith("-driver")


def _pods(detail: Any) -> tuple[str, ...]:  # noqa: ANN401 - a model of kfp-server-api
    own = [detail.pod_name] if detail.pod_name else []
    return (*own, *(child.pod_name for child in detail.child_tasks or [] if child.pod_name))


def _error_text(error: Any) -> str:  # noqa: ANN401 - a model of kfp-server-api
    return " ".join((error.message or "").split()) if error else ""
