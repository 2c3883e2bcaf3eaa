"""The batching parameters, and TensorFlow Serving's file of them (`--batching_parameters_file`)."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.errors import UsageError
from serving.server.text_config import new_message, read_text_config

_WRAPPED_INTEGERS = (
    "max_batch_size",
    "batch_timeout_micros",
    "max_enqueued_batches",
    "num_batch_threads",
    "max_execution_batch_size",
)


@dataclass(frozen=True)
class BatchingParameters:
    """How requests are put together; names and defaults are those of `session_bundle_config.proto` at 2.16.1.

    Attributes:
        max_batch_size: Most rows a batch is filled to; without splitting also the most rows of a request.
        batch_timeout_micros: How long an under-full batch waits for more rows, in microseconds.
        max_enqueued_batches: How many batches may wait in a queue; a request beyond is answered UNAVAILABLE.
        num_batch_threads: How many batches run at a time, of all models together.
        allowed_batch_sizes: Sizes a batch is padded to, ascending, the last one `max_execution_batch_size`; empty for
            no padding.
        pad_variable_length_inputs: Whether rows of several lengths are padded to the longest in their batch.
        enable_large_batch_splitting: Whether a request may be larger than `max_execution_batch_size`.
        max_execution_batch_size: Most rows that run at once; `max_batch_size` unless splitting is enabled.
        thread_pool_name: What the metrics call the threads.
    """

    max_batch_size: int = 1000
    batch_timeout_micros: int = 0
    max_enqueued_batches: int = 10
    num_batch_threads: int = os.cpu_count() or 1
    allowed_batch_sizes: tuple[int, ...] = ()
    pad_variable_length_inputs: bool = False
    enable_large_batch_splitting: bool = False
    max_execution_batch_size: int = 0
    thread_pool_name: str = "model_server_batch_threads"

    def __post_init__(self) -> None:
        if not self.max_execution_batch_size:
            object.__setattr__(self, "max_execution_batch_size", self.max_batch_size)
        for name, least in (
            *((name, 1) for name in _WRAPPED_INTEGERS if name != "batch_timeout_micros"),
            ("batch_timeout_micros", 0),
        ):
            if getattr(self, name) < least:
                raise UsageError(f"{name} must be {least} or more, not {getattr(self, name)}.")
        self._check_execution_size()
        self._check_allowed_sizes()

    def _check_execution_size(self) -> None:
        if self.enable_large_batch_splitting:
            if self.max_execution_batch_size > self.max_batch_size:
                raise UsageError("max_execution_batch_size must not exceed max_batch_size.")
        elif self.max_execution_batch_size != self.max_batch_size:
            raise UsageError("max_execution_batch_size has a meaning only with enable_large_batch_splitting.")

    def _check_allowed_sizes(self) -> None:
        sizes = self.allowed_batch_sizes
        if not sizes:
            return
        if list(sizes) != sorted({size for size in sizes if size > 0}):
            raise UsageError(f"allowed_batch_sizes must ascend from 1 or more, not {_listed(sizes)}.")
        if sizes[-1] != self.max_execution_batch_size:
            raise UsageError(
                f"the last of allowed_batch_sizes must be {self.max_execution_batch_size}, the most rows of a batch, "
                f"not {sizes[-1]}."
            )


def read_batching_parameters(path: Path) -> BatchingParameters:
    """Reads a parameter file in protobuf's text format, such as `max_batch_size { value: 128 }`.

    Args:
        path: the file.

    Returns:
        Its parameters; what it does not name has its default, and the threads are `batch_threads`.

    Raises:
        UsageError: the file cannot be read, is no such text, or has a value out of range.
    """
    message = read_text_config(path, new_message("BatchingParameters"))
    try:
        return _from_message(message)
    except UsageError as error:
        raise UsageError(f"In the batching parameters {path}: {error}") from error


def _from_message(message: Any) -> BatchingParameters:  # noqa: ANN401 - its class exists at run time only
    wrapped = (*_WRAPPED_INTEGERS, "enable_large_batch_splitting")
    return BatchingParameters(
        allowed_batch_sizes=tuple(message.allowed_batch_sizes),
        pad_variable_length_inputs=message.pad_variable_length_inputs,
        thread_pool_name=message.thread_pool_name.value or "batch_threads",
        **{name: getattr(message, name).value for name in wrapped if message.HasField(name)},
    )


def _listed(sizes: Iterable[int]) -> str:
    return ", ".join(map(str, sizes))
