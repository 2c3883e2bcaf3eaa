import json

import pytest

from pipeline.kubeflow.lint import paths
from pipeline.kubeflow.lint.paths import check_pipeline_root, why_unseen
from tests.pipeline.kubeflow.edited import GONE, INPUTS, PODS, TASKS, TRAINER, findings

MOUNTS = ["/mnt/quickdraw", "/mnt/csv/"]


@pytest.mark.parametrize(
    "path", ["", "/mnt/quickdraw", "/mnt/quickdraw/a/b", "/mnt/csv/a", "s3://bucket", "gs://bucket/a", "/mnt/./csv/a"]
)
def test_what_pods_see(path: str) -> None:
    assert why_unseen(path, MOUNTS, url_will_do=True) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/home/ann/csv",
        "/mnt/quickdraws",
        "/mnt/quickdraw/../csvs",
        "csv",
        "./mnt/csv",
        "~/csv",
        "file:///mnt/csv",
        "minio://bucket/a",
        "https://host/a",
        "s3://",
        "gs:///",
    ],
)
def test_what_pods_do_not_see(path: str) -> None:
    assert path in why_unseen(path, MOUNTS, url_will_do=True)


def test_a_node_that_knows_no_store() -> None:
    assert why_unseen("s3://b/statistics", MOUNTS, url_will_do=False).endswith("the node knows no object store here.")


def test_the_sentence_names_the_way_out() -> None:
    assert why_unseen("/a", MOUNTS, url_will_do=False) == (
        "no pod sees '/a', which is not under /mnt/quickdraw, /mnt/csv/; name a folder on a mounted claim."
    )
    assert why_unseen("/a", [], url_will_do=True) == (
        "no pod sees '/a', as none is mounted; name a folder on a mounted claim or a URL (s3://, gs://)."
    )


def test_the_default_of_a_parameter_is_looked_at_for_every_node_that_it_feeds() -> None:
    found = findings(paths.check, ((*INPUTS, "registry", "defaultValue"), "/home/ann/models"))
    assert [line.partition(": no pod")[0] for line in found] == [
        "Baseline: inputs.parameters.registry",
        "Pusher: inputs.parameters.registry",
    ]
    assert findings(paths.check, ((*INPUTS, "data", "defaultValue"), "")) == [
        "DrawingExampleGen: inputs.parameters.data_dir: it is empty; name a folder."
    ]


def test_a_claim_counts_for_the_node_that_mounts_it() -> None:
    (found,) = findings(paths.check, ((*PODS, "DataGate_executor", "pvcMount"), GONE))
    assert found.startswith("DataGate: inputs.parameters.registry: no pod sees '/mnt/quickdraw/statistics'")


def test_the_state_of_a_training() -> None:
    value = {"runtimeValue": {"constant": json.dumps({"training_dir": "/var/training", "warm_start": ""})}}
    (found,) = findings(paths.check, ((*TRAINER, "inputs", "parameters", "custom_config"), value))
    assert found.startswith("Trainer: inputs.parameters.custom_config.training_dir: no pod sees '/var/training'")


def test_a_schema_of_this_machine() -> None:
    value = {"runtimeValue": {"constant": "/home/ann/schema.pbtxt"}}
    (found,) = findings(paths.check, ((*TASKS, "ImportSchemaGen", "inputs", "parameters", "schema_file"), value))
    assert found.startswith("ImportSchemaGen: inputs.parameters.schema_file: no pod sees")


@pytest.mark.parametrize("root", ["", "s3://b", "gs://b/a", "minio://mlpipeline/v2/artifacts"])
def test_roots_of_artifacts(root: str) -> None:
    assert check_pipeline_root(root) == ""


@pytest.mark.parametrize("root", ["file:///tmp", "/mnt/quickdraw", "s3://", "https://b/a", "b/a"])
def test_roots_that_kfp_cannot_write_to(root: str) -> None:
    assert f"the pipeline root '{root}' must be" in check_pipeline_root(root)
