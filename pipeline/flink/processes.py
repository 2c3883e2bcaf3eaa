"""Processes that never outlive the one that started them, and ports for them. Imports nothing heavy."""

import ctypes
import os
import signal
import socket
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def ends_with_parent() -> Callable[[], None]:
    """Returns a `preexec_fn`: the kernel kills the child when this process ends, however it ends (Linux' prctl(2))."""
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def follow() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # It may have ended in between, and the signal is sent once.
        if os.getppid() != parent:
            os._exit(1)

    return follow


def free_port(host: str = "127.0.0.1") -> int:
    """Returns a port on which nobody listens now."""
    with socket.socket() as taken:
        taken.bind((host, 0))
        return taken.getsockname()[1]


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((host, port))
        except OSError:
            return False
    return True
