import pathlib

import pytest

from pipeline.pipeline import create_pipeline
from tests.pipeline.test_config import make


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TFX makes the folder of the metadata file when it is named; not in the project."""
    monkeypatch.chdir(tmp_path)


def graph() -> dict[str, set[str]]:
    """Node -> the nodes it waits for."""
    pipeline = create_pipeline(make())
    return {node.id: {upstream.id for upstream in node.upstream_nodes} for node in pipeline.components}


def test_the_graph_is_the_designs() -> None:
    assert graph() == {
        "DrawingExampleGen": set(),
        "ImportSchemaGen": set(),
        "StatisticsGen": {"DrawingExampleGen", "ImportSchemaGen"},
        "ExampleValidator": {"StatisticsGen", "ImportSchemaGen"},
        "DataGate": {"StatisticsGen", "ExampleValidator"},
        "Transform": {"DrawingExampleGen", "DataGate"},
        "Trainer": {"Transform"},
        "Baseline": set(),
        "Evaluator": {"DrawingExampleGen", "ImportSchemaGen", "Trainer", "Baseline"},
        "Pusher": {"Trainer", "Evaluator"},
        "Report": {"DrawingExampleGen", "StatisticsGen", "Trainer", "Evaluator", "Pusher"},
    }


def test_every_node_that_runs_our_code_has_its_fingerprint_in_the_cache_key() -> None:
    for node in create_pipeline(make()).components:
        if node.id in {"ImportSchemaGen", "StatisticsGen", "ExampleValidator", "DataGate", "Baseline"}:
            continue
        properties = " ".join(f"{key}={value}" for key, value in node.exec_properties.items())
        assert "code_fingerprint" in properties, node.id


def test_caching_follows_the_config() -> None:
    assert create_pipeline(make()).enable_cache
    assert not create_pipeline(make(enable_cache=False)).enable_cache
