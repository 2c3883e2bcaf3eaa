"""Two histograms of integers, counted in the same bins.

TFDV's histograms have ten buckets of equal width between the least and the greatest value. Two clean random splits of
the 139,575 real drawings, 111,000 and 14,000, differ in their greatest drawing (185 strokes, 60 strokes), hence in all
buckets, and TFDV, which spreads a bucket's count evenly over its width, finds a divergence of 0.2 bits where there is
none. Counts are therefore compared at edges, where nothing has to be spread, and differ only where they must.
"""

import numpy as np
from tensorflow_metadata.proto.v0 import statistics_pb2

# Enough to see a change of shape; more bins only raise the noise of small splits.
_MAX_BINS = 10


def count_in_same_bins(
    reference: statistics_pb2.Histogram, other: statistics_pb2.Histogram
) -> tuple[statistics_pb2.Histogram, statistics_pb2.Histogram]:
    """Counts two histograms again, in at most ten bins that both have and that are about equally filled.

    The bins end at edges of `reference`. Where an edge cuts through a bucket of `other`, the count below it is known
    only to lie between two numbers; of these the one nearest to `reference` is taken. With edges in common nothing is
    lost, without them a difference may be missed, but none is invented.

    Args:
        reference: buckets of integers, low inclusive and high exclusive.
        other: the same.

    Returns:
        `reference` and `other` with the same buckets.
    """
    edges = np.unique([edge for bucket in reference.buckets for edge in _ends(bucket)])
    reference_below = _count_below(reference, edges)[0]
    least, most = _count_below(other, edges)
    total, other_total = _total(reference), _total(other)
    other_below = np.clip(reference_below / total, least / other_total, most / other_total) * other_total
    kept = _evenly_filled((reference_below / total + other_below / other_total) / 2)
    return (
        _histogram(edges[kept], reference_below[kept], total),
        _histogram(edges[kept], other_below[kept], other_total),
    )


def _ends(bucket: statistics_pb2.Histogram.Bucket) -> tuple[float, float]:
    # TFDV writes [7, 7] for a column that is 7 everywhere; among integers that is [7, 8).
    low, high = bucket.low_value, bucket.high_value
    return low, (high if high > low else low + 1)


def _count_below(histogram: statistics_pb2.Histogram, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest count that may lie below each edge, float64 [E] each."""
    lows, highs = np.array([_ends(bucket) for bucket in histogram.buckets]).T
    counts = np.array([bucket.sample_count for bucket in histogram.buckets])
    return (highs <= edges[:, None]) @ counts, (lows < edges[:, None]) @ counts


def _total(histogram: statistics_pb2.Histogram) -> float:
    return sum(bucket.sample_count for bucket in histogram.buckets)


def _evenly_filled(below: np.ndarray) -> list[int]:
    """Chooses edges so that no bin has less than its part.

    Args:
        below: float64 [E], the share of both samples below each edge.

    Returns:
        Positions of the edges that separate bins.
    """
    kept: list[int] = []
    filled = 0.0
    for position, share in enumerate(below):
        if min(share - filled, 1 - share) >= 1 / _MAX_BINS - 1e-9:
            kept.append(position)
            filled = share
    return kept


def _histogram(edges: np.ndarray, below: np.ndarray, total: float) -> statistics_pb2.Histogram:
    """Makes buckets between the edges and one beyond each end, whose far ends have no meaning."""
    ends = [edges[0] - 1, *edges, edges[-1] + 1] if len(edges) else [0.0, 1.0]
    histogram = statistics_pb2.Histogram(type=statistics_pb2.Histogram.STANDARD)
    for low, high, count in zip(ends, ends[1:], np.diff([0, *below, total]), strict=False):
        histogram.buckets.add(low_value=low, high_value=high, sample_count=count)
    return histogram
