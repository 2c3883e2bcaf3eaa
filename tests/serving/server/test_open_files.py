import asyncio
import errno
import resource

import pytest

from serving.server.open_files import raise_limit, tell_when_none_is_left


def test_the_soft_limit_becomes_the_hard_one():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
    try:
        raise_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (65_536 if hard < 0 else min(hard, 65_536), hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize(
    ("limits", "set_to"),
    [
        ((1024, resource.RLIM_INFINITY), (65_536, resource.RLIM_INFINITY)),
        ((1024, 2**30), (65_536, 2**30)),
        ((1024, 4096), (4096, 4096)),
        ((4096, 4096), None),
        ((2**20, 2**30), None),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), None),
    ],
)
def test_limits_of_other_machines(monkeypatch, limits, set_to):
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda kind: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda kind, wanted: asked.append(wanted))
    raise_limit()
    assert asked == ([set_to] if set_to else [])


def test_one_line_tells_that_no_connection_is_accepted(caplog):
    async def report():
        loop = asyncio.get_running_loop()
        tell_when_none_is_left(loop)
        for _ in range(100):
            error = OSError(errno.EMFILE, "Too many open files")
            loop.call_exception_handler({"message": "accept", "exception": error, "socket": None})

    asyncio.run(report())
    (record,) = caplog.records
    assert record.message == "No REST connection is accepted for now: Too many open files (`ulimit -n`)"


@pytest.mark.parametrize(
    "context",
    [
        {"message": "other", "exception": OSError(errno.EMFILE, "of a file")},
        {"message": "other", "exception": OSError(errno.EPIPE, "of a socket"), "socket": None},
        {"message": "other", "exception": ValueError()},
        {"message": "other"},
    ],
)
def test_other_errors_of_the_loop_are_told_as_ever(caplog, context):
    async def report():
        loop = asyncio.get_running_loop()
        tell_when_none_is_left(loop)
        loop.call_exception_handler(context)

    asyncio.run(report())
    (record,) = caplog.records
    assert record.name == "asyncio"
    assert record.message.startswith("other")
