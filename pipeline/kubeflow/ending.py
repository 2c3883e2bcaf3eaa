"""How a task ends that cannot go on: one sentence where people look for it, and an exit code.

A task fails with the exit codes of `quickdraw run` (2 wrong usage, 3 not blessed, 4 data refused, 1 anything else). The
launcher, whose child this process is, hands on only that it failed, so the sentence counts: it is the last line of the
log, and Kubernetes' termination message, which Argo shows beside the failed node.
"""

import os
import sys
import traceback

from components.errors import QuickdrawError
from pipeline.kubeflow.local_twins import LocalTwins

# Kubernetes' default `terminationMessagePath`, and how many bytes of it the kubelet reads.
_TERMINATION_LOG = "/dev/termination-log"
_MOST_BYTES = 4096


def tell(error: Exception, twins: LocalTwins) -> int:
    """Says why a task failed.

    Args:
        error: what it raised.
        twins: the pod.

    Returns:
        The exit code.
    """
    sys.stdout.flush()
    if isinstance(error, QuickdrawError):
        sentence, exit_code = f"quickdraw: {error}", error.exit_code
    else:
        traceback.print_exception(type(error), error, error.__traceback__)
        first_line = (str(error).strip() or "no message").splitlines()[0]
        sentence, exit_code = f"quickdraw: {type(error).__name__}: {first_line}", 1
    path = twins.in_pod(_TERMINATION_LOG)
    if os.access(path, os.W_OK):
        path.write_bytes(sentence.encode()[:_MOST_BYTES])
    print(sentence, file=sys.stderr, flush=True)
    return exit_code
