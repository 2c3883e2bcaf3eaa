"""How many threads TensorFlow's runtime computes a model with, by TensorFlow Serving's flags."""

import os
from dataclasses import dataclass

from components.errors import UsageError


@dataclass(frozen=True)
class RuntimeThreads:
    """Sizes of the runtime's two pools; 0 leaves one to TensorFlow, which takes a thread a core.

    Attributes:
        intra_op: How many threads one operation may use.
        inter_op: How many operations may run at a time.
    """

    intra_op: int = 0
    inter_op: int = 0

    def apply(self) -> None:
        """Sets the pools up; for the whole process, and before it computes anything."""
        import tensorflow as tf  # what is to be served is checked before seconds are spent on that

        tf.config.threading.set_intra_op_parallelism_threads(self.intra_op)
        tf.config.threading.set_inter_op_parallelism_threads(self.inter_op)


def runtime_threads(session: int, intra_op: int, inter_op: int, batches_at_a_time: int) -> RuntimeThreads:
    """Reads the three flags `--tensorflow_{session,intra_op,inter_op}_parallelism`.

    Where none is given and batches run side by side, each gets its share of the cores: a thread for each core and batch
    would take a fifth more processor for the same doodles.

    Args:
        session: Both pools; 0 if not given.
        intra_op: The pool of one operation; 0 if not given.
        inter_op: The pool of operations; 0 if not given.
        batches_at_a_time: How many batches run side by side; 0 without batching.

    Raises:
        UsageError: All three are given (server.cc at 2.16.1).
    """
    if session and intra_op and inter_op:
        raise UsageError(
            "Give either --tensorflow-session-parallelism or --tensorflow-intra-op-parallelism and "
            "--tensorflow-inter-op-parallelism, not all three."
        )
    if batches_at_a_time and not (session or intra_op or inter_op):
        session = max(1, (os.cpu_count() or 1) // batches_at_a_time)
    return RuntimeThreads(intra_op or session, inter_op or session)
