import pathlib

import pytest

from components.urls import is_url


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("s3://bucket/models", True),
        ("gs://bucket", True),
        ("models/quickdraw", False),
        (pathlib.Path("/a:b/c"), False),
        ("", False),
    ],
)
def test_is_url(path: str | pathlib.Path, expected: bool) -> None:
    assert is_url(path) is expected
