"""Cuts a range of a file into pieces of whole rows, so that memory stays flat."""

from collections.abc import Iterator
from typing import BinaryIO

CHUNK_BYTES = 4 << 20
# For how many pieces' length a row's end is waited for.
_PATIENCE = 4


def iter_chunks(
    stream: BinaryIO, data_format: str, num_bytes: int | None = None, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[bytes]:
    """Yields what follows in a stream in pieces that end where a row ends.

    A row that is longer than a piece makes its piece longer.

    Args:
        stream: the file, where a row begins.
        data_format: "csv", where quotes may enclose line ends, or "ndjson", where nothing does.
        num_bytes: how much to read; None reads to the end.
        chunk_bytes: how much is read at once.
    """
    rest = b""
    for block in _blocks(stream, num_bytes, chunk_bytes):
        buffer = rest + block
        cut = _last_row_end(buffer, data_format)
        # An unbalanced quote leaves no line end outside of quotes, however long one waits: the next best is a line end.
        if not cut and len(buffer) >= _PATIENCE * chunk_bytes:
            cut = buffer.rfind(b"\n") + 1
        if cut:
            yield buffer[:cut]
        rest = buffer[cut:]
    if rest:
        yield rest


def _blocks(stream: BinaryIO, num_bytes: int | None, chunk_bytes: int) -> Iterator[bytes]:
    """Yields what follows in a stream, some bytes at a time."""
    left = num_bytes
    while block := stream.read(chunk_bytes if left is None else min(left, chunk_bytes)):
        yield block
        left = None if left is None else left - len(block)


def _last_row_end(buffer: bytes, data_format: str) -> int:
    """Returns the position behind the last line end that no quotes enclose, 0 if there is none."""
    cut = buffer.rfind(b"\n") + 1
    is_quoted = data_format == "csv" and buffer.count(b'"', 0, cut) % 2 == 1
    while is_quoted and cut:
        previous = buffer.rfind(b"\n", 0, cut - 1) + 1
        is_quoted ^= buffer.count(b'"', previous, cut) % 2 == 1
        cut = previous
    return cut
