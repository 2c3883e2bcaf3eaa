"""Cuts a CSV file into pieces of whole rows, so that memory stays flat and a piece can be read on its own."""

from collections.abc import Iterator
from typing import BinaryIO

# For how many pieces' length a row's end is waited for.
_PATIENCE = 4


def iter_chunks(stream: BinaryIO, chunk_bytes: int) -> Iterator[bytes]:
    """Yields the rest of a stream in pieces that end where a row ends.

    A row that is longer than a piece makes its piece longer.

    Args:
        stream: the CSV file, behind its header.
        chunk_bytes: how much is read at once.
    """
    rest = b""
    while block := stream.read(chunk_bytes):
        buffer = rest + block
        cut = _last_row_end(buffer)
        # An unbalanced quote leaves no line end outside of quotes, however long one waits: the next best is a line end.
        if not cut and len(buffer) >= _PATIENCE * chunk_bytes:
            cut = buffer.rfind(b"\n") + 1
        if cut:
            yield buffer[:cut]
        rest = buffer[cut:]
    if rest:
        yield rest


def _last_row_end(buffer: bytes) -> int:
    """Returns the position behind the last line end that no quotes enclose, 0 if there is none."""
    cut = buffer.rfind(b"\n") + 1
    is_quoted = buffer.count(b'"', 0, cut) % 2 == 1
    while is_quoted and cut:
        previous = buffer.rfind(b"\n", 0, cut - 1) + 1
        is_quoted ^= buffer.count(b'"', previous, cut) % 2 == 1
        cut = previous
    return cut
