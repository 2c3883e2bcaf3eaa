"""How many threads TensorFlow's runtime computes a model with, by TensorFlow Serving's flags."""

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


def runtime_threads(session: int, intra_op: int, inter_op: int) -> RuntimeThreads:
    """Reads the three flags `--tensorflow_{session,intra_op,inter_op}_parallelism`.

    Raises:
        UsageError: all three are given (server.cc at 2.16.1).
    """
    if session and intra_op and inter_op:
        raise UsageError(
            "Give either --tensorflow-session-parallelism or --tensorflow-intra-op-parallelism and "
            "--tensorflow-inter-op-parallelism, not all three."
        )
    return RuntimeThreads(intra_op or session, inter_op or session)
