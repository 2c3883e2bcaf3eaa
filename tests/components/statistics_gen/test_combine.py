"""The combiner, batch by batch, as a Beam runner would use it."""

import pickle

import pyarrow as pa
import pytest
from tensorflow_metadata.proto.v0 import statistics_pb2

from components.statistics_gen.combine import CombineStatistics
from schema.loader import load_schema


@pytest.fixture
def combine() -> CombineStatistics:
    made = CombineStatistics(load_schema())
    made.setup()
    return made


def batch(**columns: list) -> pa.RecordBatch:
    """Columns of one value a row."""
    lists = {
        name: pa.array(
            [[value] for value in values],
            pa.large_list(pa.int64() if values and isinstance(values[0], int) else pa.large_binary()),
        )
        for name, values in columns.items()
    }
    return pa.RecordBatch.from_arrays(list(lists.values()), list(lists))


def features(statistics: statistics_pb2.DatasetFeatureStatisticsList) -> dict:
    (dataset,) = statistics.datasets
    return {feature.path.step[0]: feature for feature in dataset.features}


def test_merged_parts_are_the_whole(combine):
    batches = [
        batch(word=[b"cat", b"dog"], strokes=[1, 2]),
        batch(word=[b"cat"], strokes=[9]),
        batch(word=[b"ant"], strokes=[4]),
    ]
    parts = [combine.add_input(combine.create_accumulator(), rows) for rows in batches]
    merged = combine.extract_output(combine.compact(combine.merge_accumulators(parts)))
    whole = combine.create_accumulator()
    for rows in batches:
        whole = combine.add_input(whole, rows)
    assert merged == combine.extract_output(whole)
    assert merged.datasets[0].num_examples == 4
    word = features(merged)["word"].string_stats
    assert (word.unique, word.top_values[0].value, word.top_values[0].frequency) == (3, "cat", 2)
    strokes = features(merged)["strokes"].num_stats
    assert (strokes.min, strokes.max, strokes.mean, strokes.median) == (1, 9, 4, 4)


def test_accumulators_can_be_sent_to_another_worker(combine):
    accumulator = combine.add_input(combine.create_accumulator(), batch(word=[b"cat", b"dog"], strokes=[1, 2]))
    sent = pickle.loads(pickle.dumps(combine.compact(accumulator)))
    merged = combine.merge_accumulators([sent, combine.add_input(combine.create_accumulator(), batch(strokes=[3]))])
    assert features(combine.extract_output(merged))["strokes"].num_stats.mean == 2


def test_accumulators_do_not_grow_with_the_rows(combine):
    accumulator = combine.create_accumulator()
    sizes = []
    for number in range(40):
        keys = [f"{number}-{row}".encode() for row in range(1_000)]
        accumulator = combine.add_input(accumulator, batch(key_id=keys, drawing=keys, points=list(range(1_000))))
        sizes.append(len(pickle.dumps(combine.compact(accumulator))))
    assert sizes[-1] < 1.5 * sizes[3]


def test_drawings_and_ids_are_not_counted_one_by_one_but_measured(combine):
    rows = batch(drawing=[b"[[[1],[2]]]", b"[[[1],[2]]]"], key_id=[b"1", b"22"], word=[b"cat", b"dog"])
    found = features(combine.extract_output(combine.add_input(combine.create_accumulator(), rows)))
    for name, length in (("drawing", 11), ("key_id", 1.5)):
        statistics = found[name].string_stats
        assert (statistics.unique, len(statistics.top_values), len(statistics.rank_histogram.buckets)) == (0, 0, 0)
        assert (statistics.avg_length, statistics.common_stats.num_non_missing) == (length, 2)
    assert len(found["word"].string_stats.rank_histogram.buckets) == 2


def test_the_histogram_sees_what_lies_below_a_rare_large_value(combine):
    rows = batch(strokes=[1] * 500 + [4] * 499 + [185])
    (feature,) = features(combine.extract_output(combine.add_input(combine.create_accumulator(), rows))).values()
    standard = next(h for h in feature.num_stats.histograms if h.type == statistics_pb2.Histogram.STANDARD)
    assert sum(bucket.sample_count for bucket in standard.buckets if bucket.high_value < 2.5) == pytest.approx(
        500, abs=20
    )
