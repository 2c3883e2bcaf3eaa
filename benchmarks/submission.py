"""Claim: a submission costs little more than the model itself, and ten times the rows need no more memory.

Usage: python -m benchmarks.submission [--model-base-path DIR] [--drawings FILE] [--rounds N] [--copies N]

In one process, turn by turn: the model called with batches of 64 drawings that are in memory already; `submit` of the
same drawings' file, from the look for the version to the joined file; `submit` of a single drawing, which is the
start-up that is taken off. Prints drawings a second and the ratio of each round. Then `submit` of the file, and of its
rows repeated under new ids, each in a process of its own: seconds and peak RSS.
"""

import argparse
import csv
import pathlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable

from benchmarks.stages import REAL_DATA, in_process
from components.pusher.registry import newest_version, version_path

_BATCH = 64
_HEADER = "key_id,countrycode,drawing"


class _Silent:
    """Nobody listens."""

    def say(self, sentence: str) -> None:
        pass

    def started(self, rows: int, done: int) -> None:
        pass

    def progress(self, done: int) -> None:
        pass


def main() -> None:
    """Prints the rounds and the memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model-base-path", type=pathlib.Path, default=pathlib.Path("workspace/models/quickdraw"))
    parser.add_argument("--drawings", type=pathlib.Path, default=REAL_DATA.parent / "test_simplified.csv")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        in_process(compare, options.model_base_path, options.drawings, options.rounds, root)
        rows = repeat(options.drawings, options.copies, root / "many.csv")
        print("\n| drawings | seconds, with start-up | peak RSS |\n|---|---|---|")
        for count, file in ((rows // options.copies, options.drawings), (rows, root / "many.csv")):
            seconds, peak_mib = in_process(answer, options.model_base_path, file, root / "submission.csv")
            print(f"| {count:,} | {seconds:.1f} | {peak_mib:,.0f} MiB |", flush=True)


def compare(registry: pathlib.Path, drawings: pathlib.Path, rounds: int, folder: pathlib.Path) -> None:
    """Prints a line a round, and the median ratio."""
    import tensorflow as tf

    model = tf.saved_model.load(str(version_path(registry, newest_version(registry))))
    texts = read_drawings(drawings)
    one = folder / "one.csv"
    write_rows(one, [("1", texts[0])])

    def call() -> None:
        for start in range(0, len(texts), _BATCH):
            model.signatures["serving_default"](drawing=tf.constant(texts[start : start + _BATCH]))["words"].numpy()

    ways = {
        "model": call,
        "submit": lambda: answer(registry, drawings, folder / "submission.csv"),
        "start-up": lambda: answer(registry, one, folder / "one_answer.csv"),
    }
    print(f"{len(texts):,} drawings\n\n| model/s, batches of {_BATCH} | submit/s, start-up apart | start-up | ratio |")
    print("|---|---|---|---|")
    ratios = []
    for number in range(rounds + 1):
        seconds = {name: timed(work) for name, work in ways.items()}
        # The first round traces graphs and fills caches.
        if not number:
            continue
        own = seconds["submit"] - seconds["start-up"]
        ratios.append(seconds["model"] / own)
        print(
            f"| {len(texts) / seconds['model']:,.0f} | {len(texts) / own:,.0f} | {seconds['start-up']:.1f} s "
            f"| {ratios[-1]:.2f} |",
            flush=True,
        )
    print(f"\nmedian ratio {statistics.median(ratios):.2f}")


def answer(registry: pathlib.Path, drawings: pathlib.Path, out: pathlib.Path) -> None:
    """Writes a submission as the verb does."""
    from pipeline.submission import submit
    from pipeline.submission_options import SubmissionOptions

    submit(SubmissionOptions(test=str(drawings), out=out, registry=str(registry)), _Silent())


def timed(work: Callable[[], None]) -> float:
    """Wall seconds: the model's own threads are part of both ways."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


def read_drawings(path: pathlib.Path) -> list[bytes]:
    """The drawings of a Kaggle test file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["drawing"].encode() for row in csv.DictReader(file)]


def repeat(path: pathlib.Path, copies: int, target: pathlib.Path) -> int:
    """Writes the rows of a file several times, each time under new ids; returns how many there are."""
    texts = read_drawings(path)
    write_rows(target, ((f"{copy}{row:012d}", text) for copy in range(1, copies + 1) for row, text in enumerate(texts)))
    return copies * len(texts)


def write_rows(path: pathlib.Path, rows: Iterable[tuple[str, bytes]]) -> None:
    """Writes a Kaggle test file of keys and drawings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER.split(","))
        writer.writerows((key, "", text.decode()) for key, text in rows)


if __name__ == "__main__":
    main()
