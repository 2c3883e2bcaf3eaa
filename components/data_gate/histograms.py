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
    histogram: statistics_pb2.Histogram, other: statistics_pb2.Histogram
) -> tuple[statistics_pb2.Histogram, statistics_pb2.Histogram]:
    """Counts two histograms again, in the same bins, at most ten and none almost empty.

    A histogram knows how many values lie below its own edges; below an edge of the other it knows two numbers between
    which the count lies. Of these the one that is nearest to the other's share is taken. So nothing is lost at edges
    that both have, and between them a difference may be missed, but none is invented.

    Args:
        histogram: buckets of integers, low inclusive and high exclusive, not all empty.
        other: the same.

    Returns:
        `histogram` and `other` with the same buckets.
    """
    edges = np.unique([edge for each in (histogram, other) for bucket in each.buckets for edge in _ends(bucket)])
    least, most = _share_below(histogram, edges)
    other_least, other_most = _share_below(other, edges)
    below = np.clip(other_least, least, most)
    other_below = np.clip(least, other_least, other_most)
    kept = _evenly_filled((below + other_below) / 2)
    return (
        _histogram(edges[kept], below[kept], _total(histogram)),
        _histogram(edges[kept], other_below[kept], _total(other)),
    )


def _ends(bucket: statistics_pb2.Histogram.Bucket) -> tuple[float, float]:
    # TFDV writes [7, 7] for a column that is 7 everywhere; among integers that is [7, 8).
    low, high = bucket.low_value, bucket.high_value
    return low, (high if high > low else low + 1)


def _share_below(histogram: statistics_pb2.Histogram, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest share of the values that may lie below each edge, float64 [E] each."""
    lows, highs = np.array([_ends(bucket) for bucket in histogram.buckets]).T
    shares = np.array([bucket.sample_count for bucket in histogram.buckets]) / _total(histogram)
    return (highs <= edges[:, None]) @ shares, (lows < edges[:, None]) @ shares


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
    for low, high, share in zip(ends, ends[1:], np.diff([0.0, *below, 1.0]), strict=False):
        histogram.buckets.add(low_value=low, high_value=high, sample_count=max(0.0, share) * total)
    return histogram
