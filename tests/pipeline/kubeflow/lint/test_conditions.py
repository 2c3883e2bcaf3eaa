import pytest

from pipeline.kubeflow.lint import conditions
from tests.pipeline.kubeflow.edited import TRAINER, findings

CONDITION = (*TRAINER, "triggerPolicy")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("examples", []),
        (
            "_Transform.transformed_examples",
            [
                "Trainer: triggerPolicy.condition: it looks at the input '_Transform.transformed_examples', which the "
                "task does not have."
            ],
        ),
    ],
)
def test_a_condition_looks_at_inputs(name: str, found: list[str]) -> None:
    condition = f"(inputs.artifacts['{name}'].artifacts[0].metadata['rows'] == 1.0)"
    assert findings(conditions.check, (CONDITION, {"condition": condition})) == found
