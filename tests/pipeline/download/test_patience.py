import datetime
import random

import pytest

from pipeline.download.patience import Patience, read_retry_after

NOON = datetime.datetime(2026, 1, 2, 12, tzinfo=datetime.timezone.utc)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("Fri, 02 Jan 2026 12:00:30 GMT", 30),
        ("Fri, 02 Jan 2026 11:00:00 GMT", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
    ],
)
def test_retry_after(header, seconds):
    assert read_retry_after(header, NOON) == seconds


def test_waits_double_up_to_the_longest_and_none_is_like_another():
    patience = Patience(first_wait=1, longest_wait=10)
    source = random.Random(5)
    for retry, middle in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (60, 10)]:
        waits = [patience.wait_before(retry, 0, source) for _ in range(200)]
        assert middle / 2 <= min(waits) < middle * 0.6
        assert middle * 1.4 < max(waits) <= middle * 1.5


def test_the_server_is_not_asked_before_it_wants():
    assert Patience().wait_before(1, 40, random.Random(5)) == 40
