"""The Report node: its channels and parameters."""

from tfx.types import channel_utils, standard_artifacts

from components.data_gate.artifacts import DataApproval
from components.example_gen.artifacts import IngestSummary
from components.report import artifacts
from components.report.component import Report

_CHANNELS = {
    "examples": standard_artifacts.Examples,
    "summary": IngestSummary,
    "model_run": standard_artifacts.ModelRun,
    "evaluation": standard_artifacts.ModelEvaluation,
    "blessing": standard_artifacts.ModelBlessing,
    "pushed_model": standard_artifacts.PushedModel,
}


def _channels():
    return {name: channel_utils.as_channel([artifact_class()]) for name, artifact_class in _CHANNELS.items()}


def test_construct_without_what_is_optional():
    node = Report(**_channels())
    assert set(node.inputs) == set(_CHANNELS)
    assert node.outputs["report"].type is artifacts.Report
    assert node.exec_properties == {"code_fingerprint": ""}


def test_construct_with_everything():
    statistics = channel_utils.as_channel([standard_artifacts.ExampleStatistics()])
    approval = channel_utils.as_channel([DataApproval()])
    node = Report(**_channels(), statistics=statistics, approval=approval, code_fingerprint="abc")
    assert node.inputs["statistics"].type is standard_artifacts.ExampleStatistics
    assert node.inputs["approval"].type is DataApproval
    assert node.exec_properties["code_fingerprint"] == "abc"
