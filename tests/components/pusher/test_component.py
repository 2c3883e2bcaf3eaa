from tfx.types import channel_utils, standard_artifacts

from components.pusher.component import Pusher


def test_declares_a_pushed_model() -> None:
    node = Pusher(
        model=channel_utils.as_channel([standard_artifacts.Model()]),
        model_blessing=channel_utils.as_channel([standard_artifacts.ModelBlessing()]),
        registry="models/quickdraw",
        run_key="run",
        lost_versions="7",
    )
    assert node.outputs["pushed_model"].type is standard_artifacts.PushedModel
    assert node.exec_properties == {
        "registry": "models/quickdraw",
        "run_key": "run",
        "lost_versions": "7",
        "code_fingerprint": "",
    }
