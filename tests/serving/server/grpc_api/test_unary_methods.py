import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import grpc
import pytest
from google.protobuf.wrappers_pb2 import StringValue

from serving.server.errors import not_found
from serving.server.grpc_api.unary_methods import UnaryMethods

SECONDS = 20
NO_TEXT = StringValue()


class Echo:
    """Answers a text with itself, at once, from a thread, or whenever it is told to."""

    def __init__(self):
        self.deadlines = []
        self.held = []
        self.arrived = threading.Semaphore(0)

    def at_once(self, message, deadline):
        self.deadlines.append(deadline)
        answer = Future()
        answer.set_result(StringValue.FromString(message))
        return answer

    def hold(self, message, deadline):
        answer = Future()
        self.held.append(answer)
        self.arrived.release()
        return answer

    def refuse(self, message, deadline):
        answer = Future()
        answer.set_exception(not_found("kein Gemälde"))
        return answer

    def break_down(self, message, deadline):
        answer = Future()
        answer.set_exception(RuntimeError("unforeseen"))
        return answer

    def break_down_at_once(self, message, deadline):
        raise RuntimeError("unforeseen")

    def answer_nonsense(self, message, deadline):
        answer = Future()
        answer.set_result("no message")
        return answer

    def next_held(self):
        assert self.arrived.acquire(timeout=SECONDS)
        return self.held[-1]


class EchoServer:
    """A server of these methods, and a client of it."""

    def __init__(self):
        self.echo = Echo()
        self.server = grpc.server(ThreadPoolExecutor(1))
        methods = ("at_once", "hold", "refuse", "break_down", "break_down_at_once", "answer_nonsense")
        self.methods = UnaryMethods(self.server, {f"/test.Echo/{name}": getattr(self.echo, name) for name in methods})
        port = self.server.add_insecure_port("127.0.0.1:0")
        self.server.start()
        self.methods.start()
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}")

    def method(self, name):
        return self.channel.unary_unary(f"/test.Echo/{name}", StringValue.SerializeToString, StringValue.FromString)

    def stop(self, grace):
        self.server.stop(grace).wait()
        self.methods.join()
        self.channel.close()


@pytest.fixture
def running():
    server = EchoServer()
    yield server
    server.stop(grace=0)


def ended(call):
    return call.code().name, call.details()


def refusal(method, message=NO_TEXT):
    with pytest.raises(grpc.RpcError) as caught:
        method(message, timeout=SECONDS)
    return ended(caught.value)


def until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_answer_at_once(running):
    assert running.method("at_once")(StringValue(value="a"), timeout=SECONDS).value == "a"


def test_an_answer_from_a_thread_while_others_are_answered(running):
    waiting = running.method("hold").future(StringValue(value="a"), timeout=SECONDS)
    held = running.echo.next_held()
    assert running.method("at_once")(StringValue(value="b"), timeout=SECONDS).value == "b"
    assert not waiting.done()
    held.set_result(StringValue(value="c"))
    assert waiting.result().value == "c"


def test_many_calls_at_a_time(running):
    calls = [running.method("at_once").future(StringValue(value=str(n)), timeout=SECONDS) for n in range(500)]
    assert [call.result().value for call in calls] == [str(n) for n in range(500)]


def test_the_deadline_reaches_the_method(running):
    running.method("at_once")(StringValue(), timeout=100)
    running.method("at_once")(StringValue())
    (deadline, none) = running.echo.deadlines
    assert deadline == pytest.approx(time.time() + 100, abs=5)
    assert none > time.time() + 1e9


def test_a_refusal(running):
    assert refusal(running.method("refuse")) == ("NOT_FOUND", "kein Gemälde")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("break_down", "RuntimeError: unforeseen"),
        ("break_down_at_once", "RuntimeError: unforeseen"),
        ("answer_nonsense", "AttributeError: 'str' object has no attribute 'SerializeToString'"),
    ],
)
def test_an_unforeseen_error_is_told_and_logged(running, caplog, name, text):
    assert refusal(running.method(name)) == ("UNKNOWN", text)
    (record,) = caplog.records
    assert record.exc_info
    assert running.method("at_once")(StringValue(value="a"), timeout=SECONDS).value == "a"


def test_bytes_that_are_no_message(running):
    raw = running.channel.unary_unary("/test.Echo/at_once")
    assert refusal(raw, b"\xff\xff") == ("INTERNAL", "Exception deserializing request!")


def test_a_call_without_a_message(running):
    with pytest.raises(grpc.RpcError) as caught:
        running.channel.stream_unary("/test.Echo/at_once")(iter([]), timeout=SECONDS)
    assert ended(caught.value) == ("UNIMPLEMENTED", "A call needs exactly one request message.")


def test_a_method_that_is_not_there(running):
    assert refusal(running.method("absent"))[0] == "UNIMPLEMENTED"


def test_nobody_waits_after_the_deadline(running):
    call = running.method("hold").future(StringValue(), timeout=0.2)
    assert call.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    until(running.echo.next_held().cancelled)


def test_nobody_waits_when_the_client_has_left(running):
    call = running.method("hold").future(StringValue(), timeout=SECONDS)
    held = running.echo.next_held()
    call.cancel()
    until(held.cancelled)


def test_nobody_waits_when_the_connection_is_cut(running):
    call = running.method("hold").future(StringValue(), timeout=SECONDS)
    held = running.echo.next_held()
    assert not call.done()
    running.channel.close()
    until(held.cancelled)


def test_an_answer_after_the_end_goes_nowhere(running):
    call = running.method("hold").future(StringValue(), timeout=SECONDS)
    held = running.echo.next_held()
    held.set_running_or_notify_cancel()  # it is being computed
    call.cancel()
    assert running.method("at_once")(StringValue(value="b"), timeout=SECONDS).value == "b"
    held.set_result(StringValue(value="c"))
    assert running.method("at_once")(StringValue(value="d"), timeout=SECONDS).value == "d"


def test_a_stop_waits_for_what_is_computed():
    server = EchoServer()
    call = server.method("hold").future(StringValue(), timeout=SECONDS)
    held = server.echo.next_held()
    stopping = threading.Thread(target=server.stop, args=[SECONDS])
    stopping.start()
    time.sleep(0.2)
    assert stopping.is_alive()
    held.set_result(StringValue(value="c"))
    assert call.result().value == "c"
    stopping.join(SECONDS)
    assert not stopping.is_alive()


def test_a_stop_ends_what_takes_too_long():
    server = EchoServer()
    call = server.method("hold").future(StringValue(), timeout=SECONDS)
    held = server.echo.next_held()
    server.stop(grace=0.1)
    assert held.cancelled()
    assert call.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)
