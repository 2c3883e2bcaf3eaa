"""TFMA's configuration of an evaluation."""

import tensorflow_model_analysis as tfma

from components.evaluator.thresholds import Thresholds

ACCURACY = "sparse_categorical_accuracy"
CANDIDATE = "candidate"
BASELINE = "baseline"


def make_eval_config(thresholds: Thresholds) -> tfma.EvalConfig:
    """Builds TFMA's configuration: both models, the metrics and the thresholds.

    The served signature answers the raw drawings, so what is judged is what will be served, rasterizer included.

    Args:
        thresholds: what the candidate must reach.

    Returns:
        The configuration; TFX drops the baseline and its change threshold where there is no baseline model.
    """
    model = {
        "signature_name": "serving_default",
        "prediction_key": "probabilities",
        "label_key": "label",
        "preprocessing_function_names": ["transform_labels"],
    }
    accuracy = tfma.MetricConfig(
        class_name="SparseCategoricalAccuracy",
        threshold=tfma.MetricThreshold(
            value_threshold=tfma.GenericValueThreshold(lower_bound={"value": thresholds.min_accuracy}),
            change_threshold=tfma.GenericChangeThreshold(
                absolute={"value": -thresholds.max_accuracy_drop}, direction=tfma.MetricDirection.HIGHER_IS_BETTER
            ),
        ),
    )
    map_at_3 = tfma.MetricConfig(
        class_name="MeanAveragePrecisionAt3",
        module="components.evaluator.mean_average_precision",
        threshold=tfma.MetricThreshold(
            value_threshold=tfma.GenericValueThreshold(lower_bound={"value": thresholds.min_map_at_3})
        ),
    )
    counts = [
        tfma.MetricConfig(class_name="ExampleCount"),
        tfma.MetricConfig(class_name="MultiClassConfusionMatrixPlot"),
    ]
    return tfma.EvalConfig(
        model_specs=[
            tfma.ModelSpec(name=CANDIDATE, **model),
            tfma.ModelSpec(name=BASELINE, is_baseline=True, **model),
        ],
        slicing_specs=[tfma.SlicingSpec()],
        metrics_specs=[tfma.MetricsSpec(metrics=[accuracy, map_at_3, *counts])],
    )
