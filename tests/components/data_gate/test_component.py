"""The spec of DataGate."""

from tfx import types
from tfx.types import standard_artifacts

from components.data_gate.artifacts import DataApproval
from components.data_gate.component import DataGate


def test_channels():
    statistics = types.Channel(type=standard_artifacts.ExampleStatistics)
    anomalies = types.Channel(type=standard_artifacts.ExampleAnomalies)
    gate = DataGate(statistics, anomalies)
    assert gate.inputs == {"statistics": statistics, "anomalies": anomalies}
    assert gate.outputs["approval"].type is DataApproval
