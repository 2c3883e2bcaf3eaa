"""Metrics of parts of the test split."""

from components.report.slice_table import slice_tables
from tests.components.report.evaluations import EVALUATION, part


def test_by_country_strokes_and_points_but_not_by_word():
    tables = slice_tables(EVALUATION["slices"])
    assert [(table.title, [row.name for row in table.rows]) for table in tables] == [
        ("country", ["US", "DE"]),
        ("strokes", ["1", "3 to 4"]),
        ("points", ["11 to 20", "41 to 80"]),
    ]
    assert tables[2].rows[0].examples == 34
    assert tables[2].rows[0].metrics["accuracy"] == {"value": 0.5, "low": 0.25, "high": 0.75}


def test_ranges_are_in_order_and_countries_by_their_drawings():
    slices = [part("strokes", name, 1) for name in ("17 or more", "2", "9 to 16")]
    slices += [part("countrycode", "AT", 3), part("countrycode", "US", 5), part("countrycode", "AR", 3)]
    country, strokes = slice_tables(slices)
    assert [row.name for row in strokes.rows] == ["2", "9 to 16", "17 or more"]
    assert [row.name for row in country.rows] == ["US", "AR", "AT"]


def test_no_slices():
    assert slice_tables([part("", "", 5)]) == []
