"""Request bodies: read in time, unpacked away from the event loop, and together within the memory there is for them."""

import asyncio
import contextlib
import gzip
import io
import zlib
from collections.abc import AsyncIterator

from aiohttp import web

from serving.server.rest_api.rest_settings import RestSettings

_LARGEST_BODY_BYTES = 64 * 2**20
# Smaller bodies always have room, so that those who send large ones cannot keep out everybody else.
_SMALL_BODY_BYTES = 2**16


class UnreadableBodyError(Exception):
    """A body that cannot be had: too large, too slow, cut, or not in the encoding it claims.

    Attributes:
        status: HTTP status.
        message: The reason, for the client.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class BodyReader:
    """Reads the bodies of a server's requests."""

    def __init__(self, settings: RestSettings) -> None:
        self._timeout_in_ms = settings.timeout_in_ms
        self._free_bytes = settings.room_for_bodies_bytes

    @contextlib.asynccontextmanager
    async def read(self, request: web.Request) -> AsyncIterator[bytes]:
        """Yields the body of a request, unpacked; its memory is taken for as long as the context lasts.

        aiohttp would unpack in the event loop, even what it is about to throw away: of a bomb of a megabyte, two
        seconds in which nobody is answered. As in TensorFlow Serving, gzip is the one encoding (evhttp_request.cc).

        Raises:
            UnreadableBodyError: See there.
        """
        share = _Share(self)
        try:
            body = await self._arrived(request, share)
            if "gzip" in request.headers.get("Content-Encoding", ""):
                body = await asyncio.to_thread(_unpacked, body)
                share.grow_to(len(body))
            yield body
        finally:
            share.give_back()

    async def _arrived(self, request: web.Request, share: "_Share") -> bytes:
        try:
            return await asyncio.wait_for(_collected(request, share), self._timeout_in_ms / 1000)
        except web.RequestPayloadError as error:
            raise UnreadableBodyError(400, f"The request body cannot be read: {error}") from error
        except ConnectionError as error:
            raise UnreadableBodyError(499, "The connection was cut inside the request body") from error
        except asyncio.TimeoutError as error:
            raise UnreadableBodyError(408, f"The request body took longer than {self._timeout_in_ms} ms") from error

    def take(self, more_bytes: int) -> None:
        """Takes memory for a body that grows.

        Raises:
            UnreadableBodyError: There is none left for now.
        """
        if more_bytes > self._free_bytes:
            raise UnreadableBodyError(503, "Too many large request bodies at a time")
        self._free_bytes -= more_bytes

    def give_back(self, taken_bytes: int) -> None:
        """Gives back what was taken."""
        self._free_bytes += taken_bytes


class _Share:
    """The memory that one body takes of all."""

    def __init__(self, reader: BodyReader) -> None:
        self._reader = reader
        self._taken_bytes = 0

    def grow_to(self, size: int) -> None:
        if size > _LARGEST_BODY_BYTES:
            raise UnreadableBodyError(413, f"The request body is larger than {_LARGEST_BODY_BYTES} bytes")
        if size > max(_SMALL_BODY_BYTES, self._taken_bytes):
            self._reader.take(size - self._taken_bytes)
            self._taken_bytes = size

    def give_back(self) -> None:
        self._reader.give_back(self._taken_bytes)


async def _collected(request: web.Request, share: _Share) -> bytes:
    body = bytearray()
    try:
        async for part in request.content.iter_any():
            body += part
            share.grow_to(len(body))
        return bytes(body)
    finally:
        # A cut connection's error is kept by aiohttp's stream, and keeps this frame, until garbage is collected.
        body.clear()


def _unpacked(body: bytes) -> bytes:
    """Unpacks gzip, at most one byte more than a body may have."""
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(body)).read(_LARGEST_BODY_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableBodyError(400, f"The request body cannot be read: {error}") from error
