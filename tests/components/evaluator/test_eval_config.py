from google.protobuf import text_format
from tensorflow_model_analysis import EvalConfig

from components.evaluator.eval_config import make_eval_config

ANSWERS = """
  signature_name: "serving_default" prediction_key: "probabilities" label_key: "label"
  preprocessing_function_names: "transform_labels"
"""
METRICS_AND_SLICES = """
slicing_specs {}
slicing_specs { feature_keys: "word" }
slicing_specs { feature_keys: "countrycode" }
slicing_specs { feature_keys: "strokes" }
slicing_specs { feature_keys: "points" }
metrics_specs {
  metrics { class_name: "ExampleCount" }
  metrics { class_name: "SparseCategoricalAccuracy" }
  metrics { class_name: "SparseTopKCategoricalAccuracy" config: '{"k": 3}' }
  metrics { class_name: "MeanAveragePrecisionAt3" module: "components.evaluator.mean_average_precision" }
  metrics { class_name: "SparseCategoricalCrossentropy" }
}
"""


def test_a_single_model_has_no_name_as_tfma_wants_it() -> None:
    expected = f"model_specs {{ {ANSWERS} }} {METRICS_AND_SLICES}"
    assert make_eval_config(has_baseline=False) == text_format.Parse(expected, EvalConfig())


def test_two_models_are_told_apart_by_name() -> None:
    candidate = f'model_specs {{ name: "candidate" {ANSWERS} }}'
    baseline = f'model_specs {{ name: "baseline" is_baseline: true {ANSWERS} }}'
    expected = candidate + baseline + METRICS_AND_SLICES
    assert make_eval_config(has_baseline=True) == text_format.Parse(expected, EvalConfig())
