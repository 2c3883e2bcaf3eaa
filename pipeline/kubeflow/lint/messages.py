"""A strict parse with the messages of the newest Kubeflow Pipelines, beside TFX's old protobuf.

KFP's server refuses a field it does not know with "unknown template format" and no hint at the field, and takes any
field in the parts that it reads later. `kfp_messages.pbtxt` describes the messages of kfp-pipeline-spec 2.17.3 and
kfp-kubernetes 2.17.0; both packages need another protobuf than TFX has, so the classes are made from the description.
A test in the packages' own environment holds the description against them.
"""

import functools
import pathlib
import re
from collections.abc import Iterator
from typing import Any

from google.protobuf import (
    any_pb2,
    descriptor_pb2,
    descriptor_pool,
    duration_pb2,
    json_format,
    message,
    message_factory,
    struct_pb2,
    text_format,
)
from google.rpc import status_pb2

from pipeline.kubeflow.documents import Documents, Json
from pipeline.kubeflow.lint.finding import PIPELINE, Finding
from pipeline.kubeflow.lint.nodes import pod_configs

_DESCRIPTION = pathlib.Path(__file__).with_name("kfp_messages.pbtxt")
_IMPORTED = (any_pb2, duration_pb2, struct_pb2, status_pb2)
# Of json_format's messages: where it was, and what it says then again and again.
_PLACE = re.compile(r' at "?([\w.\[\]\- ]+?)"?[.\s]*$')
_NOISE = re.compile(r"Failed to parse \S+ field: |\s*Available Fields.*$", re.DOTALL)
_UNKNOWN = re.compile(r'has no field named "([^"]+)"')
_WAY = re.compile(r"Failed to parse (\S+) field: ")
_TASK_SPEC, _DEPLOYMENT = "ml_pipelines.PipelineTaskSpec", "ml_pipelines.PipelineDeploymentConfig"
_TASK = re.compile(r"tasks\[([^\]]+)\]\.?")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses unknown fields, wrong types and durations without their unit.

    Args:
        documents: any.

    Yields:
        A finding for each part that does not parse, of the first field that is in the way.
    """
    # Each task by itself first, so that its node is known.
    broken_tasks = [finding for node, task in _tasks(documents) for finding in _parse(_TASK_SPEC, task, node)]
    yield from broken_tasks or _parse("ml_pipelines.PipelineSpec", documents.spec, PIPELINE)
    deployment = documents.spec.get("deploymentSpec", {})
    executors = deployment.get("executors", {}) if isinstance(deployment, dict) else {}
    for label, executor in executors.items() if isinstance(executors, dict) else ():
        yield from _parse(f"{_DEPLOYMENT}.ExecutorSpec", executor, node_of(label))
    # KFP reads this part late and forgives, so the spec alone does not tell.
    if isinstance(deployment, dict):
        rest = {**deployment, "executors": {}} if isinstance(executors, dict) else deployment
        yield from _parse(_DEPLOYMENT, rest, PIPELINE)
    broken = list(_parse("ml_pipelines.PlatformSpec", documents.platform, PIPELINE))
    yield from broken
    if not broken:
        for label, config in pod_configs(documents).items():
            yield from _parse("kfp_kubernetes.KubernetesExecutorConfig", config, node_of(label))


def node_of(label: str) -> str:
    """Returns the node of an executor label as TFX makes it."""
    return label.removesuffix("_executor")


def _tasks(documents: Documents) -> Iterator[tuple[str, Json]]:
    """Lists the tasks of the root, if it has the shape of a DAG."""
    part: Any = documents.spec
    for key in ("root", "dag", "tasks"):
        part = part.get(key) if isinstance(part, dict) else None
    yield from part.items() if isinstance(part, dict) else ()


def _parse(name: str, value: Json, node: str) -> Iterator[Finding]:
    try:
        json_format.ParseDict(value, _message_class(name)())
    # json_format lets what its own checks do not foresee through, a text where a message belongs for example.
    except (json_format.ParseError, TypeError, ValueError, AttributeError) as error:
        text = _NOISE.sub("", str(error))
        place = _PLACE.search(text)
        # Not every error of the parser tells its place, but each field on the way to it is named.
        field = place.group(1).partition(".")[2] if place else ".".join(_WAY.findall(str(error)))
        if task := _TASK.search(field):
            node, field = task.group(1), field[task.end() :]
        if unknown := _UNKNOWN.search(text):
            field = f"{field}.{unknown.group(1)}".lstrip(".")
        sentence = _PLACE.sub("", text) if place else text
        yield Finding(
            node, field or name.rpartition(".")[2], f"it is not what KFP's messages are: {sentence.rstrip('. ')}."
        )


@functools.cache
def _pool() -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    for module in _IMPORTED:
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
    described = text_format.Parse(_DESCRIPTION.read_text(encoding="utf-8"), descriptor_pb2.FileDescriptorSet())
    for file in described.file:
        pool.AddSerializedFile(file.SerializeToString())
    return pool


@functools.cache
def _message_class(name: str) -> type[message.Message]:
    return message_factory.MessageFactory(_pool()).GetPrototype(_pool().FindMessageTypeByName(name))
