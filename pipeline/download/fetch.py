"""Fetches one word: asks again until its file is complete, or until there is no sense in it."""

import asyncio
import random
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import aclosing
from typing import Protocol

import aiohttp

from components.errors import QuickdrawError
from pipeline.download.csv_rows import to_csv_rows
from pipeline.download.patience import Patience
from pipeline.download.served_object import object_url
from pipeline.download.source_reader import RetryableError, read_source
from pipeline.download.word_file import WordFile


class Listener(Protocol):
    """Hears of the progress of a download."""

    def on_start(self, files: Sequence[WordFile]) -> None:
        """These are the files of all words; some may be finished."""

    def on_progress(self, file: WordFile) -> None:
        """More lines of a word have been converted, or it is finished."""

    def on_wait(self, file: WordFile, seconds: float, reason: str) -> None:
        """A request failed and is repeated after some seconds."""


class _DamagedError(RetryableError):
    """What came is not what the server has, by the server's own checksum."""


class Fetcher:
    """What the fetching of all words shares."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        converters: Executor,
        patience: Patience,
        listener: Listener,
    ) -> None:
        """Takes what it works with.

        Args:
            session: all requests go through it.
            base_url: of the bucket.
            converters: threads or processes that turn lines into rows.
            patience: how long to wait, how often to ask.
            listener: hears of every step.
        """
        self._session = session
        self._converters = converters
        self._base_url = base_url
        self._patience = patience
        self._listener = listener
        # Not seeded: two downloads shall not wait alike.
        self._random = random.Random()

    async def fetch(self, file: WordFile) -> None:
        """Completes a word's file, from wherever it stands.

        Raises:
            QuickdrawError: the server does not give the drawings.
            OSError: the file cannot be written.
        """
        file.open()
        try:
            await self._complete(file)
            file.finish()
        finally:
            file.close()
        self._listener.on_progress(file)

    async def _complete(self, file: WordFile) -> None:
        """Asks until the file is complete; each failure without any progress makes the next wait longer."""
        furthest, failures, was_damaged = _offset(file), 0, False
        while not file.is_complete:
            try:
                await self._try_once(file)
            except (RetryableError, aiohttp.ClientError, asyncio.TimeoutError) as error:
                reason = " ".join(str(error).split()) or "the connection stalled"
                failures = 1 if _offset(file) > furthest else failures + 1
                furthest = max(furthest, _offset(file))
                is_damaged = isinstance(error, _DamagedError)
                if failures > self._patience.retries or (is_damaged and was_damaged):
                    raise _given_up(file, reason) from error
                was_damaged |= is_damaged
                await self._wait(file, failures, getattr(error, "retry_after", 0.0), reason)

    async def _try_once(self, file: WordFile) -> None:
        """Reads what one connection gives."""
        loop = asyncio.get_running_loop()
        url = object_url(self._base_url, file.source_name)
        try:
            async with aclosing(read_source(self._session, url, file, self._patience.stall_seconds)) as pieces:
                async for piece in pieces:
                    converted = await loop.run_in_executor(
                        self._converters, to_csv_rows, piece, file.word, file.form == "raw", file.rows_missing
                    )
                    file.append(piece, converted)
                    self._listener.on_progress(file)
                    if file.is_complete:
                        break
        finally:
            file.save()
        if file.position is not None and file.position.is_damaged:
            file.discard()
            raise _DamagedError("what arrived does not have the checksum that the server tells")

    async def _wait(self, file: WordFile, failures: int, retry_after: float, reason: str) -> None:
        if retry_after > self._patience.longest_retry_after:
            raise _given_up(file, f"{reason} and asks to come back in {retry_after:,.0f} seconds")
        seconds = self._patience.wait_before(failures, retry_after, self._random)
        self._listener.on_wait(file, seconds, reason)
        await asyncio.sleep(seconds)


def _offset(file: WordFile) -> int:
    return file.position.offset if file.position else 0


def _given_up(file: WordFile, reason: str) -> QuickdrawError:
    return QuickdrawError(
        f"{file.source_name} could not be fetched: {reason}. What is there is kept: the same command goes on."
    )
