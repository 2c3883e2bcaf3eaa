"""What KFP 2.17's own code did with such pipelines, a test a row: our lint says it first, or our YAML passes.

The upload, run creation, driver and launcher of KFP were run against these forms.
"""

import copy
import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
from tfx import v1 as tfx

from components.errors import UsageError
from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.lint import lint
from pipeline.kubeflow.settings import NODE_IDS
from pipeline.kubeflow.settings_file import settings_from_dict
from tests.kubeflow.stock import compile_stock, csv_example_gen, latest_model
from tests.kubeflow.strict_environment import strictly

Edit = Callable[[dict[str, Any], dict[str, Any]], None]


def found(documents: Documents) -> set[tuple[str, str]]:
    """(node, field) of each finding."""
    return {(finding.node, finding.field) for finding in lint(documents)}


def changed(documents: Documents, edit: Edit) -> Documents:
    copied = copy.deepcopy(documents)
    edit(copied.spec, copied.platform)
    return copied


def tasks(spec: dict[str, Any]) -> dict[str, Any]:
    return spec["root"]["dag"]["tasks"]


def renamed(documents: Documents, old: str, new: str) -> Documents:
    """A task of another id, and everything that names it."""

    def edit(spec: dict[str, Any], _: dict[str, Any]) -> None:
        text = json.dumps(tasks(spec)).replace(f'"{old}"', json.dumps(new))
        spec["root"]["dag"]["tasks"] = json.loads(text)
        spec["components"][new] = spec["components"].pop(old)

    return changed(documents, edit)


def strictly_refused(documents: Documents, tmp_path: pathlib.Path) -> bool:
    path = tmp_path / "pipeline.yaml"
    path.write_text(documents.to_yaml())
    return strictly(path).returncode != 0


@pytest.mark.parametrize("schema_2_1", [False, True], ids=["2.0.0", "2.1.0"])
def test_tfxs_json_is_unknown_at_upload(schema_2_1: bool) -> None:
    job = compile_stock([csv_example_gen()], schema_2_1=schema_2_1)
    assert ("pipeline", "pipelineSpec") in found(Documents(job))


def test_bare_2_0_yaml_is_refused_at_upload() -> None:
    spec = compile_stock([csv_example_gen()], schema_2_1=False)["pipelineSpec"]
    assert ("pipeline", "schemaVersion") in found(Documents(spec))


def test_2_1_yaml_with_a_resolver_is_refused_when_run() -> None:
    spec = compile_stock([latest_model()])["pipelineSpec"]
    assert ("Latest", "executor.resolver") in found(Documents(spec))


def test_2_1_yaml_without_a_resolver_is_accepted(golden: Documents, tmp_path: pathlib.Path) -> None:
    assert lint(golden) == []
    assert not strictly_refused(golden, tmp_path)


def test_runtime_parameter_without_its_default_is_refused_when_run() -> None:
    parameter = tfx.dsl.experimental.RuntimeParameter("input", ptype=str, default="/data")
    spec = compile_stock([csv_example_gen(parameter)])["pipelineSpec"]
    assert ("pipeline", "root.inputDefinitions.parameters.input") in found(Documents(spec))


def test_finalised_without_a_platform_document_is_accepted(golden: Documents, tmp_path: pathlib.Path) -> None:
    alone = Documents(golden.spec)
    assert not strictly_refused(alone, tmp_path)
    # The claims went with it, and nothing else is missing.
    assert {field for _, field in found(alone)} == {
        "inputs.parameters.quarantine_dir",
        "inputs.parameters.registry",
        "inputs.parameters.custom_config.training_dir",
    }


def test_finalised_has_a_default_for_every_parameter(golden: Documents) -> None:
    parameters = golden.spec["root"]["inputDefinitions"]["parameters"]
    assert {name: parameter["defaultValue"] for name, parameter in parameters.items() if name != "thresholds"} == {
        "data": "s3://quickdraw/csv",
        "data_version": "",
        "words": "cat,ice cream",
        "num_words": 0,
        "per_word": 500,
        "max_bad_fraction": 0.01,
        "epochs": 7,
        "registry": "s3://quickdraw/models",
    }
    assert json.loads(parameters["thresholds"]["defaultValue"])["min_accuracy"] == 0.6


@pytest.mark.parametrize("task_id", ["Data_Gate", "Data.Gate", "Data Gate", "Data+Gate"])
def test_task_id_with_another_character_is_refused_when_run(golden: Documents, task_id: str) -> None:
    assert (task_id, "id") in found(renamed(golden, "Transform", task_id))


@pytest.mark.parametrize(("length", "is_refused"), [(121, False), (122, True)])
def test_task_id_over_121_characters_is_refused_when_run(golden: Documents, length: int, is_refused: bool) -> None:
    task_id = "T" * length
    assert ((task_id, "id") in found(renamed(golden, "Transform", task_id))) == is_refused


@pytest.mark.parametrize("name", ["", "Quickdraw", "quick_draw", "-quickdraw", "q" * 129])
def test_pipeline_name_is_refused_at_upload(golden: Documents, name: str) -> None:
    broken = changed(golden, lambda spec, _: spec["pipelineInfo"].update(name=name))
    assert found(broken) == {("pipeline", "pipelineInfo.name")}


def test_unknown_field_in_a_task_is_unknown_at_upload(golden: Documents, tmp_path: pathlib.Path) -> None:
    broken = changed(golden, lambda spec, _: tasks(spec)["Trainer"].update(priority=1))
    assert found(broken) == {("Trainer", "priority")}
    assert strictly_refused(broken, tmp_path)


def test_backoff_duration_without_its_unit_is_unknown_at_upload(golden: Documents, tmp_path: pathlib.Path) -> None:
    broken = changed(golden, lambda spec, _: tasks(spec)["Trainer"]["retryPolicy"].update(backoffDuration="30"))
    assert found(broken) == {("Trainer", "retryPolicy.backoffDuration")}
    assert strictly_refused(broken, tmp_path)


def executors(platform: dict[str, Any]) -> dict[str, Any]:
    return platform["platforms"]["kubernetes"]["deploymentSpec"]["executors"]


def test_unknown_field_in_the_platform_document_is_refused_when_run(golden: Documents, tmp_path: pathlib.Path) -> None:
    broken = changed(golden, lambda _, platform: executors(platform)["Trainer_executor"].update(nodeSelectors={}))
    assert found(broken) == {("Trainer", "nodeSelectors")}
    assert strictly_refused(broken, tmp_path)


def container(spec: dict[str, Any]) -> dict[str, Any]:
    return spec["deploymentSpec"]["executors"]["Trainer_executor"]["container"]


def test_unknown_container_field_is_accepted_silently(golden: Documents) -> None:
    broken = changed(golden, lambda spec, _: container(spec).update(shm="1Gi"))
    assert found(broken) == {("Trainer", "container.shm")}


def test_empty_image_is_accepted_silently(golden: Documents) -> None:
    assert found(changed(golden, lambda spec, _: container(spec).update(image=""))) == {("Trainer", "container.image")}


def test_quantity_that_is_none_is_accepted_silently(golden: Documents) -> None:
    broken = changed(golden, lambda spec, _: container(spec)["resources"].update(resourceCpuLimit="lots"))
    assert found(broken) == {("Trainer", "container.resources.resourceCpuLimit")}


def test_platform_document_keyed_by_component_is_accepted_silently(golden: Documents) -> None:
    broken = changed(golden, lambda _, platform: executors(platform).update(Trainer={"imagePullPolicy": "Always"}))
    assert found(broken) == {("pipeline", "platforms.kubernetes.deploymentSpec.executors.Trainer")}


def test_platform_document_under_another_key_is_accepted_silently(golden: Documents) -> None:
    broken = changed(golden, lambda _, platform: platform.update(platform=platform.pop("platforms")))
    assert ("pipeline", "platform document: platform") in found(broken)


def test_file_pipeline_root_is_accepted_silently() -> None:
    with pytest.raises(UsageError, match="pipeline_root: the pipeline root 'file:///tmp' must be"):
        settings_from_dict({"pipeline_root": "file:///tmp"}, NODE_IDS)


def test_stock_entrypoint_fails_in_its_first_task() -> None:
    spec = compile_stock([csv_example_gen()], commands=None)["pipelineSpec"]
    assert ("CsvExampleGen", "container.command") in found(Documents(spec))
