import pytest

from components.errors import UsageError
from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.lint import lint, refuse_findings
from tests.pipeline.kubeflow.edited import CONTAINER, PODS, TRAINER, edited, golden


def test_nothing_is_wrong_with_the_golden_pipeline() -> None:
    assert lint(golden()) == []
    refuse_findings(golden())


def test_every_finding_is_a_line_with_node_and_field() -> None:
    documents = edited(((*CONTAINER, "image"), "quickdraw"), ((*TRAINER, "dependentTasks"), ["Transform", "Tuner"]))
    with pytest.raises(UsageError) as error:
        refuse_findings(documents)
    assert str(error.value).splitlines() == [
        "Kubeflow Pipelines would not run this:",
        "  Trainer: container.image: 'quickdraw' has the tag latest and no digest; KFP compares images as text, so "
        "a result of the image that had the tag before would come from the cache. Add @sha256:DIGEST.",
        "  Trainer: dependentTasks: there is no task 'Tuner'.",
    ]


@pytest.mark.parametrize(
    "documents",
    [
        Documents({}),
        Documents({"root": []}),
        Documents({"root": {"dag": {"tasks": {"A": None}}}}),
        Documents({"schemaVersion": "2.1.0", "pipelineInfo": "quickdraw", "root": {"dag": {}}}),
        Documents({"deploymentSpec": {"executors": []}}),
        Documents({"components": {"A": {"inputDefinitions": 1}}}),
        edited((("platform",), {"platforms": []})),
        edited(((*PODS,), {"Trainer_executor": []})),
    ],
)
def test_any_yaml_is_refused_and_stumbled_over_by_none(documents: Documents) -> None:
    assert lint(documents)
