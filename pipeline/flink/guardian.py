"""Cancels what a command leaves on a cluster, however it ends: `python -m pipeline.flink.guardian MASTER PREFIX`.

A job of Flink's goes on without the client that sent it. This process waits for the end of its standard input, a pipe
that closes with the command even if that is killed, and then cancels every job whose name begins with PREFIX.
"""

import signal
import subprocess
import sys
import time

from components.errors import QuickdrawError
from pipeline.flink.rest import ClusterUnreachableError, FlinkRest

# A JobManager that starts again has no jobs; one that is gone for longer has nobody who waits for it.
_SECONDS_TO_TRY = 60.0
_SECONDS_BETWEEN_TRIES = 0.5


def cancel_jobs(cluster: FlinkRest, prefix: str, seconds: float = _SECONDS_TO_TRY) -> None:
    """Cancels the jobs of a name, and waits until they are over.

    Args:
        cluster: where they are.
        prefix: of their names.
        seconds: to try for.

    Raises:
        QuickdrawError: some are not over then, or the cluster does not answer.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            left = [job for job in cluster.jobs() if job.name.startswith(prefix) and not job.is_over]
            if not left:
                return
            for job in left:
                cluster.cancel(job.job_id)
        except ClusterUnreachableError:
            if time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            raise QuickdrawError(f"jobs are left on Flink at {cluster.master}; cancel them on {cluster.page()}.")
        time.sleep(_SECONDS_BETWEEN_TRIES)


class Guardian:
    """A guardian process for as long as a body runs."""

    def __init__(self, master: str, prefix: str) -> None:
        """Takes the cluster and the beginning of the names of the jobs to guard."""
        self._command = [sys.executable, "-m", "pipeline.flink.guardian", master, prefix]

    def __enter__(self) -> "Guardian":
        # A session of its own: Ctrl-C at the command must not end the one who cleans up after it.
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> int:
    """Waits for the command's end."""
    _, master, prefix = sys.argv
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.stdin.buffer.read()
    try:
        cancel_jobs(FlinkRest(master), prefix)
    except QuickdrawError as error:
        print(f"quickdraw: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
