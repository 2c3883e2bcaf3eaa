"""The newest messages of Kubeflow Pipelines take what we compile, and are those that our lint knows."""

import copy
import pathlib

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint import messages
from tests.kubeflow.strict_environment import strictly


def test_the_golden_pipeline_parses(golden: Documents, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "pipeline.yaml"
    path.write_text(golden.to_yaml())
    assert strictly(path).stderr == ""


def test_an_unknown_field_does_not_parse(golden: Documents, tmp_path: pathlib.Path) -> None:
    changed = copy.deepcopy(golden)
    changed.spec["deploymentSpec"]["executors"]["Trainer_executor"]["container"]["priority"] = 1
    path = tmp_path / "pipeline.yaml"
    path.write_text(changed.to_yaml())
    assert 'no field named "priority"' in strictly(path).stderr


def test_the_lint_knows_the_newest_messages() -> None:
    described = strictly("--describe")
    assert described.stdout == pathlib.Path(messages.__file__).with_name("kfp_messages.pbtxt").read_text()
