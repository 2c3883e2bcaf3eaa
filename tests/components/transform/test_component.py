import pytest
from tfx.types import channel_utils, standard_artifacts

from components.transform.component import Transform


@pytest.mark.parametrize("feature", ["image", "packed_strokes"])
def test_declares_tfx_transforms_outputs(feature: str) -> None:
    examples = channel_utils.as_channel([standard_artifacts.Examples()])
    node = Transform(examples=examples, feature=feature, image_style="notebook", image_size=32)
    assert node.outputs["transform_graph"].type is standard_artifacts.TransformGraph
    assert node.outputs["transformed_examples"].type is standard_artifacts.Examples
    assert node.exec_properties == {
        "feature": feature,
        "image_style": "notebook",
        "image_size": 32,
        "code_fingerprint": "",
    }
