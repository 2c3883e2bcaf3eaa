"""Reads the lines of one word from a server, once: one request, one connection, no second try."""

import asyncio
import datetime
from collections.abc import AsyncGenerator, AsyncIterator

import aiohttp

from components.errors import QuickdrawError
from pipeline.download.patience import RETRIED_STATUSES, read_retry_after
from pipeline.download.served_object import ServedObject, UnusableResponseError, read_response
from pipeline.download.word_file import WordFile
from pipeline.download.words import near_words

# Whole lines of about so many bytes are converted at once.
PIECE_BYTES = 256 << 10
# The longest real drawing takes a thirtieth of it; it bounds the memory that a file without line ends can ask for.
MAX_LINE_BYTES = 16 << 20
# What a connection that lives brings at least while a server may be silent for so long.
_SIGN_OF_LIFE_BYTES = 1024


class RetryableError(Exception):
    """The same request may succeed later; `retry_after` is how many seconds later, if the server said so."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


async def read_source(
    session: aiohttp.ClientSession, url: str, file: WordFile, stall_seconds: float
) -> AsyncGenerator[bytes, None]:
    """Asks for what is missing of a word's source, and begins the file anew if the source is another by now.

    Args:
        session: of all downloads.
        url: of the source.
        file: its position is where the pieces begin.
        stall_seconds: how long a connection may bring next to nothing.

    Yields:
        Whole lines; at the end of the source the last one may lack its end.

    Raises:
        RetryableError: the server is busy or not well, or broke its promise.
        QuickdrawError: it has no such object, or none that can be used.
        aiohttp.ClientError, asyncio.TimeoutError: the connection is lost, or silent.
    """
    headers = file.position.source.range_headers(file.position.offset) if file.position else {}
    async with session.get(url, headers=headers) as response:
        _check_status(response, file)
        try:
            source, start = read_response(file.source_name, response.status, response.headers)
        except UnusableResponseError as error:
            raise QuickdrawError(f"{url} cannot be used: {error}.") from error
        if start == 0:
            file.begin(source)
        elif not _goes_on(file, source, start):
            # The server does not keep to If-Range: a part of another version than the one that the file began with.
            file.discard()
            raise RetryableError("the object has changed meanwhile")
        async for piece in _whole_lines(_alive(response.content, stall_seconds), file, source.size - start):
            yield piece


def _goes_on(file: WordFile, source: ServedObject, start: int) -> bool:
    """Whether a part of an object is the one that is missing."""
    return file.position is not None and start == file.position.offset and file.position.source.is_same_version(source)


def _check_status(response: aiohttp.ClientResponse, file: WordFile) -> None:
    """Raises for every answer that has no drawings in it."""
    status = response.status
    if status in {200, 206}:
        return
    if status == 404:
        raise QuickdrawError(
            f"the server has no drawings of {file.word!r} (404 for {response.url}); {near_words(file.word)}."
        )
    reason = f"the server answered {status} {response.reason}"
    if status == 416:
        # The object has become shorter than what is here of it.
        file.discard()
        raise RetryableError(reason)
    if status in RETRIED_STATUSES:
        now = datetime.datetime.now(datetime.timezone.utc)
        raise RetryableError(reason, read_retry_after(response.headers.get("Retry-After", ""), now))
    raise QuickdrawError(f"{response.url} cannot be fetched: {reason}.")


async def _whole_lines(chunks: AsyncIterator[bytes], file: WordFile, size: int) -> AsyncIterator[bytes]:
    """Yields a body of `size` bytes in pieces that end where a line ends, also what came before a connection broke."""
    buffered, received = bytearray(), 0
    try:
        async for chunk in chunks:
            received += len(chunk)
            buffered += chunk
            if len(buffered) >= PIECE_BYTES:
                yield _take(buffered, buffered.rfind(b"\n") + 1)
            if len(buffered) > MAX_LINE_BYTES:
                raise QuickdrawError(
                    f"{file.source_name} is no ndjson file: it has a line of over {MAX_LINE_BYTES >> 20} MiB."
                )
        if received < size:
            raise RetryableError(f"the server ended after {received:,} of {size:,} bytes")
    except (RetryableError, aiohttp.ClientError, asyncio.TimeoutError):
        yield _take(buffered, buffered.rfind(b"\n") + 1)
        raise
    yield bytes(buffered)


def _take(buffered: bytearray, end: int) -> bytes:
    """Takes the beginning out of a buffer."""
    taken = bytes(buffered[:end])
    del buffered[:end]
    return taken


async def _alive(content: aiohttp.StreamReader, stall_seconds: float) -> AsyncIterator[bytes]:
    """Yields what comes, and gives up a connection that trickles; the session's own limit sees only silence."""
    clock = asyncio.get_running_loop().time
    began, received = clock(), 0
    async for chunk in content.iter_any():
        yield chunk
        received += len(chunk)
        if clock() - began < stall_seconds:
            continue
        if received < _SIGN_OF_LIFE_BYTES:
            raise RetryableError(f"only {received} bytes came in {stall_seconds:g} seconds")
        began, received = clock(), 0
