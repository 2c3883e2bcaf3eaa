from google.protobuf import text_format
from tensorflow_model_analysis import EvalConfig

from components.evaluator.eval_config import make_eval_config
from components.evaluator.thresholds import Thresholds

EXPECTED = """
model_specs {
  name: "candidate" signature_name: "serving_default" prediction_key: "probabilities" label_key: "label"
  preprocessing_function_names: "transform_labels"
}
model_specs {
  name: "baseline" is_baseline: true
  signature_name: "serving_default" prediction_key: "probabilities" label_key: "label"
  preprocessing_function_names: "transform_labels"
}
slicing_specs {}
metrics_specs {
  metrics {
    class_name: "SparseCategoricalAccuracy"
    threshold {
      value_threshold { lower_bound { value: 0.75 } }
      change_threshold { absolute { value: -0.5 } direction: HIGHER_IS_BETTER }
    }
  }
  metrics {
    class_name: "MeanAveragePrecisionAt3" module: "components.evaluator.mean_average_precision"
    threshold { value_threshold { lower_bound { value: 0.25 } } }
  }
  metrics { class_name: "ExampleCount" }
  metrics { class_name: "MultiClassConfusionMatrixPlot" }
}
"""


def test_eval_config_says_what_the_thresholds_say() -> None:
    config = make_eval_config(Thresholds(min_accuracy=0.75, min_map_at_3=0.25, max_accuracy_drop=0.5))
    assert config == text_format.Parse(EXPECTED, EvalConfig())
