"""Anomalies in words."""

from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2, statistics_pb2

from components.data_gate.verdict import Finding, SplitReport, describe_anomalies, find_problems


def anomalies(text: str = "") -> anomalies_pb2.Anomalies:
    return text_format.Parse(text, anomalies_pb2.Anomalies())


def report(text: str = "", num_examples: int = 5) -> SplitReport:
    statistics = statistics_pb2.DatasetFeatureStatisticsList()
    statistics.datasets.add(num_examples=num_examples)
    return SplitReport(statistics, anomalies(text))


def test_no_problems() -> None:
    assert find_problems({"train": report(), "eval": report()}, schema_pb2.Schema()) == []


def test_each_feature_with_all_reasons() -> None:
    found = anomalies(
        """
        dataset_anomaly_info { description: "few" reason { short_description: "Few" description: "only 1" } }
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
    assert describe_anomalies(found) == [
        "the whole data set: Few (only 1)",
        "feature strokes: Too high (Unexpectedly high value: 1001); Too low (Unexpectedly low value: 0)",
        "feature word: gone",
    ]


def test_endless_lists_of_values_are_cut() -> None:
    values = ", ".join(map(str, range(1_000)))
    for text in (f'reason {{ short_description: "Odd" description: "{values}" }}', f'description: "{values}"'):
        (sentence,) = describe_anomalies(anomalies(f'anomaly_info {{ key: "word" value {{ {text} }} }}'))
        assert "0, 1, 2" in sentence
        assert " ..." in sentence
        assert len(sentence) < 350


def test_each_split_has_its_findings() -> None:
    gone = 'anomaly_info { key: "word" value { description: "gone" } }'
    reports = {"train": report(gone), "eval": report(gone), "test": report(gone, num_examples=0)}
    assert find_problems(reports, schema_pb2.Schema()) == [
        Finding("empty", "split test has no example"),
        Finding("schema", "split train, feature word: gone"),
        Finding("schema", "split eval, feature word: gone"),
    ]
