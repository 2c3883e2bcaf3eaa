import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tensorflow_model_analysis.metrics import metric_types

from components.evaluator.mean_average_precision import MeanAveragePrecisionAt3, average_precision


@pytest.mark.parametrize(
    ("label", "probabilities", "expected"),
    [
        (0, [0.6, 0.3, 0.1, 0.0], 1.0),
        (1, [0.6, 0.3, 0.1, 0.0], 1 / 2),
        (2, [0.6, 0.3, 0.1, 0.0], 1 / 3),
        (3, [0.6, 0.3, 0.1, 0.0], 0.0),
        (-1, [0.6, 0.4], 0.0),
        (2, [0.6, 0.4], 0.0),
        (1, [0.5, 0.5], 1 / 2),
    ],
)
def test_one_over_the_rank_up_to_three(label: int, probabilities: list[float], expected: float) -> None:
    assert average_precision(label, np.array(probabilities)) == expected


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8), st.data())
def test_rank_is_that_of_a_stable_sort(votes: list[int], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(votes) - 1))
    order = sorted(range(len(votes)), key=lambda i: -votes[i])
    rank = order.index(label) + 1
    assert average_precision(label, np.array(votes)) == (1 / rank if rank <= 3 else 0.0)


def inputs(label: int, probabilities: list[float]) -> metric_types.StandardMetricInputs:
    return metric_types.StandardMetricInputs(
        label=np.array([label]), prediction=np.array(probabilities), example_weight=np.array([1.0])
    )


def test_the_combiner_averages_and_merges() -> None:
    (computation,) = MeanAveragePrecisionAt3().computations(model_names=[""], output_names=[""])
    combiner = computation.combiner
    first = combiner.add_input(combiner.create_accumulator(), inputs(0, [0.9, 0.1]))
    second = combiner.add_input(combiner.create_accumulator(), inputs(0, [0.1, 0.9]))
    merged = combiner.merge_accumulators([first, second, combiner.create_accumulator()])
    assert combiner.extract_output(merged) == {metric_types.MetricKey("map_at_3"): 0.75}


def test_no_drawings_no_number() -> None:
    (computation,) = MeanAveragePrecisionAt3().computations(model_names=[""], output_names=[""])
    combiner = computation.combiner
    (value,) = combiner.extract_output(combiner.create_accumulator()).values()
    assert np.isnan(value)
