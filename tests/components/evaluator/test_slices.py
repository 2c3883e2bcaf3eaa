import numpy as np
import pytest

from components.evaluator.slices import range_names, slice_values


def test_each_drawing_is_in_one_slice_of_each_kind() -> None:
    batch = {
        "word": np.array([b"ant", "b\u00e9e".encode()], object),
        "countrycode": np.array([b"DE", b""], object),
        "strokes": np.array([1, 17]),
        "points": np.array([10, 11]),
    }
    assert {kind: values.tolist() for kind, values in slice_values(batch).items()} == {
        "word": ["ant", "b\u00e9e"],
        "countrycode": ["DE", "unknown"],
        "strokes": ["1", "17 or more"],
        "points": ["1 to 10", "11 to 20"],
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("strokes", ["1", "2", "3 to 4", "5 to 8", "9 to 16", "17 or more"]),
        ("points", ["1 to 10", "11 to 20", "21 to 40", "41 to 80", "81 to 160", "161 or more"]),
    ],
)
def test_ranges_leave_no_gap(kind: str, expected: list[str]) -> None:
    assert range_names(kind) == expected
