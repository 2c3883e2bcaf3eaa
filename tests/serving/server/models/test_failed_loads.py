from pathlib import Path

import pytest

from serving.server.errors import not_found
from serving.server.models.failed_loads import FailedLoads, RetryPolicy
from serving.server.models.versions import Version

ONE, TWO = Version(1, Path("1")), Version(2, Path("2"))
FILES = frozenset([("saved_model.pb", 10, 1)])
CHANGED = frozenset([("saved_model.pb", 11, 2)])
ERROR = not_found("no variables")


def test_the_defaults_are_those_of_tensorflow_serving():
    assert RetryPolicy() == RetryPolicy(most_retries=5, interval_seconds=60)


def test_a_version_that_never_failed_is_due():
    assert FailedLoads(RetryPolicy()).is_due(ONE, FILES)


def test_two_retries_make_three_attempts():
    failed = FailedLoads(RetryPolicy(2, interval_seconds=0))
    assert [failed.add(ONE, FILES, ERROR) for _ in range(3)] == [True, True, False]
    assert not failed.is_due(ONE, FILES)


@pytest.mark.parametrize(("seconds", "is_due"), [(60, False), (0, True), (-1, True)])
def test_a_retry_waits_for_the_interval(seconds, is_due):
    failed = FailedLoads(RetryPolicy(1, seconds))
    failed.add(ONE, FILES, ERROR)
    assert failed.is_due(ONE, FILES) == is_due


def test_changed_files_are_due_at_once_and_have_all_retries_again():
    failed = FailedLoads(RetryPolicy(1, interval_seconds=60))
    failed.add(ONE, FILES, ERROR)
    assert not failed.add(ONE, FILES, ERROR)
    assert failed.is_due(ONE, CHANGED)
    assert failed.add(ONE, CHANGED, ERROR)


def test_errors_are_final_when_every_version_is_given_up():
    failed = FailedLoads(RetryPolicy(1, 0))
    assert failed.final_errors() == {}
    failed.add(ONE, FILES, ERROR)
    failed.add(ONE, FILES, ERROR)
    failed.add(TWO, FILES, ERROR)
    assert failed.final_errors() == {}
    failed.add(TWO, FILES, ERROR)
    assert {version: str(error) for version, error in failed.final_errors().items()} == {1: str(ERROR), 2: str(ERROR)}


def test_forgetting_tells_whose_retries_are_cancelled():
    failed = FailedLoads(RetryPolicy(1, 60))
    failed.add(ONE, FILES, ERROR)
    failed.add(ONE, FILES, ERROR)
    failed.add(TWO, FILES, ERROR)
    assert list(failed.forget_all_but([ONE])) == [TWO]
    assert failed.forget_all_but([]) == {}
    assert failed.is_due(ONE, FILES)
    assert failed.is_due(TWO, FILES)
