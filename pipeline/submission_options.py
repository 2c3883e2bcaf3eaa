"""What a submission is asked for, and what can be checked of it at once. Loads nothing heavy."""

import dataclasses
import pathlib
from typing import NamedTuple

from components.errors import UsageError
from components.example_gen.data_file import DataFile
from components.submission.drawings_file import DRAWING_COLUMNS, LABEL_COLUMNS, find_drawings
from components.submission.pushed_model import choose_version

# About 2,500 drawings: a worker holds one, a kill loses one a worker, and half a second lies between two parts.
_SHARD_BYTES = 1 << 20
# Twice as many a second as with 64 on two cores.
DEFAULT_BATCH_SIZE = 256


@dataclasses.dataclass(frozen=True)
class SubmissionOptions:
    """What to answer, by which model, and where to.

    Attributes:
        test: file of drawings, a path or a URL.
        out: the submission's file.
        registry: folder of the pushed versions, or its URL.
        version: of the registry; None for the newest.
        labels: file of the true words, "" for none.
        batch_size: the most drawings that the model gets at a time.
        beam_args: where the work is done; none for this process.
        shard_bytes: about how many bytes of the file are one piece of work.
    """

    test: str
    out: pathlib.Path
    registry: str
    version: int | None = None
    labels: str = ""
    batch_size: int = DEFAULT_BATCH_SIZE
    beam_args: tuple[str, ...] = ()
    shard_bytes: int = _SHARD_BYTES


class Checked(NamedTuple):
    """What the options mean: the version that answers, and the file of drawings."""

    version: int
    drawings: DataFile


def check_options(options: SubmissionOptions) -> Checked:
    """Finds what the options name, before anything that takes seconds.

    Raises:
        UsageError: an option or what it names cannot be used.
    """
    if options.out.is_dir():
        raise UsageError(f"--out {options.out} is a folder; name a file in it.")
    for name, path in (("--test", options.test), ("--score", options.labels)):
        if path and options.out.resolve() == pathlib.Path(path).resolve():
            raise UsageError(f"--out would overwrite the file of {name}, {path}; name another.")
    drawings = find_drawings(options.test, DRAWING_COLUMNS)
    if options.labels:
        find_drawings(options.labels, LABEL_COLUMNS)
    return Checked(choose_version(options.registry, options.version), drawings)
