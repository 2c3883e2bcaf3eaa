"""Anomalies in words."""

from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import anomalies_pb2

from components.data_gate.verdict import SplitReport, find_problems


def report(text="", num_examples=5):
    return SplitReport(num_examples, text_format.Parse(text, anomalies_pb2.Anomalies()))


def test_no_problems():
    assert find_problems({"train": report(), "eval": report()}) == []


def test_each_split_and_feature_with_all_reasons():
    train = report(
        """
        anomaly_info { key: "word" value { description: "gone" } }
        anomaly_info {
          key: "strokes"
          value {
            reason { short_description: "Too high" description: "Unexpectedly high value: 1001." }
            reason { short_description: "Too low" description: "Unexpectedly low value: 0." }
          }
        }
        """
    )
    whole = report(
        'dataset_anomaly_info { description: "few" reason { short_description: "Few" description: "only 1" } }'
    )
    assert find_problems({"train": train, "eval": whole}) == [
        "split train, feature strokes: Too high (Unexpectedly high value: 1001); Too low (Unexpectedly low value: 0)",
        "split train, feature word: gone",
        "split eval, the whole data set: Few (only 1)",
    ]


def test_an_empty_split():
    assert find_problems({"train": report(), "test": report(num_examples=0)}) == ["split test has no example"]
