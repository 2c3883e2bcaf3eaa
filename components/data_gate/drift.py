"""Is the data still like that of the run before?"""

from tensorflow_metadata.proto.v0 import schema_pb2

from components.data_gate.comparison import Statistics, compare
from components.data_gate.statistics_view import WORD, count_words, find_feature, keep_values
from components.data_gate.verdict import Finding
from components.data_gate.word_rules import name_words


def find_drift(
    statistics: Statistics, previous: Statistics, schema: schema_pb2.Schema, previous_name: str
) -> list[Finding]:
    """Compares the train split with that of an earlier run.

    Runs with other words are told apart by nothing but that: the shares of the words that both have are compared among
    themselves, and strokes and points, which follow the words, are left out.

    Args:
        statistics: of the train split, at least one example.
        previous: of the earlier train split, at least one example.
        schema: for its drift comparators.
        previous_name: what to call the earlier run in a sentence.

    Returns:
        Findings of the kinds "vocabulary" and "drift".
    """
    words, previous_words = set(count_words(statistics) or ()), set(count_words(previous) or ())
    findings = []
    if words != previous_words and words and previous_words:
        findings.append(Finding("vocabulary", _describe_change(words, previous_words, previous_name)))
        if len(words & previous_words) < 2:
            return findings
        statistics, previous = (_only_words(data, words & previous_words) for data in (statistics, previous))
    findings += [
        Finding("drift", f"split train, {difference}")
        for difference in compare(statistics, previous, schema, "drift", previous_name)
        if difference.excessive
    ]
    return findings


def _describe_change(words: set[str], previous_words: set[str], previous_name: str) -> str:
    changes = []
    for verb, changed in (("added", words - previous_words), ("removed", previous_words - words)):
        if changed:
            changes.append(f"{verb} {name_words(sorted(changed))}")
    return (
        f"the words are not those of {previous_name}: {'; '.join(changes)}; only the shares of the words in common are "
        "compared"
    )


def _only_words(statistics: Statistics, words: set[str]) -> Statistics:
    """Returns the statistics of nothing but the feature `word`, and of it only the given words."""
    feature = find_feature(statistics, WORD)
    assert feature is not None, "its words were counted"
    reduced = Statistics()
    reduced.datasets.add(num_examples=statistics.datasets[0].num_examples).features.append(feature)
    keep_values(reduced.datasets[0].features[0], words)
    return reduced
