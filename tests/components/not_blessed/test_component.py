from tfx.types import channel_utils, standard_artifacts

from components.not_blessed.component import NotBlessed


def test_it_reads_the_verdict_and_makes_nothing() -> None:
    node = NotBlessed(channel_utils.as_channel([standard_artifacts.ModelBlessing()]))
    assert node.id == "NotBlessed"
    assert list(node.inputs) == ["blessing"]
    assert list(node.outputs) == []
