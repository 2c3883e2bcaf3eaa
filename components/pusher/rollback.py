"""Makes an older version serve again, by what TF Serving's default policy understands: a higher number."""

import pathlib
from collections.abc import Callable
from typing import Any

from components.errors import UsageError
from components.pusher.push import check_answers, publish, read_run
from components.pusher.registry import require_version, version_path


def rollback(registry: pathlib.Path, version: int, check: Callable[[pathlib.Path], None] = check_answers) -> int:
    """Publishes a verified copy of an older version as the newest, by the same steps as a push.

    The copy keeps the original's run and metrics; `run.json` tells also `rollback_of`, `rolled_back_from` (what served
    before) and `first_version` (the version that a run pushed, also for a copy of a copy).

    Args:
        registry: the folder of versions.
        version: the one to serve again.
        check: of `components.pusher.push.publish`.

    Returns:
        The new version. A push that ends later gets a higher one, and serves.

    Raises:
        UsageError: there is no such version, it serves already, or it was removed meanwhile.
        PushError: the version does not load, or does not answer as it did when it was trained.
    """
    serving = require_version(registry, version)
    original = version_path(registry, version)
    run = read_run(original)
    if version == serving:
        raise UsageError(f"version {version} serves already.")
    if read_run(version_path(registry, serving)).get("rollback_of") == version:
        raise UsageError(f"version {serving}, which serves, is a copy of version {version} already.")
    try:
        return publish(original, registry, {**run, **_origin(run, version), "rolled_back_from": serving}, check)
    except OSError as error:
        if original.is_dir():
            raise
        raise UsageError(f"version {version} was removed while it was copied; {serving} goes on serving.") from error


def _origin(run: dict[str, Any], version: int) -> dict[str, int]:
    return {"rollback_of": version, "first_version": run.get("first_version", version)}
