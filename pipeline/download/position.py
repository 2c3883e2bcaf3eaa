"""How far a word's source has been read: what a killed download needs to go on."""

import base64
import dataclasses
import json
import pathlib

import google_crc32c

from components.disk import sync_to_disk
from pipeline.download.csv_rows import HEADER, CsvRows
from pipeline.download.served_object import ServedObject


@dataclasses.dataclass(frozen=True)
class Position:
    """A place between two lines of the source, and how long the files are that were made of what is before it.

    Attributes:
        source: the version of the object.
        offset: bytes of the source.
        crc32c: of these bytes.
        lines: how many lines they are, without blank ones.
        rows: rows in the CSV file.
        csv_bytes: its length.
        malformed: lines in the quarantine.
        malformed_bytes: its length.
    """

    source: ServedObject
    offset: int = 0
    crc32c: int = 0
    lines: int = 0
    rows: int = 0
    csv_bytes: int = len(HEADER)
    malformed: int = 0
    malformed_bytes: int = 0

    @property
    def is_at_end(self) -> bool:
        """Whether the whole source has been read."""
        return self.offset >= self.source.size

    @property
    def is_damaged(self) -> bool:
        """Whether the whole source has been read, and is not what the server has by its checksum."""
        expected = self.source.crc32c
        return (
            self.is_at_end and bool(expected) and base64.b64encode(self.crc32c.to_bytes(4, "big")).decode() != expected
        )

    def behind(self, source: bytes, converted: CsvRows, malformed_bytes: int) -> "Position":
        """Returns the position behind some more lines.

        Args:
            source: the bytes that follow this position.
            converted: what became of them, or of the first of them.
            malformed_bytes: the length of their malformed lines in the quarantine.
        """
        return Position(
            source=self.source,
            offset=self.offset + converted.source_bytes,
            crc32c=google_crc32c.extend(self.crc32c, source[: converted.source_bytes]),
            lines=self.lines + converted.source_lines,
            rows=self.rows + converted.rows,
            csv_bytes=self.csv_bytes + len(converted.text),
            malformed=self.malformed + len(converted.malformed),
            malformed_bytes=self.malformed_bytes + malformed_bytes,
        )


def save_position(path: pathlib.Path, position: Position) -> None:
    """Replaces the position that is stored, in one step."""
    fields = {**dataclasses.asdict(position), "source": position.source._asdict()}
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
    sync_to_disk(unfinished)
    unfinished.replace(path)


def load_position(path: pathlib.Path) -> Position | None:
    """Returns the position that is stored; None if there is none, or if somebody has changed it beyond use."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Position(**{**fields, "source": ServedObject(**fields["source"])})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
