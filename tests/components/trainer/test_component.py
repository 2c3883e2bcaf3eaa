import json

from tfx import types
from tfx.types import standard_artifacts

from components.trainer.component import Trainer
from components.trainer.executor import Executor


def test_what_the_node_is_told() -> None:
    node = Trainer(
        examples=types.Channel(type=standard_artifacts.Examples),
        transform_graph=types.Channel(type=standard_artifacts.TransformGraph),
        custom_config={"warm_start": ""},
        epochs=3,
    )
    assert node.id == "Trainer"
    assert set(node.inputs) == {"examples", "transform_graph"}
    assert {name: channel.type for name, channel in node.outputs.items()} == {
        "model": standard_artifacts.Model,
        "model_run": standard_artifacts.ModelRun,
    }
    properties = node.exec_properties
    assert properties["epochs"] == 3
    assert json.loads(properties["custom_config"]) == {"warm_start": ""}
    splits = [json.loads(properties[name])["splits"] for name in ("train_args", "eval_args")]
    assert splits == [["train"], ["eval"]]
    assert properties["run_fn"] == "components.trainer.run_fn.run_fn"
    assert vars(node.executor_spec)["executor_class"] is Executor
