"""StatisticsGen: what TFX's own writes, in a fraction of its time."""

from tfx import types
from tfx.dsl.components.base import base_beam_component, executor_spec
from tfx.types import component_spec, standard_artifacts

from components.statistics_gen.executor import Executor


class StatisticsGenSpec(component_spec.ComponentSpec):
    """The inputs and outputs of TFX's StatisticsGen, and the fingerprint of this code."""

    PARAMETERS = {"code_fingerprint": component_spec.ExecutionParameter(type=str)}
    INPUTS = {
        "examples": component_spec.ChannelParameter(type=standard_artifacts.Examples),
        "schema": component_spec.ChannelParameter(type=standard_artifacts.Schema),
    }
    OUTPUTS = {"statistics": component_spec.ChannelParameter(type=standard_artifacts.ExampleStatistics)}


class StatisticsGen(base_beam_component.BaseBeamComponent):
    """Computes the statistics that ExampleValidator, DataGate and the report read.

    TFX's own StatisticsGen hands every record and then every value from one Beam step to the next by itself, to count
    the distinct ones. Here a Beam element is a batch of records, and distinct values are counted with TFDV's sketches:
    exact as long as a feature has no more than 1,000 distinct values, and of bounded size beyond. The statistics are
    TFDV's own, from its generators.

    Outputs:
        statistics: `FeatureStats.pb` in the folder of each split.
    """

    SPEC_CLASS = StatisticsGenSpec
    EXECUTOR_SPEC = executor_spec.BeamExecutorSpec(Executor)

    def __init__(self, examples: types.BaseChannel, schema: types.BaseChannel, code_fingerprint: str = "") -> None:
        """Declares the node.

        Args:
            examples: gzipped TFRecords of `tf.Example`s, by split.
            schema: says which features are not categorical; their values are not counted. What the examples hold is
                read from them alone, so that features the schema does not know show.
            code_fingerprint: changes the cache key when the code changes.
        """
        spec = StatisticsGenSpec(
            code_fingerprint=code_fingerprint,
            examples=examples,
            schema=schema,
            statistics=types.Channel(type=standard_artifacts.ExampleStatistics),
        )
        super().__init__(spec=spec)
