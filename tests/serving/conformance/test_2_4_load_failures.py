"""Facts 2.4: versions that do not load."""

import pytest

from serving.server.models.failed_loads import RetryPolicy
from tests.serving.conformance.target import wait_until

pytestmark = pytest.mark.own_server


def test_loading_while_it_is_tried_again_and_ended_with_the_error_after_the_last_time(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base", retries=RetryPolicy(most_retries=2, interval_seconds=0.5))
    (tmp_path / "base" / "4").mkdir()
    wait_until(lambda: target.states()[0] == (4, "LOADING", 0))
    wait_until(lambda: target.states()[0][:2] == (4, "END"))
    assert target.states()[0][2] != 0


def test_a_failed_version_is_not_in_the_way_of_a_newer_one(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base", retries=RetryPolicy(most_retries=0))
    (tmp_path / "base" / "4").mkdir()
    wait_until(lambda: target.states()[0][:2] == (4, "END"))
    publish(tmp_path / "base", 5)
    wait_until(lambda: [state[:2] for state in target.states()] == [(5, "AVAILABLE"), (4, "END"), (3, "END")])
