"""Reads all files once, on all cores, and adds up what the workers counted."""

import multiprocessing
import os
import pathlib
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from components.errors import QuickdrawError, UsageError
from components.example_gen.data_file import DataFile, UnreadableFileError
from components.example_gen.work_plan import BYTES_PER_ROW, WorkUnit, plan_units
from components.urls import is_url
from pipeline.explore.hash_spool import HASHES_PER_PART, Repeats
from pipeline.explore.tally import Tally, WordTally
from pipeline.explore.unit_scan import SpoolPlace, scan_unit

# Small, so that cores that share a little data end at about the same time, and the progress is smooth.
UNIT_BYTES = 8 << 20


@dataclass(frozen=True)
class Scan:
    """All that one pass over the files found.

    Attributes:
        tally: of all files.
        same_key: how often an id occurs again among the kept drawings.
        same_drawing: how often a text of strokes occurs again among them, under whatever id.
    """

    tally: Tally
    same_key: Repeats
    same_drawing: Repeats


def scan(
    files: Sequence[DataFile],
    workers: int | None = None,
    on_unit: Callable[[WorkUnit, Tally], None] = lambda unit, tally: None,
) -> Scan:
    """Reads and counts.

    Args:
        files: of `file_selection.select_files`.
        workers: how many processes; as many as there are cores if None.
        on_unit: is told of every unit that is done, and of all that was counted so far.

    Raises:
        UsageError: a file cannot be read to its end.
        QuickdrawError: a worker was killed.
    """
    units = plan_units(files, UNIT_BYTES)
    parts = 1 + sum(file.size for file in files) // BYTES_PER_ROW // HASHES_PER_PART
    tally = Tally(words={file.label: WordTally() for file in files})
    with tempfile.TemporaryDirectory(prefix="quickdraw-explore-") as folder:
        place = SpoolPlace(pathlib.Path(folder), parts)
        _scan_units(units, place, workers or len(os.sched_getaffinity(0)), tally, on_unit)
        _check_balance(tally)
        return Scan(tally, place.keys().count(), place.drawings().count())


def _scan_units(
    units: Sequence[WorkUnit],
    place: SpoolPlace,
    workers: int,
    tally: Tally,
    on_unit: Callable[[WorkUnit, Tally], None],
) -> None:
    # Forked workers start at once. The client of an object store has threads, which a fork would leave behind.
    is_remote = any(is_url(part.file.path) for unit in units for part in unit.ranges)
    context = multiprocessing.get_context("spawn" if is_remote else "fork")
    waiting = iter(units)
    try:
        with ProcessPoolExecutor(workers, context) as pool:
            running = {pool.submit(scan_unit, unit, place): unit for unit in islice(waiting, 2 * workers)}
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    unit = running.pop(future)
                    tally.merge(future.result())
                    on_unit(unit, tally)
                    # No more of them at a time: all results of a large scan would be hundreds of megabytes.
                    running |= {pool.submit(scan_unit, unit, place): unit for unit in islice(waiting, 1)}
    except UnreadableFileError as error:
        raise UsageError(str(error)) from error
    except BrokenProcessPool as error:
        raise QuickdrawError(
            "a process that reads the files was killed, perhaps for want of memory; try again, or with fewer words"
        ) from error


def _check_balance(tally: Tally) -> None:
    """Checks that every row has exactly one fate; if not, it is a defect of ours and none of the data."""
    if tally.read != tally.kept + tally.filtered + tally.quarantined:
        raise RuntimeError(
            f"rows were lost: read {tally.read}, but kept {tally.kept}, filtered {tally.filtered}, "
            f"quarantined {tally.quarantined}"
        )
