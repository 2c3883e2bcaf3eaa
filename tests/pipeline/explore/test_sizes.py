"""Bytes for people."""

import pytest

from pipeline.explore.sizes import size


@pytest.mark.parametrize(
    ("num_bytes", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "0.977 KiB"),
        (8_192, "8 KiB"),
        (1_143_398_400, "1.06 GiB"),
        (50e6 * 8_192, "381 GiB"),
        (2.0**70, "1.05e+06 PiB"),
    ],
)
def test_size(num_bytes, text):
    assert size(num_bytes) == text
