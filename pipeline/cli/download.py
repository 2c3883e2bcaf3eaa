"""`quickdraw download`: Google's drawings, as Kaggle's CSV files."""

from pathlib import Path
from typing import Annotated

import typer

from components.errors import UsageError
from pipeline.cli.logs import say
from pipeline.download.served_object import BASE_URL
from pipeline.download.words import choose_words, kaggle_words


def download(
    out: Annotated[Path | None, typer.Option(help="Folder for the CSV files; made where it is missing.")] = None,
    words: Annotated[
        str, typer.Option(help="Words, separated by commas; or all (345), or kaggle (340 of them).")
    ] = "all",
    per_word: Annotated[
        int | None, typer.Option(help="The first so many rows of each word, recognized or not; default: all.")
    ] = None,
    form: Annotated[
        str, typer.Option(help="simplified; or raw, ten times the bytes, which are simplified here.")
    ] = "simplified",
    base_url: Annotated[str, typer.Option(help="Address of the bucket, or of a mirror of it.")] = BASE_URL,
    parallel: Annotated[int, typer.Option(help="How many files at once.")] = 4,
    timeout: Annotated[float, typer.Option(help="Seconds of silence after which a connection is given up.")] = 30.0,
    list_words: Annotated[bool, typer.Option("--list", help="Print the chosen words, and fetch nothing.")] = False,
) -> None:
    """Fetch drawings from Google's public bucket; the same command goes on where one has stopped."""
    chosen = choose_words(words)
    if list_words:
        for word in chosen:
            say(word if word in kaggle_words() else f"{word}  (not in Kaggle's set)")
        return
    if out is None:
        raise UsageError("name the folder for the CSV files with --out.")
    # aiohttp and pyarrow take a second to import, which neither `--help` nor a misspelt word should cost.
    from pipeline.download.download import DownloadOptions
    from pipeline.download.download import download as download_words
    from pipeline.download.patience import Patience
    from pipeline.download.terminal import TerminalListener

    with TerminalListener() as listener:
        files = download_words(
            DownloadOptions(chosen, out, form, per_word, base_url, parallel, Patience(stall_seconds=timeout)), listener
        )
    positions = [file.position for file in files if file.position]
    say(f"{sum(position.rows for position in positions):,} drawings of {len(files)} words are in {out}.")
    malformed = sum(position.malformed for position in positions)
    if malformed:
        say(f"{malformed:,} lines were no drawings; {out / 'quarantine'} has each with its row and the reason.")
    say(f"Train on them with: quickdraw run --data {out}")
