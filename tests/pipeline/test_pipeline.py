import json
import pathlib
from typing import Any

import pytest

from components.data_gate.policy import GatePolicy
from pipeline.pipeline import create_pipeline
from tests.pipeline.test_config import make


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TFX makes the folder of the metadata file when it is named; not in the project."""
    monkeypatch.chdir(tmp_path)


def graph(**values: Any) -> dict[str, set[str]]:
    """Node -> the nodes it waits for."""
    pipeline = create_pipeline(make(**values))
    return {node.id: {upstream.id for upstream in node.upstream_nodes} for node in pipeline.components}


def test_the_graph_is_the_designs() -> None:
    assert graph() == {
        "DrawingExampleGen": set(),
        "ImportSchemaGen": set(),
        "StatisticsGen": {"DrawingExampleGen", "ImportSchemaGen"},
        "ExampleValidator": {"StatisticsGen", "ImportSchemaGen"},
        "DataGate": {"StatisticsGen", "ExampleValidator", "ImportSchemaGen"},
        "Transform": {"DrawingExampleGen", "DataGate"},
        "Trainer": {"Transform"},
        "Baseline": set(),
        "Evaluator": {"DrawingExampleGen", "Trainer", "Baseline"},
        "Pusher": {"Trainer", "Evaluator"},
        "Report": {"DrawingExampleGen", "StatisticsGen", "DataGate", "Trainer", "Evaluator", "Pusher"},
    }


def test_in_pods_a_model_that_is_not_blessed_fails_the_run_once_all_else_is_done() -> None:
    assert graph(in_pods=True) == graph() | {"NotBlessed": {"Evaluator", "Report"}}


def test_every_node_that_runs_our_code_has_its_fingerprint_in_the_cache_key() -> None:
    for node in create_pipeline(make()).components:
        if node.id in {"ImportSchemaGen", "ExampleValidator", "Baseline", "Trainer"}:
            continue
        properties = " ".join(f"{key}={value}" for key, value in node.exec_properties.items())
        assert "code_fingerprint" in properties, node.id


def test_the_trainers_cache_key_holds_what_defines_the_training() -> None:
    def custom_config(**values: Any) -> dict[str, Any]:
        (node,) = (n for n in create_pipeline(make(**values)).components if n.id == "Trainer")
        return json.loads(node.exec_properties["custom_config"])

    config = custom_config(workspace="w", preset="ten", data_fingerprint="1")
    assert config["state_dir"].startswith("w/training/")
    assert config["card"]["preset"] == "ten"
    assert custom_config(workspace="w", data_fingerprint="2")["state_dir"] != config["state_dir"]


def test_caching_follows_the_config() -> None:
    assert create_pipeline(make()).enable_cache
    assert not create_pipeline(make(enable_cache=False)).enable_cache


def test_a_changed_schema_is_seen_by_the_cache(tmp_path: pathlib.Path) -> None:
    def properties() -> dict[str, str]:
        (node,) = (n for n in create_pipeline(config).components if n.id == "ImportSchemaGen")
        return node.exec_properties

    path = tmp_path / "schema.pbtxt"
    config = make(schema_path=str(path))
    path.write_text('feature { name: "word" }')
    before = properties()
    path.write_text('feature { name: "colour" }')
    after = properties()
    assert before["schema_file"] == after["schema_file"] == str(path)
    assert before != after


def test_the_gate_knows_its_policy_and_what_to_compare_with() -> None:
    config = make(gate=GatePolicy(drift="fail"), data_key="k", previous_statistics=7)
    (gate,) = (node for node in create_pipeline(config).components if node.id == "DataGate")
    assert json.loads(gate.exec_properties["policy"])["drift"] == "fail"
    assert (gate.exec_properties["data_key"], gate.exec_properties["previous_version"]) == ("k", 7)
    assert gate.exec_properties["registry"] == "work/statistics"


@pytest.mark.parametrize(("keep", "told"), [(None, 0), (3, 3)])
def test_the_pusher_knows_how_many_versions_to_keep(keep: int | None, told: int) -> None:
    (pusher,) = (node for node in create_pipeline(make(keep=keep)).components if node.id == "Pusher")
    assert pusher.exec_properties["keep"] == told


def test_no_node_has_beam_arguments_for_which_tfx_would_pack_itself() -> None:
    nodes = create_pipeline(make()).components
    assert {node.id: getattr(node.executor_spec, "beam_pipeline_args", []) for node in nodes} == {
        node.id: [] for node in nodes
    }
