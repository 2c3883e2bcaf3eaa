"""DataGate: the node between ExampleValidator and everything that costs time."""

import dataclasses
import json

from tfx import types
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import standard_artifacts
from tfx.types.component_spec import ChannelParameter, ComponentSpec, ExecutionParameter

from components.data_gate.artifacts import DataApproval
from components.data_gate.executor import Executor
from components.data_gate.policy import GatePolicy


class DataGateSpec(ComponentSpec):
    """The inputs and outputs of DataGate."""

    PARAMETERS = {
        "policy": ExecutionParameter(type=str),
        "registry": ExecutionParameter(type=str),
        "data_key": ExecutionParameter(type=str),
        "previous_version": ExecutionParameter(type=int),
        "code_fingerprint": ExecutionParameter(type=str),
    }
    INPUTS = {
        "statistics": ChannelParameter(type=standard_artifacts.ExampleStatistics),
        "anomalies": ChannelParameter(type=standard_artifacts.ExampleAnomalies),
        "schema": ChannelParameter(type=standard_artifacts.Schema),
    }
    OUTPUTS = {"approval": ChannelParameter(type=DataApproval)}


class DataGate(base_component.BaseComponent):
    """Fails with `DataRefusedError` if the data is not what it should be.

    ExampleValidator itself only writes anomalies down, and the pipeline goes on. Nodes that must not run on refused
    data are put behind the gate with `add_upstream_node`. Beside the anomalies the gate looks at skew between the
    splits, at words that are missing in a split or outweigh the others, and at drift since the run before, whose
    statistics it finds in a folder of its own.

    Outputs:
        approval: `DataApproval`.
    """

    SPEC_CLASS = DataGateSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(
        self,
        statistics: types.BaseChannel,
        anomalies: types.BaseChannel,
        schema: types.BaseChannel,
        registry: str,
        policy: GatePolicy | None = None,
        data_key: str = "",
        previous_version: int = -1,
        code_fingerprint: str = "",
    ) -> None:
        """Makes the component.

        Args:
            statistics: what StatisticsGen computed.
            anomalies: what ExampleValidator found.
            schema: its comparators say which distributions are compared, and how far they may be apart.
            registry: the folder of the statistics of approved data; "" for none: nothing is kept then, and no
                drift is looked for.
            policy: how serious each kind of finding is; `GatePolicy()` if None.
            data_key: what defines the data; data is compared with other data only. "" where nobody has seen the data
                before the run; the statistics tell then.
            previous_version: the version of the registry to compare with, 0 for none, -1 for "the newest of other data
                when the node runs". The local runner decides before the run, so that the cache key tells which it was.
            code_fingerprint: changes the cache key when the gate's code changes.
        """
        super().__init__(
            spec=DataGateSpec(
                statistics=statistics,
                anomalies=anomalies,
                schema=schema,
                registry=registry,
                policy=json.dumps(dataclasses.asdict(policy or GatePolicy())),
                data_key=data_key,
                previous_version=previous_version,
                code_fingerprint=code_fingerprint,
                approval=types.Channel(type=DataApproval),
            )
        )
