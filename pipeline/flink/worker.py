"""A Python worker of a TaskManager. Started by the pool beside it, as `python -m pipeline.flink.worker`."""

import argparse
import logging
import sys

from apache_beam.runners.worker.sdk_worker import SdkHarness

# What the pool waits for: from here on the TaskManager notices by itself when the worker is gone.
CONNECTED = "connected"


def main() -> None:
    """Works until the TaskManager closes the connection."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--control", required=True)
    parser.add_argument("--id", required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format=f"%(asctime)s worker {arguments.id}: %(message)s")
    harness = SdkHarness(arguments.control, worker_id=arguments.id)
    sys.stdout.write(f"{CONNECTED}\n")
    sys.stdout.flush()
    harness.run()


if __name__ == "__main__":
    main()
