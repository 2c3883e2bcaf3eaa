"""What the person at the terminal hears: our own lines always, TFX's and TensorFlow's only with -v."""

import logging
import os
import sys
import warnings


def say(text: str, end: str = "\n") -> None:
    """Prints at once; if nobody reads any more, as behind `| head`, the work goes on in silence.

    Args:
        text: what to print.
        end: what follows it.
    """
    try:
        print(text, end=end, flush=True)
    except BrokenPipeError:
        discard_output()


def discard_output() -> None:
    """Sends standard output nowhere, once its reader has gone: what Python flushes when it ends must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Terminal(logging.Handler):
    """Says each message."""

    def emit(self, record: logging.LogRecord) -> None:
        say(self.format(record))


def set_up_logs(verbose: bool) -> None:
    """Configures logging; must come before the first import of TensorFlow.

    Args:
        verbose: lets TFX, Beam and TensorFlow speak too.
    """
    own = logging.getLogger("quickdraw")
    own.setLevel(logging.INFO)
    own.propagate = False
    handler = _Terminal()
    handler.setFormatter(logging.Formatter("  %(message)s"))
    own.handlers = [handler]
    if verbose:
        logging.basicConfig(level=logging.INFO)
        return
    # TensorFlow's C++ part reads this once, when it is loaded.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.basicConfig(level=logging.CRITICAL)
    warnings.simplefilter("ignore")


def hush_absl(verbose: bool) -> None:
    """Silences absl, which takes its level back when TFX is imported; call it after that import.

    Args:
        verbose: leaves absl as it is.
    """
    from absl import logging as absl_logging

    if not verbose:
        absl_logging.set_verbosity(absl_logging.FATAL)
