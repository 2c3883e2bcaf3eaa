"""Writes the synthetic data set as Kaggle lays it out: one labelled file a word and one unlabelled file."""

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path

from components.errors import UsageError
from pipeline.synth.recipes import RECIPES
from pipeline.synth.rows import Row, train_row, unlabelled_row

TRAIN_FOLDER = "train_simplified"
TEST_FILE = "test_simplified.csv"
TRAIN_COLUMNS = ("countrycode", "drawing", "key_id", "recognized", "timestamp", "word")
TEST_COLUMNS = ("key_id", "countrycode", "drawing")

_LABELLED_PER_UNLABELLED = 10


def write_dataset(out: Path, words: int, per_word: int, seed: int) -> list[Path]:
    """Writes `train_simplified/<word>.csv` for the first `words` recipes, and `test_simplified.csv`.

    The same arguments give the same bytes. Everything is written under temporary names inside `out` and renamed at the
    end, so `out` never holds half a file.

    Args:
        out: The folder, made where it is missing. It may hold what an earlier call with the same words wrote.
        words: How many words, 1 to the number of recipes.
        per_word: Rows in each word's file, scribbles included; the unlabelled file gets a tenth of all of them.
        seed: Any integer from 0.

    Returns:
        The files written: a word's file each, in the recipes' order, then the unlabelled one.

    Raises:
        UsageError: A number is out of range, `out` holds other files, or it cannot be written.
    """
    _check_numbers(words, per_word, seed)
    names = list(RECIPES)[:words]
    targets = [Path(TRAIN_FOLDER) / f"{name}.csv" for name in names] + [Path(TEST_FILE)]
    try:
        _check_folder(out, targets)
        (out / TRAIN_FOLDER).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".synth-", dir=out) as staging:
            staged = [Path(staging) / target.name for target in targets]
            for name, path in zip(names, staged, strict=False):
                _write(path, TRAIN_COLUMNS, (train_row(name, index, seed) for index in range(per_word)))
            unlabelled = max(1, words * per_word // _LABELLED_PER_UNLABELLED)
            _write(staged[-1], TEST_COLUMNS, (unlabelled_row(names, index, seed) for index in range(unlabelled)))
            for path, target in zip(staged, targets, strict=True):
                path.replace(out / target)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}); name another folder with --out.") from error
    return [out / target for target in targets]


def _check_numbers(words: int, per_word: int, seed: int) -> None:
    if not 1 <= words <= len(RECIPES):
        raise UsageError(
            f"--words {words} is not possible; there are {len(RECIPES)} words to draw, so give 1 to {len(RECIPES)}."
        )
    if per_word < 1:
        raise UsageError(f"--per-word {per_word} would write empty files; give at least 1.")
    if seed < 0:
        raise UsageError(f"--seed {seed} is not possible; give 0 or more.")


def _check_folder(out: Path, targets: Iterable[Path]) -> None:
    """Refuses a folder with files of somebody else's; hidden ones (a killed run's staging folder) do no harm."""
    if not out.is_dir():
        return
    ours = set(targets)
    found = (path.relative_to(out) for path in sorted(out.rglob("*")) if not path.is_dir())
    for other in found:
        if other not in ours and not any(part.startswith(".") for part in other.parts):
            raise UsageError(f"{out} already holds other files, such as {other}; give --out an empty folder.")


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(row, column) for column in columns] for row in rows)
