"""A process to be killed: pushes model after model, prunes, and says when it begins.

python push_in_a_loop.py REGISTRY MODEL...
"""

import itertools
import pathlib
import sys

from components.pusher.prune import prune
from components.pusher.push import publish

KEEP = 3
# Long enough to read a few small files on a busy machine; the product gives a server a minute to load a model.
SECONDS_TO_LOAD = 2.0


def unchecked(staging: pathlib.Path) -> None:
    """Loading TensorFlow a hundred times is no part of the test; one of its tests kills a push that does."""


def main(registry: pathlib.Path, models: list[pathlib.Path]) -> None:
    """Pushes until it is killed."""
    print("begun", flush=True)
    for model in itertools.cycle(models):
        publish(model, registry, {"run_key": model.name}, unchecked)
        prune(registry, KEEP, seconds_to_load=SECONDS_TO_LOAD)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]])
