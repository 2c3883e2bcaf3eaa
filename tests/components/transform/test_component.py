from tfx.types import channel_utils, standard_artifacts

from components.transform.component import Transform


def test_declares_tfx_transforms_outputs() -> None:
    examples = channel_utils.as_channel([standard_artifacts.Examples()])
    node = Transform(examples=examples, image_style="notebook", image_size=32)
    assert node.outputs["transform_graph"].type is standard_artifacts.TransformGraph
    assert node.outputs["transformed_examples"].type is standard_artifacts.Examples
    assert node.exec_properties == {"image_style": "notebook", "image_size": 32, "code_fingerprint": ""}
