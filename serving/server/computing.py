"""Where a request is computed: short parts of it where it came in, long ones in threads, the model in a session."""

import time
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, TypeVar

from serving.server.methods.model_call import Call
from serving.server.monitoring.metrics import ServingMetrics
from serving.server.session import Session

_Result = TypeVar("_Result")
# Some tenths of a millisecond of reading; the way to a thread and back costs as much.
_SHORT_BYTES = 2**15


class Computing:
    """The threads and the session of a server; from any thread."""

    def __init__(self, executor: Executor, session: Session, metrics: ServingMetrics) -> None:
        self._executor = executor
        self._session = session
        self._metrics = metrics

    def answer(self, size: int, read: Callable[..., Call[_Result]], *arguments: object) -> Future[_Result]:
        """Answers a request of either API; a future that is cancelled in time is not computed.

        Args:
            size: of the request, in bytes.
            read: reads the request.
            arguments: of `read`.

        Returns:
            The future of the answer, or of a ServingError with TensorFlow Serving's code and text.
        """
        answer: Future[_Result] = Future()
        if size <= _SHORT_BYTES:
            self._begin(answer, read, arguments)
        else:
            self._executor.submit(self._begin, answer, read, arguments)
        return answer

    def _begin(
        self, answer: Future[_Result], read: Callable[..., Call[_Result]], arguments: tuple[object, ...]
    ) -> None:
        if answer.cancelled():
            return
        try:
            call = read(*arguments)
            started = time.perf_counter()
            running = call.submit(self._session)
        except Exception as error:  # whatever it is, who waits must hear of it
            if answer.set_running_or_notify_cancel():
                answer.set_exception(error)
            return
        running.add_done_callback(partial(self._finish, answer, call, started))
        # Weakly: two futures that held one another would keep the model in memory when it is no longer served.
        answer.add_done_callback(partial(_cancel, weakref.ref(running)))

    def _finish(self, answer: Future[_Result], call: Call[_Result], started: float, running: Future[Any]) -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            outputs = running.result()
            if call.runtime_labels:
                self._metrics.ran(*call.runtime_labels, time.perf_counter() - started)
            answer.set_result(call.respond(outputs))
        except Exception as error:  # whatever it is, who waits must hear of it
            answer.set_exception(error)


def _cancel(running: "weakref.ref[Future[Any]]", _: Future[_Result]) -> None:
    future = running()
    if future:
        future.cancel()
