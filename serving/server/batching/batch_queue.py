"""Requests for one signature that wait to be run together; whoever uses a queue holds the session's lock."""

import math
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field

import grpc

from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError
from serving.server.session import Arrays


@dataclass
class Task:
    """A request, or a part of one, that waits.

    Attributes:
        inputs: by alias.
        rows: how many rows they have.
        answer: gets the outputs by alias, or what went wrong.
        enqueued: when it began to wait, on the clock of `time.monotonic`.
    """

    inputs: Arrays
    rows: int
    answer: Future[Arrays] = field(default_factory=Future)
    enqueued: float = field(default_factory=time.monotonic)


@dataclass
class _Batch:
    opened: float
    tasks: list[Task] = field(default_factory=list)
    rows: int = 0


class BatchQueue:
    """A bounded queue of batches, of which the last one is still being filled."""

    def __init__(self, parameters: BatchingParameters) -> None:
        self._parameters = parameters
        self._batches: deque[_Batch] = deque()

    def __len__(self) -> int:
        """How many batches wait."""
        return len(self._batches)

    def add(self, tasks: list[Task], now: float) -> None:
        """Adds a request, whole or not at all.

        Args:
            tasks: its parts, none larger than a batch.
            now: on the clock of `time.monotonic`.

        Raises:
            ServingError: UNAVAILABLE, where not all of it finds room.
        """
        self._check_room(tasks)
        for task in tasks:
            if not self._batches or self._batches[-1].rows + task.rows > self._parameters.max_execution_batch_size:
                self._batches.append(_Batch(now))
            self._batches[-1].tasks.append(task)
            self._batches[-1].rows += task.rows

    def ripe_at(self) -> float:
        """When the oldest batch may run: minus infinity if it is full, infinity if none waits."""
        if not self._batches:
            return math.inf
        oldest = self._batches[0]
        if len(self._batches) > 1 or oldest.rows >= self._parameters.max_execution_batch_size:
            return -math.inf
        return oldest.opened + self._parameters.batch_timeout_micros / 1e6

    def opened(self) -> float:
        """When the oldest batch was opened; at least one waits."""
        return self._batches[0].opened

    def take(self) -> list[Task]:
        """Takes the oldest batch.

        Returns:
            Its tasks that somebody still waits for, which from now on cannot be cancelled: gRPC and REST cancel those
            whose deadline is past or whose client went away.
        """
        return [task for task in self._batches.popleft().tasks if task.answer.set_running_or_notify_cancel()]

    def _check_room(self, tasks: list[Task]) -> None:
        parameters, size = self._parameters, self._parameters.max_execution_batch_size
        in_last = size - self._batches[-1].rows if self._batches else 0
        free = in_last + (parameters.max_enqueued_batches - len(self._batches)) * size
        needed = sum(task.rows for task in tasks)
        # A part that does not fit into the last batch opens another one and leaves the rest of the last empty.
        opens = len(tasks) - (tasks[0].rows <= in_last)
        if len(self._batches) + opens <= parameters.max_enqueued_batches and needed <= free:
            return
        text = (
            "The batch scheduling queue to which this task was submitted is full; "
            f"currently {len(self._batches)} batches enqueued and max_enqueued_batches is "
            f"{parameters.max_enqueued_batches}"
        )
        if parameters.enable_large_batch_splitting:
            text += f"; task size is {needed} but scheduling capacity is only {max(free, 0)}"
        raise ServingError(grpc.StatusCode.UNAVAILABLE, text)
