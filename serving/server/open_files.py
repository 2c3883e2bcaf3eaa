"""Open files, of which every connection is one: as many as may be had, and a line where there are none left."""

import asyncio
import errno
import logging
import resource
from typing import Any

_LOG = logging.getLogger(__name__)
# Twice what idle clients by the ten thousand need on either port. Not without limit, as containers often allow: there
# are libraries that count up to the limit.
_ENOUGH = 65_536
_NONE_LEFT = (errno.EMFILE, errno.ENFILE)
_SECONDS_BETWEEN_LINES = 60.0


def raise_limit() -> None:
    """Raises this process's limit of open files, usually 1,024, as far as it may by itself and a server needs it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if _needed(soft) < _needed(hard):
        resource.setrlimit(resource.RLIMIT_NOFILE, (_needed(hard), hard))


def tell_when_none_is_left(loop: asyncio.AbstractEventLoop) -> None:
    """Has a loop say in a line, at most once a minute, that it cannot accept connections for want of open files.

    asyncio tries again each second by itself, and writes a hundred tracebacks each time.
    """
    next_line = 0.0

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal next_line
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in _NONE_LEFT and "socket" in context):
            loop.default_exception_handler(context)
        elif loop.time() >= next_line:
            next_line = loop.time() + _SECONDS_BETWEEN_LINES
            _LOG.warning("No REST connection is accepted for now: %s (`ulimit -n`)", error.strerror)

    loop.set_exception_handler(handle)


def _needed(limit: int) -> int:
    return _ENOUGH if limit == resource.RLIM_INFINITY else min(limit, _ENOUGH)
