import gc
import weakref
from concurrent.futures import Future

import pytest

from serving.server.joined import joined


def futures(number):
    return [Future() for _ in range(number)]


def test_the_whole_is_made_of_all_parts_in_their_order():
    parts = futures(3)
    whole = joined(parts, tuple)
    for number in (2, 0, 1):
        assert not whole.done()
        parts[number].set_result(number)
    assert whole.result(0) == (0, 1, 2)


def test_an_error_of_a_part_waits_for_the_others():
    good, bad = parts = futures(2)
    whole = joined(parts, tuple)
    bad.set_exception(ValueError("bad"))
    assert not whole.done()
    good.set_result(1)
    with pytest.raises(ValueError, match="bad"):
        whole.result(0)


def test_a_whole_that_cannot_be_made_is_told():
    (part,) = parts = futures(1)
    whole = joined(parts, lambda results: results[1])
    part.set_result(1)
    with pytest.raises(IndexError):
        whole.result(0)


def test_the_parts_are_cancelled_with_the_whole():
    parts = futures(2)
    parts[0].set_result(1)
    assert joined(parts, tuple).cancel()
    assert [part.cancelled() for part in parts] == [False, True]


def test_what_is_done_holds_nothing():
    (part,) = parts = futures(1)
    whole = joined(parts, tuple)
    gone = weakref.ref(part)
    gc.disable()  # not when the collector happens to come by
    try:
        part.set_result(1)
        del part, parts
        assert whole.result(0) == (1,)
        assert gone() is None
    finally:
        gc.enable()
