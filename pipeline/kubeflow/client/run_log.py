"""The log of a task, as long as its pod, or an archive of logs, is there."""

import json
from typing import Any

from components.errors import QuickdrawError, UsageError
from pipeline.kubeflow.client.connection import Server
from pipeline.kubeflow.client.runs import Run, Task

# The newer one, and that of KFP 2.0 to 2.17. Plain HTTP, which is why kfp-server-api has no method for it.
_PATHS = ("/apis/v2beta1/runs/{run_id}/nodes/{node_id}/log", "/apis/v1alpha1/runs/{run_id}/nodes/{node_id}/log")
# KFP's name of the template of a pod that runs a container.
_TEMPLATE = "system-container-impl"


def read_log(server: Server, run: Run, name: str) -> str:
    """Reads what a task wrote.

    Args:
        server: of the run.
        run: of `get_run`.
        name: of the task.

    Returns:
        The log, of each pod of the task whose log is there.

    Raises:
        UsageError: the run has no such task, or the server does not let us in.
        QuickdrawError: no log is there.
    """
    task = run.task(name)
    if task is None:
        there = ", ".join(task.name for task in run.tasks) or "no task yet"
        raise UsageError(f"run {run.run_id} has no task {name}; it has {there}.")
    logs = [log for pod in _pods(task) if (log := _log_of(server, run.run_id, pod))]
    if not logs:
        raise QuickdrawError(
            f"the server has no log of {name}; ask Kubernetes: kubectl logs --container main --prefix "
            f"--selector pipeline/runid={run.run_id}"
        )
    return "\n".join(logs)


def _pods(task: Task) -> list[str]:
    """Argo's node `workflow-hash` may run in a pod `workflow-template-hash`, which the server does not tell."""
    names = list(task.pods)
    for pod in task.pods:
        workflow, _, number = pod.rpartition("-")
        if number.isdigit():
            names.append(f"{workflow}-{_TEMPLATE}-{number}")
    return names


def _log_of(server: Server, run_id: str, pod: str) -> str:
    """The log of a pod, "" where the server finds none."""
    for path in _PATHS:
        try:
            return server.call(_get, server, path, {"run_id": run_id, "node_id": pod})
        except UsageError:
            raise
        except QuickdrawError:
            # HTTP 404 for a path of another version, 500 for a pod that is gone.
            continue
    return ""


def _get(server: Server, path: str, parameters: dict[str, str], _request_timeout: Any) -> str:  # noqa: ANN401
    response = server.api_client.call_api(
        path,
        "GET",
        path_params=parameters,
        auth_settings=["Bearer"],
        _return_http_data_only=True,
        _preload_content=False,
        _request_timeout=_request_timeout,
    )
    text = response.data.decode("utf-8", errors="replace")
    return "" if _is_error(text) else text


def _is_error(text: str) -> bool:
    """Some versions answer 200 and an error as JSON."""
    try:
        answer = json.loads(text)
    except ValueError:
        return False
    return isinstance(answer, dict) and {"error_message", "error_details"} <= set(answer)
