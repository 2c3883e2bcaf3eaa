import asyncio

import pytest

from components.errors import DataRefusedError, UsageError
from components.store_errors import one_sentence


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError("Access Denied"), "it failed: Access Denied."),
        (ValueError("Invalid bucket:\n  the name  is\nlong."), "it failed: Invalid bucket: the name is long."),
        (asyncio.TimeoutError(), "it failed: TimeoutError."),
    ],
)
def test_any_error_becomes_one_sentence(error: Exception, sentence: str) -> None:
    with pytest.raises(UsageError) as raised, one_sentence("it failed"):
        raise error
    assert (str(raised.value), raised.value.__cause__) == (sentence, error)


def test_a_sentence_stays_as_it_is() -> None:
    with pytest.raises(DataRefusedError, match=r"^nine rows are malformed\.$"), one_sentence("it failed"):
        raise DataRefusedError("nine rows are malformed.")
