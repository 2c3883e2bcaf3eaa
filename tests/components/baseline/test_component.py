from tfx.types import standard_artifacts

from components.baseline.component import Baseline


def test_declares_a_model_and_needs_nothing() -> None:
    node = Baseline(registry="models/quickdraw", version=3)
    assert node.exec_properties == {"registry": "models/quickdraw", "version": 3}
    assert node.outputs["model"].type is standard_artifacts.Model
    assert node.inputs == {}
