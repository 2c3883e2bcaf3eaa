"""Times two ways of the same work turn by turn, so that a noisy machine is noisy for both."""

import statistics
import time
from collections.abc import Callable, Mapping


def cpu_seconds(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each way, measured in alternation.

    CPU and not wall time: on a shared machine a process waits for others, which is nobody's merit.

    Args:
        ways: name -> the work.
        rounds: how often each is done, after one unmeasured time that traces graphs and fills caches.

    Returns:
        name -> seconds.
    """
    for work in ways.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            started = time.process_time()
            work()
            seconds[name].append(time.process_time() - started)
    return {name: statistics.median(values) for name, values in seconds.items()}
