import decimal
from typing import Any

import pytest

from pipeline.kubeflow.lint import quantities
from pipeline.kubeflow.lint.quantities import parse_quantity
from tests.pipeline.kubeflow.edited import CONTAINER, GONE, POD, findings

RESOURCES = (*CONTAINER, "resources")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("0.5", "0.5"),
        ("500m", "0.5"),
        ("4Gi", 4 * 1024**3),
        ("1.5Ki", 1536),
        ("128k", 128_000),
        ("1e3", 1000),
        ("12E", 12 * 10**18),
        (".5", "0.5"),
    ],
)
def test_quantities(text: str, number: Any) -> None:
    assert parse_quantity(text) == decimal.Decimal(number)


@pytest.mark.parametrize("text", ["lots", "", "4GB", "4 Gi", "4gi", "-1", "1.2.3", "m", "\u0661"])
def test_what_is_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None
    assert findings(quantities.check, ((*RESOURCES, "resourceCpuLimit"), text)) == [
        f"Trainer: container.resources.resourceCpuLimit: '{text}' is no quantity; write 500m or 2."
    ]


def test_a_forgotten_unit() -> None:
    assert findings(quantities.check, ((*RESOURCES, "resourceMemoryLimit"), "24")) == [
        "Trainer: container.resources.resourceMemoryLimit: '24' are bytes; write 512Mi or 4Gi."
    ]


def test_no_request_above_its_limit() -> None:
    assert findings(quantities.check, ((*RESOURCES, "resourceMemoryRequest"), "25Gi")) == [
        "Trainer: container.resources.resourceMemoryRequest: it is more than the limit."
    ]
    assert findings(quantities.check, ((*RESOURCES, "resourceCpuRequest"), "8000m")) == []


def test_no_container_without_resources() -> None:
    (found,) = findings(quantities.check, (RESOURCES, GONE))
    assert found.startswith("Trainer: container.resources: there are none")


@pytest.mark.parametrize(
    ("accelerator", "part"),
    [
        ({"type": "NVIDIA_TESLA_T4", "count": "1"}, "'NVIDIA_TESLA_T4' is no resource"),
        ({"resourceType": "nvidia.com/gpu", "resourceCount": "0"}, "'0' is no number of devices"),
        ({"resourceType": "nvidia.com/gpu"}, "'' is no number of devices"),
    ],
)
def test_accelerators_under_their_resources_name(accelerator: dict[str, str], part: str) -> None:
    (found,) = findings(quantities.check, ((*RESOURCES, "accelerator"), accelerator))
    assert found.startswith(f"Trainer: container.resources.accelerator: {part}")


def test_sizes_of_volumes() -> None:
    assert findings(quantities.check, ((*POD, "enabledSharedMemory", "size"), "2GB")) == [
        "Trainer: platform.enabledSharedMemory.size: '2GB' is no quantity; write 512Mi or 4Gi."
    ]
    mounts = [{"volumeName": "tmp", "mountPath": "/tmp", "sizeLimit": "much"}]
    assert findings(quantities.check, ((*POD, "emptyDirMounts"), mounts)) == [
        "Trainer: platform.emptyDirMounts.sizeLimit: 'much' is no quantity; write 512Mi or 4Gi."
    ]
