"""Runs what waits at the same time as one batch (TensorFlow Serving's BatchingSession and SharedBatchScheduler)."""

import threading
import time
from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np

from serving.server.batching.batch_queue import BatchQueue, Task
from serving.server.batching.merge import count_rows, merge, pad_rows, split
from serving.server.batching.metrics import BatchingMetrics
from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError, invalid_argument
from serving.server.joined import joined
from serving.server.models.signature import Signature
from serving.server.session import Arrays

_Key = tuple[Signature, tuple[str, ...]]
_Outcome = Arrays | Exception


class BatchingSession:
    """One queue for each signature of each version and each choice of outputs, and one set of threads for all.

    While all threads are busy requests gather; the thread that is free first takes the batch that waits longest. So a
    lone request never waits, and many share the cost of a call, with `batch_timeout_micros` at 0.

    Kinder than TensorFlow Serving in one thing: where a batch fails, each of its requests is run by itself, so that
    only those at fault are refused.
    """

    def __init__(self, parameters: BatchingParameters, metrics: BatchingMetrics) -> None:
        """Starts the threads."""
        self._parameters = parameters
        self._metrics = metrics
        self._queues: dict[_Key, BatchQueue] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._threads = [
            threading.Thread(target=self._work, name=f"{parameters.thread_pool_name}_{number}")
            for number in range(parameters.num_batch_threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str]) -> Future[Arrays]:
        """See `serving.server.session.Session`."""
        signature.check_data_types(inputs)
        rows = count_rows(inputs)
        if rows > self._parameters.max_batch_size:
            raise invalid_argument(
                f"Task size {rows} is larger than maximum input batch size {self._parameters.max_batch_size}"
            )
        self._metrics.submitted(rows)
        tasks = self._tasks(inputs, rows)
        key = (signature, tuple(output_aliases))
        with self._changed:
            queue = self._queues.get(key) or BatchQueue(self._parameters)
            queue.add(tasks, time.monotonic())
            self._queues[key] = queue
            self._changed.notify()
        return tasks[0].answer if len(tasks) == 1 else joined([task.answer for task in tasks], _concatenated)

    def close(self) -> None:
        """See `serving.server.session.Session`."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _tasks(self, inputs: Arrays, rows: int) -> list[Task]:
        """Cuts a request into parts that a batch can hold."""
        most = self._parameters.max_execution_batch_size
        if rows <= most:
            return [Task(inputs, rows)]
        return [
            Task({alias: array[start : start + most] for alias, array in inputs.items()}, min(most, rows - start))
            for start in range(0, rows, most)
        ]

    def _work(self) -> None:
        while self._run_next():
            pass

    def _run_next(self) -> bool:
        """Runs one batch; returns False where none will come any more.

        A function of its own, so that a thread which waits holds no model: its version may be unloaded meanwhile.
        """
        batch = self._next()
        if batch is None:
            return False
        key, tasks = batch
        now = time.monotonic()
        self._metrics.dequeued((now - task.enqueued for task in tasks), self._parameters.thread_pool_name)
        for task, outcome in zip(tasks, self._run_batch(key, tasks), strict=True):
            if isinstance(outcome, Exception):
                task.answer.set_exception(outcome)
            else:
                task.answer.set_result(outcome)
        return True

    def _run_batch(self, key: _Key, tasks: Sequence[Task]) -> list[_Outcome]:
        """What goes wrong is an outcome like any other."""
        try:
            return [*self._run_merged(key, tasks)]
        except Exception as error:  # whatever it is, those who wait must hear of it
            if len(tasks) == 1 or not isinstance(error, ServingError):
                return [error] * len(tasks)
        return [outcome for task in tasks for outcome in self._run_batch(key, [task])]

    def _run_merged(self, key: _Key, tasks: Sequence[Task]) -> list[dict[str, np.ndarray]]:
        signature, output_aliases = key
        sizes = [task.rows for task in tasks]
        batch: Arrays = merge([task.inputs for task in tasks], self._parameters.pad_variable_length_inputs)
        if self._parameters.allowed_batch_sizes:
            batch = pad_rows(batch, _allowed_size(sum(sizes), self._parameters.allowed_batch_sizes))
        rows = count_rows(batch)
        self._metrics.run(sum(sizes), rows)
        return split(signature.run(batch, output_aliases), sizes, rows)

    def _next(self) -> tuple[_Key, list[Task]] | None:
        """Waits for a ripe batch, and takes the oldest of them; None when the session is closed and nothing waits."""
        with self._changed:
            while True:
                now = time.monotonic()
                ripe = [key for key, queue in self._queues.items() if queue.ripe_at() <= now]
                if ripe:
                    key = min(ripe, key=lambda key: self._queues[key].opened())
                    tasks = self._take(key)
                    if tasks:
                        return key, tasks
                elif self._closing and not self._queues:
                    return None
                else:
                    earliest = min((queue.ripe_at() for queue in self._queues.values()), default=None)
                    self._changed.wait(None if earliest is None else earliest - now)

    def _take(self, key: _Key) -> list[Task]:
        tasks = self._queues[key].take()
        if not self._queues[key]:
            # Holds a model in memory, which may be of a version that nobody serves any more.
            del self._queues[key]
        return tasks


def _concatenated(parts: Sequence[Arrays]) -> Arrays:
    return {alias: np.concatenate([part[alias] for part in parts]) for alias in parts[0]}


def _allowed_size(rows: int, allowed: Sequence[int]) -> int:
    """The least allowed size that holds the rows."""
    return allowed[bisect_left(allowed, rows)]
