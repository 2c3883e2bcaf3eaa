import asyncio

import aiohttp
import pytest

from components.errors import QuickdrawError
from pipeline.download import source_reader
from pipeline.download.source_reader import PIECE_BYTES, RetryableError, read_source
from pipeline.download.word_file import WordFile
from tests.pipeline.download.quickdraw_bucket import Fault, line, lines

CAT = lines("cat", 7000)


def read(bucket, out):
    """Reads from the bucket once; returns the pieces, and the error that ended it."""

    async def collect():
        file = WordFile(out, "cat", "simplified", None)
        file.open()
        pieces = []
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_read=0.4)) as session:
            try:
                url = f"{bucket.url}/full/simplified/cat.ndjson"
                async for piece in read_source(session, url, file, 0.4):
                    pieces.append(piece)
            except (RetryableError, QuickdrawError, aiohttp.ClientError, asyncio.TimeoutError) as error:
                return pieces, error
            finally:
                file.close()
        return pieces, None

    return asyncio.run(collect())


def test_pieces_end_where_lines_end(bucket, tmp_path):
    bucket.put("cat", CAT)
    pieces, error = read(bucket, tmp_path)
    assert error is None
    assert b"".join(pieces) == CAT
    assert len(pieces) > 3
    assert all(piece.endswith(b"\n") and len(piece) < 2 * PIECE_BYTES for piece in pieces)


def test_the_last_line_may_lack_its_end(bucket, tmp_path):
    bucket.put("cat", line("cat", 7) + b"{")
    assert read(bucket, tmp_path) == ([line("cat", 7) + b"{"], None)


@pytest.mark.parametrize("ending", ["close", "reset", "stall"])
def test_lines_that_came_before_the_end_are_not_lost(bucket, tmp_path, ending):
    bucket.faults[bucket.put("cat", CAT)] = [Fault(after=1000, ending=ending)]
    pieces, error = read(bucket, tmp_path)
    assert error is not None
    assert b"".join(pieces) in {b"", CAT[: CAT[:1000].rfind(b"\n") + 1]}
    assert ending == "reset" or b"".join(pieces)


def test_a_file_without_line_ends_is_refused(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(source_reader, "MAX_LINE_BYTES", 1 << 20)
    bucket.put("cat", bytes(3 << 20))
    _, error = read(bucket, tmp_path)
    assert str(error) == "full/simplified/cat.ndjson is no ndjson file: it has a line of over 1 MiB."
