"""DataGate: the node between ExampleValidator and everything that costs time."""

from tfx import types
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import standard_artifacts
from tfx.types.component_spec import ChannelParameter, ComponentSpec, ExecutionParameter

from components.data_gate.artifacts import DataApproval
from components.data_gate.executor import Executor


class DataGateSpec(ComponentSpec):
    """The inputs and outputs of DataGate."""

    PARAMETERS: dict[str, ExecutionParameter] = {}
    INPUTS = {
        "statistics": ChannelParameter(type=standard_artifacts.ExampleStatistics),
        "anomalies": ChannelParameter(type=standard_artifacts.ExampleAnomalies),
    }
    OUTPUTS = {"approval": ChannelParameter(type=DataApproval)}


class DataGate(base_component.BaseComponent):
    """Fails with `DataRefusedError` if ExampleValidator found anomalies or a split has no example.

    ExampleValidator itself only writes anomalies down, and the pipeline goes on. Nodes that must not run on refused
    data are put behind the gate with `add_upstream_node`.

    Outputs:
        approval: `DataApproval`.
    """

    SPEC_CLASS = DataGateSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(self, statistics: types.BaseChannel, anomalies: types.BaseChannel) -> None:
        """Makes the component.

        Args:
            statistics: what StatisticsGen computed.
            anomalies: what ExampleValidator found.
        """
        approval = types.Channel(type=DataApproval)
        super().__init__(spec=DataGateSpec(statistics=statistics, anomalies=anomalies, approval=approval))
