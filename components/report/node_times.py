"""How long each node took: a part of the page that only the runner can fill in, once every node has ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.report.templating import environment

# The page leaves this place. On Kubeflow, whose own pages tell the times, nobody fills it in, and it shows nothing.
PLACE = "<!-- node times -->"


@dataclass(frozen=True)
class NodeTime:
    """What a node did in this run: its id, "ran" or "cached", and the seconds until it had ended."""

    node_id: str
    state: str
    seconds: float


def add_node_times(page: str, times: Sequence[NodeTime]) -> str:
    """Fills the times in.

    Args:
        page: of `components.report.page`.
        times: in the order in which the nodes ended; at least one.

    Returns:
        The page with a section more.
    """
    longest = max(time.seconds for time in times) or 1.0
    section = environment().get_template("node_times.html").render(times=times, longest=longest)
    return page.replace(PLACE, section, 1)
