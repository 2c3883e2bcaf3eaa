"""What `quickdraw run` prints: a line a node while it runs, and a short table at the end."""

import sys

from components.example_gen.summary import FATES
from pipeline.cli.logs import say
from pipeline.cli.verdict_table import verdict_table
from pipeline.config import PipelineConfig
from pipeline.local_run import Outcome


class TerminalListener:
    """Prints one line a node."""

    def started(self, node_id: str) -> None:
        """Says which node is at work, where somebody watches."""
        if sys.stdout.isatty():
            say(f"{node_id:<20} ...", end="\r")

    def finished(self, node_id: str, state: str, seconds: float) -> None:
        """Says what the node did and how long it took."""
        say(f"{node_id:<20} {state:<7} {seconds:6.1f} s")


def print_summary(outcome: Outcome, config: PipelineConfig, seconds: float) -> None:
    """Prints the table that ends a run.

    Args:
        outcome: what the run came to.
        config: of the run.
        seconds: wall time of the run.
    """
    say(f"\nfinished in {seconds:.0f} s\n")
    say(verdict_table(outcome.verdict) + "\n")
    for name, value in _rows(outcome, config):
        say(f"  {name:<14} {value}")


def _rows(outcome: Outcome, config: PipelineConfig) -> list[tuple[str, str]]:
    rows, verdict = outcome.rows, outcome.verdict
    table = [
        ("rows", ", ".join(f"{rows[name]:,} {name}" for name in ("read", *FATES))),
        ("judged by", f"{verdict['examples']:,} test drawings"),
        ("baseline", verdict["baseline_sentence"]),
        ("verdict", "blessed" if outcome.blessed else "not blessed"),
        ("push", outcome.push["sentence"]),
        ("report", config.report_path),
    ]
    if outcome.push["pushed"]:
        where = f"--model-base-path {config.registry}" if config.registry_url else f"--workspace {config.workspace}"
        table.append(("serve it with", f"quickdraw serve {where}"))
    return table
