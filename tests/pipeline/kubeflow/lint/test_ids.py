import pytest

from pipeline.kubeflow.lint import ids
from tests.pipeline.kubeflow.edited import TASKS, TRAINER, findings, golden

TASK = golden().spec["root"]["dag"]["tasks"]["Baseline"]


@pytest.mark.parametrize("name", ["a", "CamelCase", "with-dash", "A1"])
def test_legal_ids(name: str) -> None:
    assert findings(ids.check, ((*TASKS, name), TASK)) == []


@pytest.mark.parametrize("name", ["1a", "-a", "a_b", "a.b", "a b", "ä", ""])
def test_ids_that_argo_refuses(name: str) -> None:
    sentence = f"'{name}' must be of letters, digits and '-', a letter first."
    assert findings(ids.check, ((*TASKS, name), TASK)) == [f"{name}: id: {sentence}"]


def test_kfps_own_name() -> None:
    assert findings(ids.check, ((*TASKS, "root"), TASK)) == ["root: id: KFP keeps this name for itself."]


def test_components_have_ids_too() -> None:
    (found,) = findings(ids.check, (("spec", "components", "Train_it"), {"executorLabel": "Trainer_executor"}))
    assert found.startswith("Train_it: components: ")
    assert findings(ids.check, ((*TRAINER, "taskInfo", "name"), "Any name.")) == []
