from typing import Any

import pytest

from pipeline.kubeflow.lint import executors
from tests.pipeline.kubeflow.edited import EXECUTORS, GONE, TRAINER, findings

EXECUTOR = (*EXECUTORS, "Trainer_executor")
URI = ("importer", "artifactUri")


def importer(uri: str) -> dict[str, Any]:
    return {"importer": {"artifactUri": {"constant": uri}, "typeSchema": {"schemaTitle": "system.Artifact"}}}


@pytest.mark.parametrize("kind", ["resolver", "customJob"])
def test_kinds_that_open_source_kfp_does_not_run(kind: str) -> None:
    sentence = f"KFP runs containers and importers, no {kind}; use an ordinary node."
    assert findings(executors.check, (EXECUTOR, {kind: {}})) == [f"Trainer: executor.{kind}: {sentence}"]


def test_an_executor_that_is_not_there() -> None:
    assert findings(executors.check, (EXECUTOR, GONE)) == [
        "Trainer: executorLabel: there is no executor 'Trainer_executor' in deploymentSpec."
    ]


def test_importers_of_stores() -> None:
    assert findings(executors.check, (EXECUTOR, importer("minio://bucket/x"))) == []
    (found,) = findings(executors.check, (EXECUTOR, importer("/data/x")))
    assert found.startswith("Trainer: executor.importer.artifactUri: '/data/x' is not of gs://")


def test_an_importer_without_a_condition() -> None:
    condition = ((*TRAINER, "triggerPolicy"), {"condition": "true"})
    assert findings(executors.check, (EXECUTOR, importer("s3://b/x")), condition) == [
        "Trainer: triggerPolicy.condition: KFP takes no condition on an importer."
    ]
    assert findings(executors.check, condition) == []
