"""Cuts many drawings into requests that stay below every server's message limit.

Both clients cut alike; the one iterates, the other iterates asynchronously.
"""

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator

from serving.client.drawings import Drawing, as_bytes

Batch = list[bytes]  # the drawings' texts

MOST_DRAWINGS = 256
# A fourth of the 4 MiB that a gRPC peer takes by default; a drawing that is larger goes alone.
_MOST_BYTES = 1 << 20


class _Cutter:
    """Collects texts until the next one would not fit."""

    def __init__(self) -> None:
        self._batch: Batch = []
        self._bytes = 0

    def add(self, drawing: Drawing) -> Batch:
        """Adds a drawing; returns the full batch before it, or an empty one."""
        text = as_bytes(drawing)
        is_full = len(self._batch) == MOST_DRAWINGS or self._bytes + len(text) > _MOST_BYTES
        full = self.rest() if is_full else []
        self._batch.append(text)
        self._bytes += len(text)
        return full

    def rest(self) -> Batch:
        """Returns what was collected and begins anew."""
        batch, self._batch, self._bytes = self._batch, [], 0
        return batch


def cut(drawings: Iterable[Drawing]) -> Iterator[Batch]:
    """Yields batches of at least one drawing, in order; holds one batch and the next drawing."""
    cutter = _Cutter()
    for drawing in drawings:
        if batch := cutter.add(drawing):
            yield batch
    if batch := cutter.rest():
        yield batch


async def cut_async(drawings: Iterable[Drawing] | AsyncIterable[Drawing]) -> AsyncIterator[Batch]:
    """Yields the batches that `cut` would."""
    if not isinstance(drawings, AsyncIterable):
        for batch in cut(drawings):
            yield batch
        return
    cutter = _Cutter()
    async for drawing in drawings:
        if batch := cutter.add(drawing):
            yield batch
    if batch := cutter.rest():
        yield batch
