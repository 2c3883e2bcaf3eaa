"""`quickdraw explore`: what is in the files, before any training."""

import json
import pathlib
import time
from typing import TYPE_CHECKING, Annotated

import typer

from components.errors import DataRefusedError, UsageError
from pipeline.cli.aligned_text import section
from pipeline.cli.logs import say

if TYPE_CHECKING:
    from pipeline.explore.findings import Findings

_DEFAULT_OUT = pathlib.Path("explore.html")


def explore(
    data: Annotated[
        str, typer.Option(help="Folder of drawings, a path or a URL: <word>.csv or <word>.ndjson, plain or .gz.")
    ],
    words: Annotated[str, typer.Option(help="Words to look at, separated by commas; default: all.")] = "",
    out: Annotated[
        pathlib.Path | None,
        typer.Option(help="Where to write the page; default: explore.html, and none with --json."),
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print all numbers as one JSON object.")] = False,
) -> None:
    """Look at the data: counts, faults, and the drawings themselves, in one pass over the files."""
    page = out or (None if is_json else _DEFAULT_OUT)
    if page is not None:
        _check_writable(page)
    # Reading needs pyarrow and pandas, which `quickdraw --help` should not wait for.
    from pipeline.explore.look import look

    chosen = [word.strip() for word in words.split(",") if word.strip()]
    started = time.monotonic()
    findings = look(data, chosen or None)
    seconds = time.monotonic() - started
    if not findings.read:
        raise DataRefusedError(f"{data} holds no row: its files have headers only; copy them again")
    if page is not None:
        _write_page(page, findings, data)
    if is_json:
        say(json.dumps({"data": data, "seconds": round(seconds, 3), **findings.to_json()}, ensure_ascii=False))
    else:
        say(_summary(findings, seconds))
        say(f"The page is {page}")


def _check_writable(page: pathlib.Path) -> None:
    """Looks before the reading, which may take minutes."""
    if page.is_dir() or not page.parent.is_dir():
        raise UsageError(f"--out {page} cannot be written: it names the page's file, in a folder that exists.")


def _write_page(page: pathlib.Path, findings: "Findings", data: str) -> None:
    from pipeline.explore.page import render_page

    unfinished = page.with_name(f"{page.name}.unfinished")
    try:
        unfinished.write_text(render_page(findings, data), encoding="utf-8")
        unfinished.replace(page)
    except OSError as error:
        raise UsageError(f"--out {page} cannot be written: {error.strerror}; choose another place.") from error


def _summary(findings: "Findings", seconds: float) -> str:
    from pipeline.explore.sizes import size

    balance = findings.balance
    rows = {
        "read": f"{findings.read:,} rows of {findings.files:,} files in {seconds:.1f} s, "
        f"{findings.read / seconds:,.0f} a second",
        "kept": f"{findings.kept:,} drawings of {len(findings.words):,} words",
        "filtered": f"{findings.filtered:,} that were not recognized",
        "malformed": f"{findings.quarantined:,}",
        **{f"- {reason}": f"{count:,}" for reason, count in findings.reasons.items()},
        "same key_id again": f"{findings.same_key.rows:,}",
        "same strokes again": f"{findings.same_drawing.rows:,}",
        "near-blank": f"{findings.near_blank.drawings:,}",
        "memory": f"{size(findings.memory.float64)} as 32 x 32 arrays of float64, "
        f"{size(findings.memory.packed)} as packed pictures",
        "drawings a word": f"{balance.fewest:,} ({balance.fewest_word}) to {balance.most:,} ({balance.most_word}), "
        f"median {balance.median:,g}, Gini coefficient {balance.gini:.3f}",
    }
    return section(f"{findings.kept:,} drawings", rows)
