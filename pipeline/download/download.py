"""Downloads the drawings of many words into a folder, some files at a time."""

import asyncio
import contextlib
import dataclasses
import pathlib
import signal
import urllib.parse
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import Executor

import aiohttp

from components.errors import QuickdrawError, UsageError
from components.file_lock import held, is_held
from pipeline.download.converters import make_converters
from pipeline.download.fetch import Fetcher, Listener
from pipeline.download.patience import Patience
from pipeline.download.served_object import BASE_URL, FORMS
from pipeline.download.word_file import STATE_FOLDER, WordFile

_CONNECT_SECONDS = 15.0


@dataclasses.dataclass(frozen=True)
class DownloadOptions:
    """What to download.

    Attributes:
        words: as Google writes them, each once.
        out: folder of the CSV files, made if missing.
        form: one of FORMS.
        per_word: the first so many rows of each word; None for all.
        base_url: of the bucket or a mirror.
        parallel: how many files at once.
        patience: with the server.
    """

    words: Sequence[str]
    out: pathlib.Path
    form: str = "simplified"
    per_word: int | None = None
    base_url: str = BASE_URL
    parallel: int = 4
    patience: Patience = dataclasses.field(default_factory=Patience)


def download(options: DownloadOptions, listener: Listener) -> list[WordFile]:
    """Completes the files that are not finished; the first that cannot be fetched ends it.

    Args:
        options: what to download.
        listener: hears of the progress.

    Returns:
        The files of all words, finished, in the order of the words.

    Raises:
        UsageError: an option is out of range, or the folder cannot be written or has a file of somebody else's.
        QuickdrawError: a word cannot be fetched, or Ctrl-C; what is there is kept, and the same call goes on.
    """
    _check(options)
    with _writing_to(options.out), _alone_in(options.out):
        files = [WordFile(options.out, word, options.form, options.per_word) for word in options.words]
        listener.on_start(files)
        unfinished = [file for file in files if not file.is_finished]
        if unfinished:
            with make_converters(options.form == "raw", options.parallel) as converters:
                _run(_fetch_all(options, unfinished, converters, listener))
    return files


def _check(options: DownloadOptions) -> None:
    """Refuses options that cannot be used."""
    if options.form not in FORMS:
        raise UsageError(f"--form is {' or '.join(FORMS)}, not {options.form!r}.")
    if not _is_web_address(options.base_url):
        raise UsageError(f"--base-url is the https address of a bucket, not {options.base_url!r}.")
    numbers = {
        "--per-word": options.per_word,
        "--parallel": options.parallel,
        "--timeout": options.patience.stall_seconds,
    }
    for name, value in numbers.items():
        if value is not None and value <= 0:
            raise UsageError(f"{name} must be above zero, not {value}.")


def _is_web_address(text: str) -> bool:
    try:
        address = urllib.parse.urlsplit(text)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname)


@contextlib.contextmanager
def _writing_to(out: pathlib.Path) -> Iterator[None]:
    """Turns what the disk says into a sentence; the network's errors never come so far."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{out} cannot be written ({error.strerror}). What is there is kept: the same command goes on."
        ) from error


@contextlib.contextmanager
def _alone_in(out: pathlib.Path) -> Iterator[None]:
    """Holds the folder while the body runs."""
    (out / STATE_FOLDER).mkdir(parents=True, exist_ok=True)
    lock = out / STATE_FOLDER / ".lock"
    if is_held(lock):
        raise UsageError(f"another download writes to {out}; wait for it, or name another folder with --out.")
    with held(lock):
        yield


def _run(work: Coroutine[None, None, None]) -> None:
    """Runs it to its end, or until Ctrl-C, at which each file keeps what it has."""
    try:
        asyncio.run(work)
    except asyncio.CancelledError as error:
        raise QuickdrawError("stopped. What is there is kept: the same command goes on.") from error


async def _fetch_all(
    options: DownloadOptions, files: Sequence[WordFile], converters: Executor, listener: Listener
) -> None:
    """Fetches files, some at once."""
    loop, this_task = asyncio.get_running_loop(), asyncio.current_task()
    assert this_task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, this_task.cancel)
    # Limits on silence only: a file may take hours.
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS, sock_read=options.patience.stall_seconds)
    async with aiohttp.ClientSession(
        # A compressed body has no ranges that fit the stored object's.
        headers={"Accept-Encoding": "identity", "User-Agent": "quickdraw-download"},
        auto_decompress=False,
        timeout=timeout,
        trust_env=True,
    ) as session:
        fetcher = Fetcher(session, options.base_url, converters, options.patience, listener)
        waiting = iter(files)

        async def work() -> None:
            for file in waiting:
                await fetcher.fetch(file)

        workers = [asyncio.create_task(work()) for _ in range(options.parallel)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
