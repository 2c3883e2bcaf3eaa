"""The graph in pods; what is compiled of it is in tests/kubeflow/."""

import json
import pathlib
from typing import Any

import pytest

from components.errors import UsageError
from pipeline.kubeflow.settings import NODE_IDS
from pipeline.pipeline import create_pipeline
from schema.loader import schema_path
from tests.pipeline.test_config import make


@pytest.fixture
def properties(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """Node -> its executor properties, of a graph in pods without a workspace."""
    monkeypatch.chdir(tmp_path)
    config = make(data_dir="s3://b/csv", workspace="", registry_url="s3://b/models", in_pods=True)
    nodes = create_pipeline(config).components
    assert list(tmp_path.iterdir()) == []
    return {node.id: dict(node.exec_properties) for node in nodes}


def test_the_settings_know_every_node(properties: dict[str, dict[str, Any]]) -> None:
    assert set(properties) == set(NODE_IDS)


def test_the_schema_travels_in_the_graph(properties: dict[str, dict[str, Any]]) -> None:
    assert properties["ImportSchemaGen"]["schema_file"] == ""
    assert properties["ImportSchemaGen"]["schema_text"] == pathlib.Path(schema_path()).read_text()


def test_no_key_of_data_that_nobody_has_seen(properties: dict[str, dict[str, Any]]) -> None:
    assert (properties["DataGate"]["data_key"], properties["Pusher"]["run_key"]) == ("", "")
    assert properties["DrawingExampleGen"]["data_fingerprint"] == ""
    custom_config = json.loads(properties["Trainer"]["custom_config"])
    assert custom_config["training_dir"] == ""
    assert "state_dir" not in custom_config
    assert set(custom_config["card"]["data"]) == {"schema_fingerprint"}


def test_no_path_of_this_machine(properties: dict[str, dict[str, Any]]) -> None:
    assert properties["DataGate"]["registry"] == ""
    assert properties["DrawingExampleGen"]["quarantine_dir"] == ""
    assert properties["Pusher"]["registry"] == properties["Baseline"]["registry"] == "s3://b/models"
    assert str(pathlib.Path.cwd()) not in json.dumps(properties, default=str)


def test_somewhere_to_push_to() -> None:
    with pytest.raises(UsageError, match="without a workspace there must be a registry to push to"):
        make(workspace="", in_pods=True)
