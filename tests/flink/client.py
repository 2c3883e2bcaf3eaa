"""A client that tests can kill: `python -m tests.flink.client NODE MADE OUT MASTER STALL_SECONDS`."""

import pathlib
import sys

from benchmarks.nodes import run_node
from pipeline.beam_runner import beam_runner
from pipeline.cli.logs import set_up_logs
from pipeline.runner_options import RunnerOptions


def main() -> None:
    node, made, out, master, stall_minutes = sys.argv[1:]
    set_up_logs(verbose=False)
    options = RunnerOptions(runner="flink", flink_master=master, stall_minutes=float(stall_minutes))
    with beam_runner(options) as runner:
        run_node(node, pathlib.Path(made), pathlib.Path(out), runner)


if __name__ == "__main__":
    main()
