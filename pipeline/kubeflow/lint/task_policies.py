"""Caching and retries."""

from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.nodes import Node, nodes
from pipeline.kubeflow.settings import NEVER_CACHED


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses a cache for nodes whose result is not a function of their inputs, and retries that do not end well.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    for node in nodes(documents):
        caching = node.task.get("cachingOptions", {})
        if node.id in NEVER_CACHED and caching.get("enableCache"):
            yield Finding(
                node.id,
                "cachingOptions",
                "it looks into a registry that KFP's cache key does not know; do not cache it.",
            )
        if "cacheKey" in caching:
            yield Finding(node.id, "cachingOptions.cacheKey", "kfp 2.5.0, which submits here, refuses it.")
        yield from _check_retries(node)


def _check_retries(node: Node) -> Iterator[Finding]:
    policy = node.task.get("retryPolicy")
    if policy is None:
        return
    if int(policy.get("maxRetryCount", 0)) < 1:
        yield Finding(node.id, "retryPolicy.maxRetryCount", "a policy needs at least one retry; leave it out for none.")
    if float(policy.get("backoffFactor", 1)) < 1:
        yield Finding(node.id, "retryPolicy.backoffFactor", "below 1 the waits would grow shorter.")
    for name in ("backoffDuration", "backoffMaxDuration"):
        text = policy.get(name, "1s")
        # The parse has seen that it is a duration.
        if text.startswith("-") or not float(text.rstrip("s")):
            yield Finding(node.id, f"retryPolicy.{name}", f"'{text}' is no time to wait.")
