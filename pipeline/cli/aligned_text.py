"""Plain text in columns, for what a verb prints."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_WIDTH = 100
_INDENT = "  "
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def table(rows: Iterable[Sequence[str]]) -> str:
    """Aligns cells in columns.

    Args:
        rows: equally many cells each, the header first.

    Returns:
        One line a row; cells of numbers, and the header above them, are flush right.
    """
    rows = [tuple(row) for row in rows]
    columns = []
    for cells in zip(*rows, strict=True):
        width = max(map(len, cells))
        numeric = all(cell in ("", "-") or _NUMBER.fullmatch(cell) for cell in cells[1:])
        columns.append([cell.rjust(width) if numeric else cell.ljust(width) for cell in cells])
    return "\n".join(_INDENT.join(cells).rstrip() for cells in zip(*columns, strict=True))


def section(title: str, values: Mapping[str, Any]) -> str:
    """Lists names and values below a title.

    Args:
        title: the line above.
        values: JSON values; an object within one is listed as `name.key`, a long list is wrapped.

    Returns:
        The title, and one aligned line a value.
    """
    flat = dict(_flatten(values))
    width = max(map(len, flat), default=0)
    hanging = " " * (width + 2 * len(_INDENT))
    lines = [
        textwrap.fill(
            _text(value),
            _WIDTH,
            initial_indent=f"{_INDENT}{name:<{width}}{_INDENT}",
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for name, value in flat.items()
    ]
    return "\n".join([title, *lines])


def _flatten(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _text(value: Any) -> str:  # noqa: ANN401 - JSON values
    if value is None or value in ("", [], {}):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value)
