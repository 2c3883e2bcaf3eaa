import json
import pathlib
from typing import Any

import pytest
from tfx.types import artifact_utils, standard_artifacts

from components.data_origin import write_origin
from components.trainer.executor import Executor
from components.trainer.training_config import TrainingConfig

ORIGIN = {"examples_key": "k1", "folder": "s3://b/csv", "words": "all"}


def train(
    folder: pathlib.Path, settings: dict[str, Any], epochs: int = 3, key: str = "k1"
) -> tuple[dict[str, Any], str]:
    """What `run_fn` was told, and the model's training key."""
    examples, graph = standard_artifacts.Examples(), standard_artifacts.TransformGraph()
    model, model_run = standard_artifacts.Model(), standard_artifacts.ModelRun()
    for name, artifact in (("examples", examples), ("graph", graph), ("model", model), ("model_run", model_run)):
        artifact.uri = str(folder / name)
    examples.split_names = artifact_utils.encode_split_names(["train", "eval"])
    write_origin(examples, {**ORIGIN, "examples_key": key})
    config = {"training": TrainingConfig(epochs=9).to_dict(), "warm_start": "", "card": {"code": "c"}, **settings}
    Executor().Do(
        {"examples": [examples], "transform_graph": [graph]},
        {"model": [model], "model_run": [model_run]},
        {
            "run_fn": "tests.components.trainer.recording_run_fn.run_fn",
            "train_args": '{"splits": ["train"]}',
            "eval_args": '{"splits": ["eval"]}',
            "custom_config": json.dumps(config),
            "epochs": epochs,
        },
    )
    told = json.loads((folder / "model" / "Format-Serving" / "told.json").read_text())
    return told, model.get_string_custom_property("training_key")


def test_the_number_of_epochs_is_the_runs(tmp_path: pathlib.Path) -> None:
    told, _ = train(tmp_path, {"state_dir": "/state"}, epochs=3)
    assert told["training"]["epochs"] == 3


def test_what_the_graph_knows_stands(tmp_path: pathlib.Path) -> None:
    card = {"code": "c", "data": {"examples_key": "graph", "words": ["cat"]}}
    told, key = train(tmp_path, {"state_dir": "/state/training/t1", "card": card})
    assert told["state_dir"] == "/state/training/t1"
    assert told["card"]["data"] == {**ORIGIN, "examples_key": "graph", "words": ["cat"]}
    assert key == ""


def test_in_a_pod_the_training_has_a_state_of_its_own(tmp_path: pathlib.Path) -> None:
    told, key = train(tmp_path / "a", {"training_dir": "/mnt/training", "card": {"data": {"schema_fingerprint": "s"}}})
    assert len(key) == 16
    assert told["state_dir"] == f"/mnt/training/{key}"
    assert "training_dir" not in told
    assert told["card"]["data"] == {**ORIGIN, "schema_fingerprint": "s"}


@pytest.mark.parametrize(
    "change", [{"epochs": 4}, {"key": "k2"}, {"settings": {"training_dir": "", "card": {"code": "d"}}}]
)
def test_another_training_has_another_key(tmp_path: pathlib.Path, change: dict[str, Any]) -> None:
    given = {"settings": {"training_dir": ""}}
    (_, first), (_, same) = (train(tmp_path / name, **given) for name in ("first", "same"))
    _, other = train(tmp_path / "other", **{**given, **change})
    assert first == same != other


def test_where_nothing_lasts_the_state_goes_with_the_pod(tmp_path: pathlib.Path) -> None:
    told, key = train(tmp_path, {"training_dir": ""})
    state = pathlib.Path(told["state_dir"])
    assert (state.is_absolute(), state.name, state.parent.exists()) == (True, key, False)
