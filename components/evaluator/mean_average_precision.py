"""MAP@3, the Kaggle competition's measure, as a TFMA metric that works through the Evaluator component.

Formula (Kaggle's "Quick, Draw! Doodle Recognition Challenge"): with one true word a drawing, the average precision at
3 is 1 / rank of the true word if it is among the three best, else 0; MAP@3 is its mean over the drawings.
"""

from collections.abc import Iterable
from typing import Any

import apache_beam as beam
import numpy as np
import tensorflow_model_analysis as tfma
from tensorflow_model_analysis.metrics import metric_types, metric_util

NAME = "map_at_3"
_CUTOFF = 3


def average_precision(label: int, probabilities: np.ndarray) -> float:
    """AP@3 of one drawing.

    Args:
        label: the true class id; an id outside the classes, such as -1, is never right.
        probabilities: float `[C]`.

    Returns:
        1, 1/2, 1/3 or 0. Among equal probabilities the lower class id comes first, as in `tf.math.top_k`.
    """
    if not 0 <= label < len(probabilities):
        return 0.0
    true = probabilities[label]
    rank = 1 + int(np.sum(probabilities > true)) + int(np.sum(probabilities[:label] == true))
    return 1.0 / rank if rank <= _CUTOFF else 0.0


class MeanAveragePrecisionAt3(metric_types.Metric):
    """Mean of `average_precision` over the drawings of a slice; a single sparse label each."""

    def __init__(self, name: str = NAME) -> None:
        super().__init__(metric_util.merge_per_key_computations(_computations), name=name)


metric_types.register_metric(MeanAveragePrecisionAt3)


def _computations(
    name: str = NAME,
    eval_config: tfma.EvalConfig | None = None,
    model_name: str = "",
    output_name: str = "",
    example_weighted: bool = False,
) -> metric_types.MetricComputations:
    key = metric_types.MetricKey(
        name=name, model_name=model_name, output_name=output_name, example_weighted=example_weighted
    )
    return [metric_types.MetricComputation(keys=[key], preprocessors=None, combiner=_MeanCombiner(key, eval_config))]


class _MeanCombiner(beam.CombineFn):
    """Weighted mean of AP@3; the accumulator is (weighted sum, weights)."""

    def __init__(self, key: metric_types.MetricKey, eval_config: tfma.EvalConfig | None) -> None:
        self._key = key
        self._eval_config = eval_config

    def create_accumulator(self) -> tuple[float, float]:
        return 0.0, 0.0

    def add_input(
        self, accumulator: tuple[float, float], element: metric_types.StandardMetricInputs
    ) -> tuple[float, float]:
        label, probabilities, weight = next(
            metric_util.to_label_prediction_example_weight(
                element,
                eval_config=self._eval_config,
                model_name=self._key.model_name,
                output_name=self._key.output_name,
                example_weighted=self._key.example_weighted,
                flatten=False,
                require_single_example_weight=True,
            )
        )
        value = average_precision(int(label.item()), probabilities)
        return accumulator[0] + value * weight.item(), accumulator[1] + weight.item()

    def merge_accumulators(self, accumulators: Iterable[tuple[float, float]]) -> tuple[float, float]:
        sums, weights = zip(*accumulators, strict=True)
        return sum(sums), sum(weights)

    def extract_output(self, accumulator: tuple[float, float]) -> dict[metric_types.MetricKey, Any]:
        weighted_sum, weights = accumulator
        return {self._key: weighted_sum / weights if weights else float("nan")}
