"""Report: the last node, which says on one page what went in, what came out and why."""

from tfx import types
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import standard_artifacts
from tfx.types.component_spec import ChannelParameter, ComponentSpec, ExecutionParameter

from components.data_gate.artifacts import DataApproval
from components.example_gen.artifacts import IngestSummary
from components.report import artifacts
from components.report.executor import Executor


class ReportSpec(ComponentSpec):
    """Everything that a node of the run has to say."""

    PARAMETERS = {"code_fingerprint": ExecutionParameter(type=str)}
    INPUTS = {
        "examples": ChannelParameter(type=standard_artifacts.Examples),
        "summary": ChannelParameter(type=IngestSummary),
        "statistics": ChannelParameter(type=standard_artifacts.ExampleStatistics, optional=True),
        "approval": ChannelParameter(type=DataApproval, optional=True),
        "model_run": ChannelParameter(type=standard_artifacts.ModelRun),
        "evaluation": ChannelParameter(type=standard_artifacts.ModelEvaluation),
        "blessing": ChannelParameter(type=standard_artifacts.ModelBlessing),
        "pushed_model": ChannelParameter(type=standard_artifacts.PushedModel),
    }
    OUTPUTS = {"report": ChannelParameter(type=artifacts.Report)}


class Report(base_component.BaseComponent):
    """Writes the run's HTML page.

    Outputs:
        report: `report.html`.
    """

    SPEC_CLASS = ReportSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(
        self,
        examples: types.BaseChannel,
        summary: types.BaseChannel,
        model_run: types.BaseChannel,
        evaluation: types.BaseChannel,
        blessing: types.BaseChannel,
        pushed_model: types.BaseChannel,
        statistics: types.BaseChannel | None = None,
        approval: types.BaseChannel | None = None,
        code_fingerprint: str = "",
    ) -> None:
        """Declares the node.

        Args:
            examples: raw examples; some of the split `test` are shown.
            summary: the IngestSummary of DrawingExampleGen.
            model_run: the Trainer's, with `history.json` and the model card.
            evaluation: the Evaluator's, with `verdict.json` and `evaluation.json`.
            blessing: the Evaluator's.
            pushed_model: the Pusher's, with `push.json`.
            statistics: StatisticsGen's, for strokes, points, countries and the splits of each word; they are left out
                without it.
            approval: the DataGate's, for its warnings; they are left out without it.
            code_fingerprint: changes the cache key when the reporting code changes.
        """
        channels = {
            "examples": examples,
            "summary": summary,
            "model_run": model_run,
            "evaluation": evaluation,
            "blessing": blessing,
            "pushed_model": pushed_model,
            "report": types.Channel(type=artifacts.Report),
        }
        optional = {"statistics": statistics, "approval": approval}
        channels.update({name: channel for name, channel in optional.items() if channel is not None})
        super().__init__(spec=ReportSpec(code_fingerprint=code_fingerprint, **channels))
