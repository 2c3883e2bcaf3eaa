"""Claim: what a Flink cluster costs a component, and what it gains, beside the same work in one process.

Usage: python -m benchmarks.flink [--data DIR] [--copies 1,10] [--parallelism 1,2,4]

Makes 1, 10 (--copies) times the rows of the real CSVs, the same drawings under new ids. Each component with Beam jobs
runs over them at home and on clusters of this machine: two TaskManagers, one for parallelism 1. Wall seconds, without
the client's imports, and the bytes that Flink handed from step to step. On a machine of two cores no cluster can win:
the table shows what it costs, and how that grows with the rows.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.nodes import NODES, run_node
from benchmarks.real_like_rows import write_copies
from benchmarks.stages import REAL_DATA, in_process
from pipeline.beam_runner import beam_runner
from pipeline.config import PIPELINE_NAME
from pipeline.flink import cluster
from pipeline.flink.processes import free_port
from pipeline.flink.rest import FlinkRest
from pipeline.flink.settings import ClusterSettings
from pipeline.run_metadata import newest_output
from pipeline.runner_options import HERE, RunnerOptions


class Cell(NamedTuple):
    """What a component took in one place: seconds, and the bytes that went between steps."""

    seconds: float
    shuffled: int


def main() -> None:
    """Prints a table for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--copies", type=_numbers, default=[1, 10], help="sizes, in times the rows")
    parser.add_argument("--parallelism", type=_numbers, default=[1, 2, 4], help="slots of the clusters")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        model = train(options.data, root / "workspace")
        for copies in options.copies:
            compare(options.data, model, root / f"times{copies}", copies, options.parallelism)


def train(data: pathlib.Path, workspace: pathlib.Path) -> pathlib.Path:
    """Trains the notebook's network for an epoch; how well it answers does not matter here."""
    choice = ["--preset", "notebook", "--per-word", "60", "--epochs", "1", "--workspace", str(workspace)]
    # 3 is "not blessed": it was trained.
    done = subprocess.run([sys.executable, "-m", "pipeline.cli.main", "run", "--data", str(data), *choice], check=False)
    assert done.returncode in (0, 3), done.returncode
    model = newest_output(str(workspace / "metadata.sqlite"), PIPELINE_NAME, "Trainer", "model")
    assert model is not None
    return model


def compare(data: pathlib.Path, model: pathlib.Path, root: pathlib.Path, copies: int, slots: list[int]) -> None:
    """Prints the table of one number of rows."""
    made = root / "made"
    rows = write_copies(data, root / "data", copies)
    made.mkdir()
    (made / "ingest.json").write_text(json.dumps({"data_dir": str(root / "data")}))
    (made / "model").symlink_to(model)
    with beam_runner(HERE) as here:
        run_node("DrawingExampleGen", made, made, here)
    places = ["home", *map(str, slots)]
    print(f"\n{rows:,} rows\n\n| component | {' | '.join(_heads(slots))} | handed on |\n|{'---|' * (len(places) + 2)}")
    cells: dict[tuple[str, str], Cell] = {}
    for place, where in _places(root, slots):
        for node in NODES:
            cells[node, place] = measure(node, made, root / f"{node}-{place}", where)
    for node in NODES:
        seconds = " | ".join(f"{cells[node, place].seconds:.0f} s" for place in places)
        print(f"| {node} | {seconds} | {cells[node, places[-1]].shuffled / 1e6:,.1f} MB |", flush=True)


def measure(node: str, made: pathlib.Path, out: pathlib.Path, where: RunnerOptions) -> Cell:
    """Runs a component once, in a process of its own."""
    before = _jobs(where)
    seconds = in_process(_run, node, made, out, where).seconds
    return Cell(seconds, sum(size for job_id, size in _jobs(where).items() if job_id not in before))


def _run(node: str, made: pathlib.Path, out: pathlib.Path, where: RunnerOptions) -> None:
    with beam_runner(where) as runner:
        run_node(node, made, out, runner)


def _jobs(where: RunnerOptions) -> dict[str, int]:
    """Job -> the bytes that its steps wrote for other steps."""
    if where == HERE:
        return {}
    rest = FlinkRest(where.flink_master)
    return {job.job_id: sum(each.write_bytes for each in rest.vertices(job.job_id)) for job in rest.jobs()}


def _places(root: pathlib.Path, slots: list[int]) -> Iterator[tuple[str, RunnerOptions]]:
    """Yields each place's name and options, with its cluster up meanwhile."""
    yield "home", HERE
    for number in slots:
        managers = min(2, number)
        ports = {"rest_port": free_port(), "rpc_port": free_port()}
        settings = ClusterSettings(task_managers=managers, slots=number // managers, **ports)
        cluster.up(root / "cluster", settings)
        try:
            yield str(number), RunnerOptions(runner="flink", flink_master=settings.master)
        finally:
            cluster.down(root / "cluster")


def _heads(slots: list[int]) -> list[str]:
    return ["one process", *(f"{number} slot{'s' if number > 1 else ''}" for number in slots)]


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


if __name__ == "__main__":
    main()
