"""A registry of small folders that pass for models."""

import json
import os
import pathlib
from typing import Any

LONG_AGO = 1_700_000_000


def make_version(registry: pathlib.Path, version: int, run: dict[str, Any] | None = None) -> pathlib.Path:
    """Writes a version that was pushed long ago.

    Returns:
        Its folder.
    """
    folder = registry / str(version)
    (folder / "assets.extra").mkdir(parents=True)
    (folder / "saved_model.pb").write_text(f"model {version}")
    if run is not None:
        (folder / "assets.extra" / "run.json").write_text(json.dumps(run))
    os.utime(folder, (LONG_AGO, LONG_AGO))
    return folder


def unchecked(staging: pathlib.Path) -> None:
    """What is staged here is no model."""
