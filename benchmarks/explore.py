"""Claim: `quickdraw explore` looks at many small files several times as fast as pandas reads them, in flat memory.

Usage: python -m benchmarks.explore [--data DIR] [--copies 1,10] [--rounds N]

Makes folders with 1, 10 (--copies) times the rows of the real CSVs, the same drawings under new ids, and goes over the
same files turn by turn: pandas' `read_csv`, file by file, and the whole scan of explore on all cores, which judges,
counts, samples and hashes every row as well. Wall seconds of both, imports left out; the ratio is the median of the
rounds' ratios. The last ratio is that of their CPU seconds, explore's divided by the number of cores: what the first
one would be on a machine with nothing else to do. Peak RSS is that of the largest process.
"""

import argparse
import multiprocessing
import os
import pathlib
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from benchmarks.real_like_rows import write_copies
from benchmarks.stages import REAL_DATA


class Seconds(NamedTuple):
    """What one pass took."""

    wall: float
    cpu: float


class Round(NamedTuple):
    """Both, one after the other."""

    pandas: Seconds
    explore: Seconds


def main() -> None:
    """Prints a table with a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--copies", type=_numbers, default=[1, 10], help="sizes, in times the rows")
    parser.add_argument("--rounds", type=int, default=5, help="how often both go over the files")
    options = parser.parse_args()
    print("| rows | pandas, rows a second | explore, rows a second | times pandas | by CPU | peak RSS of explore |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for copies in sorted(options.copies):
            data = pathlib.Path(folder) / f"data{copies}"
            rows = write_copies(options.data, data, copies)
            print(_table_row(rows, measure(data, options.rounds), peak_mib(data)))


def measure(data: pathlib.Path, rounds: int) -> list[Round]:
    """Goes over a folder with both, after one unmeasured time each that fills the page cache."""
    read_with_pandas(data)
    look_once(data)
    return [Round(_seconds(read_with_pandas, data), _seconds(look_once, data)) for _ in range(rounds)]


def peak_mib(data: pathlib.Path) -> float:
    """Returns the peak RSS of the largest process of a scan, started afresh."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_peak_mib, data).result()


def _peak_mib(data: pathlib.Path) -> float:
    look_once(data)
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) / 1024


def look_once(data: pathlib.Path) -> None:
    """The whole scan, from listing the folder to the findings."""
    from pipeline.explore.look import look

    look(str(data))


def read_with_pandas(data: pathlib.Path) -> None:
    """What the notebook does."""
    import pandas as pd

    for path in sorted(data.glob("*.csv")):
        pd.read_csv(path)


def _seconds(work: Callable[[pathlib.Path], None], data: pathlib.Path) -> Seconds:
    wall, cpu = time.perf_counter(), _cpu_seconds()
    work(data)
    return Seconds(time.perf_counter() - wall, _cpu_seconds() - cpu)


def _cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _table_row(rows: int, rounds: Sequence[Round], peak: float) -> str:
    pandas, explore = (statistics.median(seconds.wall for seconds in way) for way in zip(*rounds, strict=True))
    by_wall = statistics.median(each.pandas.wall / each.explore.wall for each in rounds)
    cores = len(os.sched_getaffinity(0))
    by_cpu = statistics.median(each.pandas.cpu / (each.explore.cpu / cores) for each in rounds)
    cells = [f"{rows:,}", f"{rows / pandas:,.0f}", f"{rows / explore:,.0f}", f"{by_wall:.1f}", f"{by_cpu:.1f}"]
    return f"| {' | '.join([*cells, f'{peak:,.0f} MiB'])} |"


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


if __name__ == "__main__":
    main()
