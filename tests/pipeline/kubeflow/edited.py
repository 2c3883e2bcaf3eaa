"""The golden pipeline, with one thing wrong."""

import copy
import functools
from typing import Any

from pipeline.kubeflow.documents import Documents, read_documents
from pipeline.kubeflow.lint.finding import Finding
from pipeline.kubeflow.lint.lint import Rule, lint
from tests.conftest import REPOSITORY

TASKS = ("spec", "root", "dag", "tasks")
TRAINER = (*TASKS, "Trainer")
EXECUTORS = ("spec", "deploymentSpec", "executors")
CONTAINER = (*EXECUTORS, "Trainer_executor", "container")
PODS = ("platform", "platforms", "kubernetes", "deploymentSpec", "executors")
POD = (*PODS, "Trainer_executor")
INPUTS = ("spec", "root", "inputDefinitions", "parameters")
GONE = object()


@functools.cache
def golden() -> Documents:
    return read_documents(REPOSITORY / "tests" / "kubeflow" / "golden" / "pipeline.yaml")


def edited(*edits: tuple[tuple[str | int, ...], Any]) -> Documents:
    """The golden pipeline with a value, or `GONE`, at each path."""
    whole: Any = {"spec": copy.deepcopy(golden().spec), "platform": copy.deepcopy(golden().platform)}
    for (*way, last), value in edits:
        part = functools.reduce(lambda inner, key: inner[key], way, whole)
        if value is GONE:
            del part[last]
        else:
            part[last] = value
    return Documents(whole["spec"], whole["platform"])


def findings(rule: Rule, *edits: tuple[tuple[str | int, ...], Any]) -> list[str]:
    """What a rule finds, as the user reads it; the whole lint must find it too."""
    documents = edited(*edits)
    found = [*rule(documents)]
    assert {*found} <= {*lint(documents)}
    return [str(finding) for finding in sorted(found)]


def only(rule: Rule, *edits: tuple[tuple[str | int, ...], Any]) -> Finding:
    """The one finding that there is."""
    (found,) = {*rule(edited(*edits))}
    return found
