"""Caching and retries of a task."""

from pipeline.kubeflow.documents import Json
from pipeline.kubeflow.settings import NodeSettings


def finish_task(task: Json, settings: NodeSettings) -> None:
    """Sets a task's caching, which TFX knows for the whole pipeline only, and its retries, which it drops.

    Args:
        task: `PipelineTaskSpec`; changed.
        settings: of the node.
    """
    # Left out altogether it would mean the same to KFP; empty it says that somebody decided.
    task["cachingOptions"] = {"enableCache": True} if settings.cache else {}
    retries = settings.retries
    if retries.count:
        task["retryPolicy"] = {
            "maxRetryCount": retries.count,
            "backoffDuration": f"{retries.backoff}s",
            "backoffFactor": retries.factor,
            "backoffMaxDuration": f"{retries.longest_backoff}s",
        }
