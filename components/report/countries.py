"""Where the drawings come from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_MOST_COUNTRIES = 15
_UNKNOWN = ""


@dataclass(frozen=True)
class Country:
    """A country's code, or what stands for several, its drawings, and their share of those whose country is known."""

    name: str
    drawings: int
    share: float


@dataclass(frozen=True)
class Countries:
    """The drawings by country.

    Attributes:
        rows: The fifteen commonest countries, commonest first, and one row for all others if there are more.
        known: How many drawings tell their country.
        unknown: How many do not.
    """

    rows: Sequence[Country]
    known: int
    unknown: int


def countries(splits: Iterable[Mapping[str, int]]) -> Countries | None:
    """Adds the splits up.

    Args:
        splits: country code -> drawings, for each split; the empty code is an unknown country.

    Returns:
        The countries, or None where nothing was counted.
    """
    total: Counter[str] = Counter()
    for counts in splits:
        total.update(counts)
    if not total:
        return None
    unknown = total.pop(_UNKNOWN, 0)
    known = total.total()
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    rows = [Country(code, drawings, drawings / known) for code, drawings in ranked[:_MOST_COUNTRIES]]
    others = ranked[_MOST_COUNTRIES:]
    if others:
        drawings = sum(count for _, count in others)
        name = f"{len(others)} others" if len(others) > 1 else "1 other"
        rows.append(Country(name, drawings, drawings / known))
    return Countries(rows, known, unknown)
