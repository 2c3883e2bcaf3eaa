"""Methods of one request and one answer, taken from gRPC's completion queue without a layer in between.

An empty call costs `grpc.aio` 114 us of processor, the thread pool of `grpc` 161 us, and this 36 us
(`python -m benchmarks.grpc_calls`), where the model's share of a doodle in a batch is 85 us. Both are made of the same
layer, `grpc._cython.cygrpc`, which has no promise of its own to stay as it is: pyproject.toml names the release.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial

import grpc
from google.protobuf.message import DecodeError, Message
from grpc._cython import cygrpc

from serving.server.errors import ServingError
from serving.server.grpc_api.grpc_refusal import status_text

_LOG = logging.getLogger(__name__)
_NO_FLAGS = 0

UnaryMethod = Callable[[bytes, float], Future[Message]]
"""Takes a serialized request and its deadline in seconds since 1970; the future is cancelled when nobody waits."""


class UnaryMethods:
    """Answers some methods of a `grpc.Server` in a thread of its own, which they must not keep."""

    def __init__(self, server: grpc.Server, methods: Mapping[str, UnaryMethod]) -> None:
        """Registers the methods with a server that has not been started.

        Args:
            server: keeps ports, other methods and the end of all calls.
            methods: by full name, such as `/package.Service/Method`.
        """
        self._methods = methods
        self._server: cygrpc.Server = server._cy_server
        self._queue = cygrpc.CompletionQueue()
        self._server.register_completion_queue(self._queue)
        for name in methods:
            self._server.register_method(name)
        self._thread = threading.Thread(target=self._serve, name="unary_methods")

    def start(self) -> None:
        """Takes calls; the server has been started."""
        for name in self._methods:
            self._take_call(name)
        self._thread.start()

    def join(self) -> None:
        """Ends the thread; the server has been stopped, with every call in it."""
        self._queue.shutdown()
        if self._thread.is_alive():
            self._thread.join()

    def _serve(self) -> None:
        while (event := self._queue.poll()).completion_type != cygrpc.CompletionType.queue_shutdown:
            event.tag(event)
            del event  # what is held while waiting for the next one would outlive its call

    def _take_call(self, name: str) -> None:
        self._server.request_registered_call(self._queue, self._queue, name, partial(self._begin, name))

    def _begin(self, name: str, event: cygrpc.RequestCallEvent) -> None:
        if event.success:  # not when the server stops
            self._take_call(name)
            _UnaryCall(event.call, event.call_details.deadline, self._methods[name]).begin()


class _UnaryCall:
    """One call: its request, its answer, and its end if that comes first."""

    def __init__(self, call: cygrpc.Call, deadline: float, method: UnaryMethod) -> None:
        self._call = call
        self._deadline = deadline
        self._method = method
        self._answer: Future[Message] | None = None
        self._is_over = False

    def begin(self) -> None:
        self._call.start_server_batch((cygrpc.ReceiveCloseOnServerOperation(_NO_FLAGS),), self._end)
        self._call.start_server_batch((cygrpc.ReceiveMessageOperation(_NO_FLAGS),), self._receive)

    def _end(self, event: cygrpc.BatchOperationEvent) -> None:
        """Hears that the answer is on its way, or that the client left, its deadline passed or the server stops."""
        self._is_over = True
        answer, self._answer = self._answer, None
        if event.batch_operations[0].cancelled() and answer:
            answer.cancel()

    def _receive(self, event: cygrpc.BatchOperationEvent) -> None:
        request = event.batch_operations[0].message()
        if self._is_over:
            return
        if request is None:
            self._refuse(grpc.StatusCode.UNIMPLEMENTED, "A call needs exactly one request message.")
            return
        try:
            self._answer = self._method(request, self._deadline)
        except DecodeError:
            self._refuse(grpc.StatusCode.INTERNAL, "Exception deserializing request!")
        except Exception as error:  # the thread answers other calls, too
            self._fail(error)
        else:
            self._answer.add_done_callback(self._respond)

    def _respond(self, answer: Future[Message]) -> None:
        """Called in the thread that computed."""
        self._answer = None  # the two hold one another, and the model with them
        if self._is_over or answer.cancelled():
            return
        try:
            self._send(answer.result().SerializeToString(), grpc.StatusCode.OK, "")
        except ServingError as error:
            self._refuse(error.code, status_text(error.message))
        except Exception as error:  # whatever it is, who waits must hear of it
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        _LOG.error("A request failed in a way that nobody foresaw", exc_info=error)
        self._refuse(grpc.StatusCode.UNKNOWN, status_text(f"{type(error).__name__}: {error}"))

    def _refuse(self, code: grpc.StatusCode, text: str) -> None:
        self._send(None, code, text)

    def _send(self, message: bytes | None, code: grpc.StatusCode, text: str) -> None:
        number, _ = code.value
        messages = () if message is None else (cygrpc.SendMessageOperation(message, _NO_FLAGS),)
        operations = (
            cygrpc.SendInitialMetadataOperation(None, _NO_FLAGS),
            *messages,
            cygrpc.SendStatusFromServerOperation(None, number, text.encode(), _NO_FLAGS),
        )
        self._call.start_server_batch(operations, _sent)


def _sent(_: cygrpc.BatchOperationEvent) -> None:
    """Nothing is left to do for a call when its answer is sent."""
