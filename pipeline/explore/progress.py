"""A bar on standard error: how far the reading is, how fast, and how long it will take."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from components.example_gen.data_file import DataFile
from components.example_gen.work_plan import WorkUnit
from pipeline.explore.tally import Tally


class OnUnit(Protocol):
    """Is told of a unit that is done and of all that was counted so far."""

    def __call__(self, unit: WorkUnit, tally: Tally) -> None:
        """Takes note."""


@contextmanager
def progress_bar(files: Sequence[DataFile], console: Console | None = None) -> Iterator[OnUnit]:
    """Shows a bar for the length of a scan, on a terminal only, and takes it away.

    Args:
        files: what is read.
        console: where to show it; standard error if None.
    """
    console = console or Console(stderr=True)
    # Drawn where a unit ends: a thread that draws would be there while the workers are forked.
    bar = Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=console,
        auto_refresh=False,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=sum(file.size for file in files), rows=0, rate=0.0)

        def on_unit(unit: WorkUnit, tally: Tally) -> None:
            size = sum(part.end - part.start for part in unit.ranges)
            elapsed = bar.tasks[task].elapsed or 0
            bar.update(task, advance=size, rows=tally.read, rate=tally.read / elapsed if elapsed else 0)
            bar.refresh()

        yield on_unit
