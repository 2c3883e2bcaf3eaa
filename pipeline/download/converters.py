"""The workers that turn lines into rows: threads where pyarrow does the work, processes where Python does."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor


def make_converters(is_raw: bool, count: int) -> Executor:
    """Returns an executor for `to_csv_rows`.

    Args:
        is_raw: simplifying is NumPy and Python, which one process does for one drawing at a time.
        count: how many files are fetched at once; more workers than that, or than processors, would be idle.
    """
    count = min(count, os.cpu_count() or 1)
    if not is_raw:
        return ThreadPoolExecutor(count)
    # `spawn`: a fork would copy the threads' locks in whatever state they are.
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _set_up_worker)


def _set_up_worker() -> None:
    """Leaves Ctrl-C, which reaches all processes of a terminal, to the parent; and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
