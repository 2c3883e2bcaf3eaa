"""The spec of DataGate."""

import json

from tfx import types
from tfx.types import standard_artifacts

from components.data_gate.artifacts import DataApproval
from components.data_gate.component import DataGate
from components.data_gate.policy import GatePolicy


def test_channels_and_properties() -> None:
    channels = {
        "statistics": types.Channel(type=standard_artifacts.ExampleStatistics),
        "anomalies": types.Channel(type=standard_artifacts.ExampleAnomalies),
        "schema": types.Channel(type=standard_artifacts.Schema),
    }
    gate = DataGate(
        **channels,
        registry="statistics",
        policy=GatePolicy(drift="fail"),
        data_key="k",
        previous_version=7,
        code_fingerprint="c",
    )
    assert gate.inputs == channels
    assert gate.outputs["approval"].type is DataApproval
    properties = dict(gate.exec_properties)
    assert GatePolicy(**json.loads(properties.pop("policy"))) == GatePolicy(drift="fail")
    assert properties == {
        "registry": "statistics",
        "data_key": "k",
        "previous_version": 7,
        "code_fingerprint": "c",
    }
