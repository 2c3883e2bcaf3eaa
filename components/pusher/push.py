"""Puts a SavedModel into the registry so that no reader ever sees half of it: stage, verify, rename."""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from components.disk import sync_to_disk
from components.errors import QuickdrawError
from components.pusher import object_store, verify_saved_model
from components.pusher.registry import Registry, list_versions, version_path
from components.pusher.version_files import RUN_FILE
from components.staging import staged
from components.urls import is_url
from components.version_folders import publish_staged

_KEPT_OF_THE_VERDICT = ("metrics", "checks", "examples")


class PushError(QuickdrawError):
    """The staged copy of the model does not answer as the Trainer's did."""


def push(
    model: pathlib.Path,
    registry: Registry,
    run_key: str,
    warm_start: str = "",
    verdict: dict[str, Any] | None = None,
) -> int:
    """Pushes `model` as the registry's newest version.

    Args:
        model: a SavedModel.
        registry: the folder of versions, made if missing, or its URL.
        run_key: what defines the run that made the model; written beside it.
        warm_start: fingerprint of the network that the training began from, which `latest` leaves open; written too.
        verdict: of `components.evaluator.verdict`, of which the metrics, the checks and the number of examples are
            written beside the model; None if nothing has judged it.

    Returns:
        The new version.

    Raises:
        PushError: the copy does not load or does not answer as the original did; nothing was pushed.
    """
    run: dict[str, Any] = {"run_key": run_key, "warm_start": warm_start}
    if verdict is not None:
        run |= {key: verdict[key] for key in _KEPT_OF_THE_VERDICT}
    return publish(model, registry, run)


def check_answers(model: pathlib.Path) -> None:
    """Loads a SavedModel in a fresh process, and compares its answers to the warm-up requests with those recorded.

    Args:
        model: a SavedModel with warm-up requests that carry the expected answers.

    Raises:
        PushError: it does not load, or an answer differs.
    """
    # A fresh interpreter (-I): the check must not profit from what this process has imported.
    command = [sys.executable, "-I", str(verify_saved_model.__file__), str(model)]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["no message"])[-1]
        raise PushError(f"the model was not pushed: its copy in {model} failed the check: {reason}")


def publish(
    model: pathlib.Path,
    registry: Registry,
    run: dict[str, Any],
    check: Callable[[pathlib.Path], None] = check_answers,
) -> int:
    """Publishes a verified copy of a model as the registry's newest version, whole or not at all.

    On an object store that is only almost so, see `components.pusher.object_store`.

    Args:
        model: a SavedModel.
        registry: the folder of versions, made if missing, or its URL.
        run: where the model came from; written beside it, with the time.
        check: raises if the copy, complete and on the disk, must not be published.

    Returns:
        The new version.

    Raises:
        PushError: the copy does not load or does not answer as the original did; nothing was published.
    """
    if is_url(registry):
        with tempfile.TemporaryDirectory() as folder:
            copy = _copy(model, pathlib.Path(folder, "version"), run)
            check(copy)
            return object_store.upload(copy, os.fspath(registry))
    with staged(pathlib.Path(registry)) as staging:
        _fsync_tree(_copy(model, staging, run))
        check(staging)
        return publish_staged(staging)


def find_run(registry: Registry, run_key: str, warm_start: str = "") -> int:
    """Finds the newest version that a run pushed.

    Args:
        registry: the folder of versions, or its URL; may be missing.
        run_key: what defines the run.
        warm_start: fingerprint of the network that it began from, "" for none.

    Returns:
        The version, 0 if the run has pushed none that is still there.
    """
    wanted = (run_key, warm_start)
    runs = read_runs(registry).items()
    return max((v for v, run in runs if (run.get("run_key"), run.get("warm_start", "")) == wanted), default=0)


def read_runs(registry: Registry) -> dict[int, dict[str, Any]]:
    """Reads what the Pusher wrote beside each version.

    Args:
        registry: the folder of versions, or its URL; may be missing.

    Returns:
        The versions, ascending, and `read_run` of each.
    """
    if is_url(registry):
        url = os.fspath(registry)
        return {version: object_store.read_run(url, version) for version in list_versions(url)}
    folder = pathlib.Path(registry)
    return {version: read_run(version_path(folder, version)) for version in list_versions(folder)}


def read_run_key(model: pathlib.Path) -> str:
    """Reads which run a pushed model came from.

    Args:
        model: a pushed version's folder.

    Returns:
        The run key; "" for a model that was put there by other means.
    """
    return read_run(model).get("run_key", "")


def read_run(model: pathlib.Path) -> dict[str, Any]:
    """Reads what the Pusher wrote beside a model.

    Args:
        model: a pushed version's folder.

    Returns:
        `run_key` and `warm_start`; `pushed_at`, UTC in ISO 8601, unless an older release pushed it; if the model was
        judged, `metrics`, `checks` and `examples` as in the verdict; if it is a copy, what
        `components.pusher.rollback.rollback` adds. {} for a model that was put there by other means.
    """
    try:
        return json.loads((model / RUN_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        # Put there by other means, or pruned since it was listed.
        return {}


def _copy(model: pathlib.Path, target: pathlib.Path, run: dict[str, Any]) -> pathlib.Path:
    shutil.copytree(model, target)
    run = {**run, "pushed_at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")}
    path = target / RUN_FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(run, indent=1), encoding="utf-8")
    return target


def _fsync_tree(folder: pathlib.Path) -> None:
    for path in [*folder.rglob("*"), folder, folder.parent]:
        sync_to_disk(path)
