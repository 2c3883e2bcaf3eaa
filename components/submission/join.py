"""The parts in the order of the rows -> the submission, whole or not there."""

import hashlib
import pathlib
from collections.abc import Sequence
from typing import NamedTuple

from components.atomic_file import opened_atomically
from components.submission.parts import list_parts, open_part
from components.submission.survey import Shard

# Kaggle's "Quick, Draw! Doodle Recognition Challenge": one line a drawing, three words with blanks between them.
HEADER = "key_id,word\n"


class Joined(NamedTuple):
    """A submission: its rows, how many of their drawings were none, and the SHA-256 of its file in hexadecimal."""

    rows: int
    malformed: int
    sha256: str


def join(folder: pathlib.Path, shards: Sequence[Shard], out: pathlib.Path) -> Joined:
    """Joins the parts; memory holds a piece of one.

    Args:
        folder: of the parts.
        shards: all of the file, in its order.
        out: the submission's file; one that is there is replaced.

    Raises:
        RuntimeError: a part is missing or has not the rows of its shard, which is a defect of ours.
    """
    parts = list_parts(folder)
    digest = hashlib.sha256()
    rows = malformed = 0
    with opened_atomically(str(out)) as target:

        def write(block: bytes) -> None:
            digest.update(block)
            target.write(block)

        write(HEADER.encode())
        for shard in shards:
            if shard.number not in parts:
                raise RuntimeError(f"the part of shard {shard.number} is missing")
            with parts[shard.number].open("rb") as stream:
                counts, blocks = open_part(stream)
                if counts.rows != shard.rows:
                    raise RuntimeError(f"the part of shard {shard.number} has {counts.rows} rows, not {shard.rows}")
                for block in blocks:
                    write(block)
            rows += counts.rows
            malformed += counts.malformed
    return Joined(rows, malformed, digest.hexdigest())
