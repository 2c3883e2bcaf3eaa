import pytest

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint import document
from tests.pipeline.kubeflow.edited import GONE, findings, golden


def test_a_pipeline_job_is_no_pipeline_spec() -> None:
    (found,) = document.check(Documents({"pipelineSpec": golden().spec}))
    assert str(found) == "pipeline: pipelineSpec: this is a PipelineJob; KFP takes only what is in its pipelineSpec."


@pytest.mark.parametrize(("version", "told"), [("2.0.0", "2.0.0"), ("2.1", "2.1"), (GONE, "none")])
def test_only_schema_2_1_0(version: object, told: str) -> None:
    sentence = f"it is {told}, and KFP takes only 2.1.0; compile with 2.1."
    assert findings(document.check, (("spec", "schemaVersion"), version)) == [f"pipeline: schemaVersion: {sentence}"]


def test_something_to_run() -> None:
    assert findings(document.check, (("spec", "root"), GONE)) == [
        "pipeline: root: there is none, so there is nothing to run."
    ]


def test_a_root_that_nobody_reads() -> None:
    (found,) = findings(document.check, (("spec", "defaultPipelineRoot"), "s3://b"))
    assert found.startswith("pipeline: defaultPipelineRoot: KFP's backend never reads it")


@pytest.mark.parametrize("name", ["a", "9", "a" * 128, "quick-draw-"])
def test_legal_names(name: str) -> None:
    assert findings(document.check, (("spec", "pipelineInfo", "name"), name)) == []
