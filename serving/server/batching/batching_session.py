"""Runs what waits at the same time as one batch (TensorFlow Serving's BatchingSession and SharedBatchScheduler)."""

import asyncio
import time
from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from serving.server.batching.batch_queue import BatchQueue, Task
from serving.server.batching.merge import count_rows, merge, pad_rows, split
from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError, invalid_argument
from serving.server.session import Arrays
from serving.server.signature import Signature

_Key = tuple[Signature, tuple[str, ...]]
_Outcome = dict[str, np.ndarray] | Exception


class BatchingSession:
    """One queue for each signature of each version and each choice of outputs, and one pool of threads for all.

    While all threads are busy requests gather; the thread that is free first takes the batch that waits longest. So a
    lone request never waits, and many share the cost of a call, with `batch_timeout_micros` at 0.

    Kinder than TensorFlow Serving in one thing: where a batch fails, each of its requests is run by itself, so that
    only those at fault are refused.
    """

    def __init__(self, parameters: BatchingParameters) -> None:
        """Starts no thread yet."""
        self._parameters = parameters
        self._threads = ThreadPoolExecutor(parameters.num_batch_threads, thread_name_prefix="batch_threads")
        self._free_threads = parameters.num_batch_threads
        self._queues: dict[_Key, BatchQueue] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str]) -> dict[str, np.ndarray]:
        """See `serving.server.session.Session`."""
        signature.check_data_types(inputs)
        rows = count_rows(inputs)
        if rows > self._parameters.max_batch_size:
            raise invalid_argument(
                f"Task size {rows} is larger than maximum input batch size {self._parameters.max_batch_size}"
            )
        tasks = self._tasks(inputs, rows)
        self._enqueue((signature, tuple(output_aliases)), tasks)
        answers = await asyncio.gather(*(task.answer for task in tasks))
        if len(answers) == 1:
            return answers[0]
        return {alias: np.concatenate([answer[alias] for answer in answers]) for alias in output_aliases}

    def close(self) -> None:
        """See `serving.server.session.Session`."""
        self._threads.shutdown()

    def _tasks(self, inputs: Arrays, rows: int) -> list[Task]:
        """Cuts a request into parts that a batch can hold."""
        loop, most = asyncio.get_running_loop(), self._parameters.max_execution_batch_size
        if rows <= most:
            return [Task(inputs, rows, loop.create_future())]
        return [
            Task(
                {alias: array[start : start + most] for alias, array in inputs.items()},
                min(most, rows - start),
                loop.create_future(),
            )
            for start in range(0, rows, most)
        ]

    def _enqueue(self, key: _Key, tasks: list[Task]) -> None:
        queue = self._queues.get(key) or BatchQueue(self._parameters)
        queue.add(tasks, time.monotonic())
        self._queues[key] = queue
        self._dispatch()

    def _dispatch(self) -> None:
        """Gives free threads the ripe batches, the oldest first, and comes back when the next one is ripe."""
        if self._timer:
            self._timer.cancel()
        now = time.monotonic()
        while self._free_threads and self._queues:
            ripe = [key for key, queue in self._queues.items() if queue.ripe_at() <= now]
            if not ripe:
                wait = min(queue.ripe_at() for queue in self._queues.values()) - now
                self._timer = asyncio.get_running_loop().call_later(wait, self._dispatch)
                return
            self._run_next(min(ripe, key=lambda key: self._queues[key].opened()))

    def _run_next(self, key: _Key) -> None:
        tasks = self._queues[key].take()
        if not self._queues[key]:
            # Holds a model in memory, which may be of a version that nobody serves any more.
            del self._queues[key]
        if tasks:
            self._start(key, tasks)

    def _start(self, key: _Key, tasks: list[Task]) -> None:
        self._free_threads -= 1
        running = asyncio.get_running_loop().run_in_executor(self._threads, _run_batch, key, tasks, self._parameters)

        def answer(finished: asyncio.Future[list[_Outcome]]) -> None:
            self._free_threads += 1
            _answer(tasks, finished.result())
            self._dispatch()

        running.add_done_callback(answer)


def _answer(tasks: Sequence[Task], outcomes: Sequence[_Outcome]) -> None:
    for task, outcome in zip(tasks, outcomes, strict=True):
        if task.answer.done():
            continue
        if isinstance(outcome, Exception):
            task.answer.set_exception(outcome)
        else:
            task.answer.set_result(outcome)


def _run_batch(key: _Key, tasks: Sequence[Task], parameters: BatchingParameters) -> list[_Outcome]:
    """Runs in a thread; what goes wrong is an outcome like any other."""
    try:
        return [*_run_merged(key, tasks, parameters)]
    except Exception as error:  # whatever it is, those who wait must hear of it
        if len(tasks) == 1 or not isinstance(error, ServingError):
            return [error] * len(tasks)
    return [outcome for task in tasks for outcome in _run_batch(key, [task], parameters)]


def _run_merged(key: _Key, tasks: Sequence[Task], parameters: BatchingParameters) -> list[dict[str, np.ndarray]]:
    signature, output_aliases = key
    sizes = [task.rows for task in tasks]
    batch: Arrays = merge([task.inputs for task in tasks], parameters.pad_variable_length_inputs)
    if parameters.allowed_batch_sizes:
        batch = pad_rows(batch, _allowed_size(sum(sizes), parameters.allowed_batch_sizes))
    return split(signature.run(batch, output_aliases), sizes)


def _allowed_size(rows: int, allowed: Sequence[int]) -> int:
    """The least allowed size that holds the rows."""
    return allowed[bisect_left(allowed, rows)]
