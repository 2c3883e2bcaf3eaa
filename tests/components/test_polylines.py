"""Resampling and simplifying polylines, against the plain ways of doing it."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.polylines import find_corners, line_lengths, resample

# Integers, whose cross products are exact: two points are equally far from a chord for both sides or for none.
POINTS = st.builds(complex, st.integers(0, 8), st.integers(0, 8))
LINES = st.lists(st.lists(POINTS, min_size=1, max_size=25), min_size=1, max_size=4)


def flat(lines):
    """Returns the points and sizes of lines."""
    return np.array([point for line in lines for point in line], complex), np.array([len(line) for line in lines])


def naive_corners(line, epsilon):
    """Ramer-Douglas-Peucker as it is taught."""
    start, *inner, end = line
    if not inner:
        return line
    chord = end - start

    def distance(point):
        offset = point - start
        return abs((offset * chord.conjugate()).imag) / abs(chord) if chord else abs(offset)

    distances = [distance(point) for point in inner]
    if max(distances) <= epsilon:
        return [start, end]
    middle = distances.index(max(distances)) + 1
    return naive_corners(line[: middle + 1], epsilon)[:-1] + naive_corners(line[middle:], epsilon)


def naive_resample(line):
    """Walks from point to point and drops a mark after every full step."""
    marks, left = [line[0]], 1.0
    for start, end in pairwise(line):
        length, done = abs(end - start), 0.0
        while length - done >= left:
            done, left = done + left, 1.0
            marks.append(start + (end - start) * done / length)
        left -= length - done
    return [*marks, line[-1]]


def test_a_corner_between_two_steps_is_cut():
    points, sizes = resample(*flat([[0, 1.5, 1.5 + 1.5j]]))
    assert (points.tolist(), sizes.tolist()) == ([0, 1, 1.5 + 0.5j, 1.5 + 1.5j, 1.5 + 1.5j], [5])


def test_each_line_is_walked_on_its_own():
    points, sizes = resample(*flat([[7j], [0, 2.5], [9, 9, 9]]))
    assert (points.tolist(), sizes.tolist()) == ([7j, 7j, 0, 1, 2, 2.5, 9, 9], [2, 4, 2])


@given(LINES)
def test_resample_walks(lines):
    points, sizes = resample(*flat(lines))
    for line, walked in zip(lines, np.split(points, np.cumsum(sizes)), strict=False):
        expected = naive_resample(line)
        # Where a line is a whole number of steps long, the last mark comes before the end or falls on it.
        assert abs(len(walked) - len(expected)) <= 1
        shorter = min(len(walked), len(expected)) - 1
        np.testing.assert_allclose(walked[:shorter], expected[:shorter], atol=1e-9)
        assert (walked[0], walked[-1]) == (line[0], line[-1])


@given(LINES)
def test_lengths(lines):
    expected = [math.fsum(abs(end - start) for start, end in pairwise(line)) for line in lines]
    assert line_lengths(*flat(lines)) == pytest.approx(expected)


@given(LINES, st.sampled_from([0.0, 1.0, 2.0, 3.5]))
def test_corners_are_those_of_the_recursion(lines, epsilon):
    points, sizes = flat(lines)
    is_kept = find_corners(points, sizes, epsilon)
    ends = np.cumsum(sizes)
    kept = [points[end - size : end][is_kept[end - size : end]].tolist() for end, size in zip(ends, sizes, strict=True)]
    assert kept == [naive_corners(line, epsilon) if len(line) > 1 else line for line in lines]


def test_a_point_at_epsilon_is_dropped_and_the_first_of_the_furthest_kept():
    assert find_corners(*flat([[0, 3 + 2j, 6]]), 2.0).tolist() == [True, False, True]
    assert find_corners(*flat([[0, 3 + 3j, 4 + 3j, 6]]), 2.5).tolist() == [True, True, False, True]


def test_the_distance_is_the_one_to_the_whole_line():
    assert find_corners(*flat([[0, 50, 10]]), 2.0).tolist() == [True, False, True]
    assert find_corners(*flat([[0, 50, 0]]), 2.0).tolist() == [True, True, True]
    assert find_corners(*flat([[0, 1, 0]]), 2.0).tolist() == [True, False, True]


def test_a_line_that_needs_more_levels_than_python_can_recurse():
    zigzag = [complex(100 * (number % 2), number / 10) for number in range(2000)]
    with pytest.raises(RecursionError):
        naive_corners(zigzag, 2.0)
    assert find_corners(*flat([zigzag]), 2.0)[:1900].all()
