"""The evaluation in TFMA's words: its configuration, and the keys under which its result has the metrics."""

import tensorflow_model_analysis as tfma

from components.evaluator.estimates import ECE
from components.evaluator.judged_models import SIGNATURE
from components.evaluator.slices import COUNTRY, POINTS, STROKES, WORD

CANDIDATE = "candidate"
BASELINE = "baseline"
# Ours -> TFMA's name in a result.
TFMA_NAMES = {
    "accuracy": "sparse_categorical_accuracy",
    "top_3_accuracy": "sparse_top_k_categorical_accuracy",
    "map_at_3": "map_at_3",
    "loss": "sparse_categorical_crossentropy",
    ECE: "expected_calibration_error",
}


def make_eval_config(has_baseline: bool) -> tfma.EvalConfig:
    """Builds TFMA's configuration: the models, the metrics and the slices.

    The served signature answers the raw drawings, so what is judged is what will be served, rasterizer included. The
    thresholds are not among it: TFMA compares two numbers, our gate pairs of answers (`components.evaluator.judge`).

    Args:
        has_baseline: whether there is a second model.

    Returns:
        A configuration that TFX's own Evaluator takes as well, and then computes the same metrics; the calibration
        error apart, which TFMA has for two classes only, and `strokes` and `points`, which it slices by each number.
    """
    model = {
        "signature_name": SIGNATURE,
        "prediction_key": "probabilities",
        "label_key": "label",
        "preprocessing_function_names": ["transform_labels"],
    }
    specs = [tfma.ModelSpec(name=CANDIDATE if has_baseline else "", **model)]
    if has_baseline:
        specs.append(tfma.ModelSpec(name=BASELINE, is_baseline=True, **model))
    metrics = [
        tfma.MetricConfig(class_name="ExampleCount"),
        tfma.MetricConfig(class_name="SparseCategoricalAccuracy"),
        tfma.MetricConfig(class_name="SparseTopKCategoricalAccuracy", config='{"k": 3}'),
        tfma.MetricConfig(class_name="MeanAveragePrecisionAt3", module="components.evaluator.mean_average_precision"),
        tfma.MetricConfig(class_name="SparseCategoricalCrossentropy"),
    ]
    slices = [tfma.SlicingSpec(), *(tfma.SlicingSpec(feature_keys=[key]) for key in (WORD, COUNTRY, STROKES, POINTS))]
    return tfma.EvalConfig(model_specs=specs, slicing_specs=slices, metrics_specs=[tfma.MetricsSpec(metrics=metrics)])
