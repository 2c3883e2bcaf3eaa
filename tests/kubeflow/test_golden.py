"""What is compiled is what was reviewed, field by field."""

import copy
import json
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import yaml

from pipeline.kubeflow.documents import Documents, read_documents
from tests.conftest import REPOSITORY
from tests.kubeflow.golden_pipeline import GOLDEN, masked

ADVICE = "If each of these is meant: python -m tests.kubeflow.golden_pipeline"


def fields(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path; text that holds JSON is looked into."""
    if isinstance(value, str) and value.startswith(("{", "[")) and value != "{{$}}":
        value = json.loads(value)
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from fields(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for index, part in enumerate(value):
            yield from fields(part, f"{path}[{index}]")
    else:
        yield path, value


def differences(golden: Documents, compiled: Documents) -> list[str]:
    before, after = (dict(fields({"spec": each.spec, "platform": each.platform})) for each in (golden, compiled))
    lines = [f"gone: {path} (was {before[path]!r})" for path in before.keys() - after.keys()]
    lines += [f"new: {path} = {after[path]!r}" for path in after.keys() - before.keys()]
    both = before.keys() & after.keys()
    lines += [f"changed: {p}: {before[p]!r} -> {after[p]!r}" for p in both if before[p] != after[p]]
    return sorted(lines)


def test_what_is_compiled_is_the_golden_pipeline(golden: Documents) -> None:
    compiled = Documents(*yaml.safe_load_all(masked(golden.to_yaml())))
    found = differences(read_documents(GOLDEN), compiled)
    assert not found, "\n".join([*found, ADVICE])


def test_a_difference_is_told_with_its_field(golden: Documents) -> None:
    changed = copy.deepcopy(golden)
    trainer = changed.spec["root"]["dag"]["tasks"]["Trainer"]
    trainer["retryPolicy"]["maxRetryCount"] = 9
    del trainer["cachingOptions"]["enableCache"]
    changed.platform["platforms"]["kubernetes"]["deploymentSpec"]["executors"]["Trainer_executor"]["new"] = 1
    assert differences(golden, changed) == [
        "changed: spec.root.dag.tasks.Trainer.retryPolicy.maxRetryCount: 3 -> 9",
        "gone: spec.root.dag.tasks.Trainer.cachingOptions.enableCache (was True)",
        "new: platform.platforms.kubernetes.deploymentSpec.executors.Trainer_executor.new = 1",
        "new: spec.root.dag.tasks.Trainer.cachingOptions = {}",
    ]


def test_another_process_compiles_the_same_bytes(golden: Documents, tmp_path: pathlib.Path) -> None:
    # Another hash seed: no set's or dict's order may show.
    program = "from tests.kubeflow.golden_pipeline import compile_golden; print(compile_golden().to_yaml(), end='')"
    environment = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert result.stdout == golden.to_yaml(), result.stderr
