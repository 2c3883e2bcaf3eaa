"""Reading StatisticsGen's files."""

import pytest

from components.report.feature_statistics import NumberStatistics, SplitStatistics, read_statistics
from components.report.unreadable_input import UnreadableInputError


def _number(histograms):
    return f"datasets {{ features {{ name: 'strokes' num_stats {{ min: 1 max: 9 {histograms} }} }} }}"


def _at_most(run, histograms):
    run.statistics = {"train": _number(histograms)}
    return read_statistics(run.inputs()["statistics"][0])["train"].numbers["strokes"].at_most


def test_reads_numbers_and_texts_of_every_split(run):
    statistics = read_statistics(run.inputs()["statistics"][0])
    assert list(statistics) == ["train", "eval", "test"]
    assert statistics["eval"] == SplitStatistics(
        numbers={
            "strokes": NumberStatistics(5.25, 2, 1, 77, [(0, 0), (1, 6), (2, 12), (4, 18), (77, 24)]),
            "points": NumberStatistics(48.5, 38, 2, 483, []),
        },
        texts={"word": {"sun": 16, "ice_cream": 8}, "countrycode": {"": 12, "US": 8, "DE": 4}},
    )


def test_quantiles_hold_their_upper_end_and_duplicates_are_one_value(run):
    histogram = """histograms { type: QUANTILES
        buckets { low_value: 1 high_value: 1 sample_count: 3 }
        buckets { low_value: 1 high_value: 1 sample_count: 3 }
        buckets { low_value: 1 high_value: 9 sample_count: 4 } }"""
    assert _at_most(run, histogram) == [(0, 0), (1, 6), (9, 10)]


def test_the_histogram_of_equal_widths_is_not_taken(run):
    standard = "histograms { type: STANDARD buckets { low_value: 1 high_value: 9 sample_count: 10 } }"
    quantiles = "histograms { type: QUANTILES buckets { low_value: 1 high_value: 9 sample_count: 11 } }"
    for histograms in (standard + quantiles, quantiles + standard):
        assert _at_most(run, histograms) == [(0, 0), (9, 11)]
    assert _at_most(run, standard) == []


@pytest.mark.parametrize(
    "histogram", ["", "histograms { type: QUANTILES }", "histograms { type: QUANTILES buckets { high_value: 9 } }"]
)
def test_no_histogram(run, histogram):
    assert _at_most(run, histogram) == []


def test_a_file_that_is_missing_is_named(run):
    artifact = run.inputs()["statistics"][0]
    (run.folder / "statistics" / "Split-eval" / "FeatureStats.pb").unlink()
    with pytest.raises(UnreadableInputError, match=r"Split-eval/FeatureStats\.pb cannot be read"):
        read_statistics(artifact)
