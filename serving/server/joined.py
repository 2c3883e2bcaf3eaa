"""Several futures as one."""

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

_Part = TypeVar("_Part")
_Whole = TypeVar("_Whole")


def joined(parts: Sequence[Future[_Part]], combine: Callable[[list[_Part]], _Whole]) -> Future[_Whole]:
    """Waits for all parts.

    Args:
        parts: At least one. Cancelled with the whole.
        combine: Makes the whole of their results, in the thread of the last one.

    Returns:
        The future of the whole, or of the first part's error that is one.
    """
    whole: Future[_Whole] = Future()
    unfinished, number, finished = [*parts], len(parts), itertools.count(1)

    def finish(_: Future[_Part]) -> None:
        if next(finished) < number:  # one call of next() is not divided between threads
            return
        answers = unfinished.copy()
        unfinished.clear()  # or they would hold one another
        if whole.set_running_or_notify_cancel():
            _set(whole, answers, combine)

    for part in parts:
        part.add_done_callback(finish)
    whole.add_done_callback(lambda _: [part.cancel() for part in [*unfinished]])
    return whole


def _set(whole: Future[_Whole], parts: Sequence[Future[_Part]], combine: Callable[[list[_Part]], _Whole]) -> None:
    try:
        whole.set_result(combine([part.result() for part in parts]))
    except Exception as error:  # whatever it is, who waits must hear of it
        whole.set_exception(error)
