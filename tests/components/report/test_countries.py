"""Drawings by country."""

from components.report.countries import Countries, Country, countries


def test_adds_the_splits_up_and_sets_the_unknown_apart():
    result = countries([{"": 10, "DE": 1, "US": 2}, {"US": 4, "FR": 1}])
    assert result == Countries([Country("US", 6, 0.75), Country("DE", 1, 0.125), Country("FR", 1, 0.125)], 8, 10)


def test_fifteen_are_named_and_the_rest_are_others():
    result = countries([{f"A{letter}": 20 - number for number, letter in enumerate("ABCDEFGHIJKLMNOPQR")}])
    assert [country.name for country in result.rows] == [f"A{letter}" for letter in "ABCDEFGHIJKLMNO"] + ["3 others"]
    assert result.rows[-1].drawings == 5 + 4 + 3
    assert sum(country.share for country in result.rows) == 1
    assert result.unknown == 0


def test_sixteen_are_named_but_for_one():
    assert countries([dict.fromkeys("ABCDEFGHIJKLMNOP", 1)]).rows[-1] == Country("1 other", 1, 1 / 16)


def test_all_unknown():
    assert countries([{"": 3}]) == Countries([], 0, 3)


def test_nothing_counted():
    assert countries([]) is None
    assert countries([{}]) is None
