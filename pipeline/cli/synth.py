"""`quickdraw synth`: draws a small data set, so that the pipeline runs where no real doodles are."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.synth.writer import TRAIN_FOLDER, write_dataset


def synth(
    out: Annotated[Path, typer.Option(help="Folder for the CSV files; made where it is missing.")],
    words: Annotated[int, typer.Option(help="How many words to draw: the first N of the list.")] = 5,
    per_word: Annotated[
        int, typer.Option(help="Rows in each word's file, a few unrecognized scribbles included.")
    ] = 300,
    seed: Annotated[int, typer.Option(help="The same seed writes the same bytes.")] = 7,
) -> None:
    """Draw demo doodles and write them as Kaggle lays out the Quick, Draw! CSVs."""
    files = write_dataset(out, words, per_word, seed)
    drawn = ", ".join(file.stem for file in files[:-1])
    typer.echo(f"Wrote {words * per_word:,} doodles of {words} words ({drawn}) and {files[-1].name} to {out}.")
    typer.echo(f"Train on them with: quickdraw run --data {out / TRAIN_FOLDER}")
