"""What an ingest read, in the words of the model card."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from components.example_gen.data_file import DataFile
from components.example_gen.file_selection import data_fingerprint

# What decides about the examples that come out of the same files.
_DECIDES = ("words", "num_words", "per_word", "max_bad_fraction", "split_fractions", "code_fingerprint")


def read_words(text: str) -> list[str]:
    """Reads what a user writes where words are asked for.

    Args:
        text: for example "alarm clock, cat".

    Returns:
        The words; none for all.
    """
    return [word.strip() for word in text.split(",") if word.strip()]


def describe_origin(files: Sequence[DataFile], exec_properties: Mapping[str, Any]) -> dict[str, Any]:
    """Describes the data of a run.

    Args:
        files: those that are read.
        exec_properties: as `component.DrawingExampleGenSpec` has them; a `data_fingerprint` among them is believed.

    Returns:
        `folder`, `files_fingerprint`, `words`, `per_word`, `split`, and `examples_key`, a hash of whatever decides
        about the examples.
    """
    fingerprint = exec_properties.get("data_fingerprint") or data_fingerprint(files)
    decides = {name: exec_properties.get(name) for name in _DECIDES}
    text = json.dumps({**decides, "files": fingerprint}, sort_keys=True)
    fractions = json.loads(exec_properties["split_fractions"])
    return {
        "folder": exec_properties["data_dir"],
        "files_fingerprint": fingerprint,
        "examples_key": hashlib.sha256(text.encode()).hexdigest()[:16],
        "words": read_words(exec_properties.get("words", "")) or exec_properties.get("num_words") or "all",
        "per_word": exec_properties.get("per_word") or "all",
        "split": "hash of key_id, " + ", ".join(f"{name} {part:.0%}" for name, part in fractions.items()),
    }
