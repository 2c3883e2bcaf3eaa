"""What a submission is asked for, and what can be checked of it at once. Loads nothing heavy."""

import dataclasses
import pathlib
from typing import NamedTuple

from components.errors import UsageError
from components.example_gen.data_file import DataFile
from components.submission.drawings_file import DRAWING_COLUMNS, LABEL_COLUMNS, PIECE_BYTES, find_drawings
from components.submission.pushed_model import choose_version
from pipeline.runner_options import RunnerOptions

# On two cores a drawing then costs a quarter less CPU time than in batches of 64; twice as many gain little more.
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
        where: the drawings are answered.
        shard_bytes: about how many bytes of the file are one piece of work.
    """

    test: str
    out: pathlib.Path
    registry: str
    version: int | None = None
    labels: str = ""
    batch_size: int = DEFAULT_BATCH_SIZE
    where: RunnerOptions = dataclasses.field(default_factory=RunnerOptions)
    shard_bytes: int = PIECE_BYTES


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
