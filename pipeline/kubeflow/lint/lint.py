"""All rules over a compiled pipeline."""

from collections.abc import Callable, Iterator

from components.errors import UsageError
from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint import (
    client_messages,
    conditions,
    containers,
    document,
    executors,
    graph,
    ids,
    messages,
    parameters,
    paths,
    platform,
    quantities,
    task_policies,
)
from pipeline.kubeflow.lint.finding import Finding

Rule = Callable[[Documents], Iterator[Finding]]

# Where one of these finds something, the others would stumble over the shape.
_SHAPE: tuple[Rule, ...] = (document.check, platform.check_keys, messages.check)
_CONTENT: tuple[Rule, ...] = (
    client_messages.check,
    executors.check,
    ids.check,
    graph.check,
    conditions.check,
    parameters.check,
    containers.check,
    quantities.check,
    task_policies.check,
    platform.check,
    paths.check,
)


def lint(documents: Documents) -> list[Finding]:
    """Finds what Kubeflow Pipelines would refuse late, or accept and then do wrong.

    Args:
        documents: any compiled pipeline.

    Returns:
        The findings, sorted by node; none for a pipeline that KFP takes.
    """
    return _apply(_SHAPE, documents) or _apply(_CONTENT, documents)


def refuse_findings(documents: Documents) -> None:
    """Lints, and refuses.

    Args:
        documents: any compiled pipeline.

    Raises:
        UsageError: every finding, a line each.
    """
    findings = lint(documents)
    if findings:
        lines = "\n".join(f"  {finding}" for finding in findings)
        raise UsageError(f"Kubeflow Pipelines would not run this:\n{lines}")


def _apply(rules: tuple[Rule, ...], documents: Documents) -> list[Finding]:
    return sorted({finding for rule in rules for finding in rule(documents)})
