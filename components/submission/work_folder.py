"""The folder beside a submission that outlives a kill: the parts that are done, and what they are answers of."""

import contextlib
import json
import pathlib
import shutil
from collections.abc import Iterator, Mapping

from components.atomic_file import write_atomically
from components.errors import UsageError
from components.file_lock import held, is_held
from components.submission.parts import list_parts

_RUN_FILE = "run.json"
_LOCK_FILE = ".lock"


def folder_of(out: pathlib.Path) -> pathlib.Path:
    """Where the parts of a submission lie until they are joined."""
    return out.with_name(f"{out.name}.parts")


@contextlib.contextmanager
def opened(out: pathlib.Path) -> Iterator[pathlib.Path]:
    """Holds the work folder of a submission; the system lets go of it even if this process is killed.

    It is removed when the body is done, and also when the body fails before the first part.

    Args:
        out: the submission's file.

    Yields:
        The folder.

    Raises:
        UsageError: another process holds it, or it is not a work folder.
    """
    folder = folder_of(out)
    lock = folder / _LOCK_FILE
    if folder.exists() and not lock.exists():
        raise UsageError(f"{folder} is needed for unfinished work, and something else is there; move it away.")
    if is_held(lock):
        raise UsageError(f"another run writes {out}; wait for it, or choose another file with --out.")
    folder.mkdir(parents=True, exist_ok=True)
    with held(lock):
        try:
            yield folder
        except BaseException:
            if not list_parts(folder):
                shutil.rmtree(folder)
            raise
        shutil.rmtree(folder)


def begin(folder: pathlib.Path, fingerprint: Mapping[str, str]) -> str:
    """Keeps the parts of an earlier run that did the same, and no others.

    Args:
        folder: of `opened`.
        fingerprint: what the answers depend on, by the name that a sentence gives it.

    Returns:
        "" if the parts, if any, are kept; else the names of what has changed.
    """
    run = folder / _RUN_FILE
    before = json.loads(run.read_text(encoding="utf-8")) if run.is_file() else dict(fingerprint)
    changed = [name for name, value in fingerprint.items() if before.get(name) != value]
    if changed:
        # Before the fingerprint, which still tells of the parts that are left, should this be killed.
        discard(folder)
    write_atomically(str(run), json.dumps(dict(fingerprint), indent=1).encode())
    return " and ".join(changed)


def discard(folder: pathlib.Path) -> None:
    """Removes what was made of the drawings, and leaves what tells of it."""
    for path in [*folder.glob("part-*"), *folder.glob("unpacked.*")]:
        path.unlink()
