from typing import Any

import pytest

from pipeline.kubeflow.lint import platform
from tests.pipeline.kubeflow.edited import POD, PODS, findings, golden


def test_a_document_under_another_key() -> None:
    moved = {"platform": golden().platform["platforms"]}
    assert findings(platform.check_keys, (("platform",), moved)) == [
        "pipeline: platform document: platform: KFP reads 'platforms' only, and nothing of this."
    ]
    assert findings(platform.check_keys, (("platform", "platforms", "docker"), {})) == [
        "pipeline: platforms.docker: KFP reads 'kubernetes' only, and nothing of this."
    ]


@pytest.mark.parametrize("label", ["Trainer", "trainer_executor", "Tuner_executor"])
def test_settings_of_an_executor_that_is_not_there(label: str) -> None:
    (found,) = findings(platform.check, ((*PODS, label), {}))
    assert found.startswith(
        f"pipeline: platforms.kubernetes.deploymentSpec.executors.{label}: there is no such executor"
    )


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("imagePullPolicy", "Sometimes", "imagePullPolicy: 'Sometimes' is none of"),
        ("activeDeadlineSeconds", "0", "activeDeadlineSeconds: it must be above zero"),
        ("tolerations", [{"key": "a", "operator": "In"}], "tolerations.operator: 'In' is none of"),
        ("tolerations", [{"key": "a", "effect": "Evict"}], "tolerations.effect: 'Evict' is none of"),
        ("tolerations", [{"key": "a", "operator": "Exists", "value": "b"}], "tolerations.value: the operator Exists"),
        ("tolerations", [{"effect": "NoSchedule"}], "tolerations.key: without a key"),
        ("tolerations", [{"key": "a", "tolerationSeconds": "3"}], "tolerations.tolerationSeconds: only the effect"),
        ("imagePullSecret", [{"secretName": "My_Registry"}], "imagePullSecret: 'My_Registry' is no name"),
        ("secretAsEnv", [{"secretName": "keys"}], "secretAsEnv: the Secret keys gives no variable"),
        ("pvcMount", [{"constant": "data", "mountPath": "mnt"}], "pvcMount: the mount 'mnt' is no folder"),
    ],
)
def test_values_that_kubernetes_refuses(field: str, value: Any, told: str) -> None:
    # Without its claim the Trainer has other findings, of other rules.
    (found,) = findings(platform.check, ((*POD, field), value))
    assert found.startswith(f"Trainer: platform.{told}")


def test_one_folder_has_one_mount() -> None:
    secrets = [{"secretName": "keys", "mountPath": "/mnt/quickdraw"}]
    assert {*findings(platform.check, ((*POD, "secretAsVolume"), secrets))} == {
        "Trainer: platform.secretAsVolume: '/mnt/quickdraw' is mounted twice.",
        "Trainer: platform.pvcMount: '/mnt/quickdraw' is mounted twice.",
    }


def test_a_name_that_a_run_gives() -> None:
    claim = {"pvcNameParameter": {"componentInputParameter": "claim"}, "mountPath": "/mnt/quickdraw"}
    assert findings(platform.check, ((*POD, "pvcMount"), [claim])) == []
