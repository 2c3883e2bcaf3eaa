"""The node as the graph sees it."""

from tfx import v1 as tfx
from tfx.types import channel_utils, standard_artifacts

from components.statistics_gen.component import StatisticsGen


def node(**arguments):
    examples = channel_utils.as_channel([standard_artifacts.Examples()])
    schema = channel_utils.as_channel([standard_artifacts.Schema()])
    return StatisticsGen(examples=examples, schema=schema, **arguments)


def test_stands_in_for_tfxs_own_node():
    stock = tfx.components.StatisticsGen(examples=channel_utils.as_channel([standard_artifacts.Examples()]))
    ours = node()
    assert ours.id == stock.id == "StatisticsGen"
    assert {name: channel.type for name, channel in ours.outputs.items()} == {
        name: channel.type for name, channel in stock.outputs.items()
    }


def test_other_code_is_another_execution():
    assert node().exec_properties == {"code_fingerprint": ""}
    assert node(code_fingerprint="abc").exec_properties == {"code_fingerprint": "abc"}
