"""Where the model came from: preset, configuration, data and code, as the model card has them."""

from collections.abc import Mapping
from typing import Any

_PARTS = {"data": "Data", "training": "Training", "versions": "Libraries"}
_RUN = {"preset": "preset", "commit": "commit", "code": "code fingerprint"}


def provenance(card: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Lists names and values by title.

    Args:
        card: of `components.trainer.model_card`; what it lacks is left out.
    """
    parts = {"Code": [(name, str(card[key])) for key, name in _RUN.items() if key in card]}
    parts |= {title: _values(card[key]) for key, title in _PARTS.items() if key in card}
    return {title: values for title, values in parts.items() if values}


def _values(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), _text(value)) for name, value in part.items()]


def _text(value: Any) -> str:  # noqa: ANN401 - JSON values
    if isinstance(value, dict):
        value = [f"{name.replace('_', ' ')} {_text(one)}" for name, one in value.items()]
    if isinstance(value, list):
        return ", ".join(map(_text, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value in (None, "") else str(value)
