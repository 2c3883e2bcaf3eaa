"""One word's CSV file, finished or in the making.

In the folder DIR of the finished files:

DIR/<word>.csv                     as many rows as were asked for, or all; or not there
DIR/quarantine/<word>.jsonl        the lines of the source that are no rows, if there are any
DIR/.download/<word>.json          the position: how far the source is read, and how long the files are by then
DIR/.download/<word>.csv.part      the CSV file in the making
DIR/.download/<word>.jsonl.part    the quarantine in the making

The position is replaced from time to time, once what it tells of is on the disk. The parts may then be longer than it
says; who goes on cuts them.
"""

import contextlib
import json
import os
import pathlib
from typing import BinaryIO

from components.disk import sync_to_disk
from components.errors import UsageError
from pipeline.download.csv_rows import HEADER, CsvRows
from pipeline.download.position import Position, load_position, save_position
from pipeline.download.served_object import ServedObject, object_name

STATE_FOLDER = ".download"
QUARANTINE_FOLDER = "quarantine"
# A checkpoint waits for the disk; a killed download reads again what came after the last one.
CHECKPOINT_BYTES = 8 << 20


class WordFile:
    """A word's files, all in one hand.

    Attributes:
        word: as Google writes it.
        form: of the source, one of FORMS.
        per_word: how many rows are wanted, the first of the source; None for all.
        position: how far the source is read; None at its beginning.
    """

    def __init__(self, out: pathlib.Path, word: str, form: str, per_word: int | None) -> None:
        """Looks at what is in the folder of the finished files, and changes nothing.

        Raises:
            UsageError: the finished file is there and was not written here, or has changed since.
        """
        self.word, self.form, self.per_word = word, form, per_word
        self._out = out
        self._csv = out / f"{word}.csv"
        self._quarantine = out / QUARANTINE_FOLDER / f"{word}.jsonl"
        self._state = out / STATE_FOLDER / f"{word}.json"
        self._csv_part = out / STATE_FOLDER / f"{word}.csv.part"
        self._malformed_part = out / STATE_FOLDER / f"{word}.jsonl.part"
        self._streams: list[BinaryIO] = []
        self._closing = contextlib.ExitStack()
        self._saved_offset = 0
        stored = load_position(self._state)
        if self._csv.exists() and (stored is None or _size(self._csv) != stored.csv_bytes):
            raise UsageError(
                f"{self._csv} is not as quickdraw download wrote it; move it, or name another folder with --out."
            )
        self.position = stored if stored and self._is_usable(stored) else None

    @property
    def source_name(self) -> str:
        """The object that the file is made of."""
        return object_name(self.form, self.word)

    @property
    def is_complete(self) -> bool:
        """Whether no more of the source is wanted."""
        if self.position is None:
            return False
        return self.position.is_at_end or self.position.rows == self.per_word

    @property
    def is_finished(self) -> bool:
        """Whether the wanted file is there under its name."""
        return self.is_complete and self._csv.exists()

    @property
    def rows_missing(self) -> int | None:
        """How many rows are still wanted; None for all that come."""
        return None if self.per_word is None else self.per_word - (self.position.rows if self.position else 0)

    def open(self) -> None:
        """Takes the parts up where the position says."""
        for folder in (self._state.parent, self._quarantine.parent):
            folder.mkdir(parents=True, exist_ok=True)
        if self._csv.exists():
            # It has too few rows, and is taken back rather than copied.
            self._csv.replace(self._csv_part)
            if self._quarantine.exists():
                self._quarantine.replace(self._malformed_part)
        if self.position is None:
            self.discard()
        else:
            self._open_parts(self.position)

    def begin(self, source: ServedObject) -> None:
        """Starts from nothing, with this version of the object."""
        self.discard()
        self._csv_part.write_bytes(HEADER)
        self._malformed_part.touch()
        self.position = Position(source)
        self._open_parts(self.position)

    def append(self, source: bytes, converted: CsvRows) -> None:
        """Adds what became of the lines behind the position; a full disk leaves the position as it was."""
        assert self.position is not None
        csv_part, malformed_part = self._streams
        csv_part.write(converted.text)
        records = "".join(
            json.dumps({"file": f"{self.word}.ndjson", **bad._replace(row=bad.row + self.position.lines)._asdict()})
            + "\n"
            for bad in converted.malformed
        ).encode()
        malformed_part.write(records)
        self.position = self.position.behind(source, converted, len(records))
        if self.position.offset - self._saved_offset >= CHECKPOINT_BYTES:
            self.save()

    def save(self) -> None:
        """Puts what was appended on the disk, and then the position."""
        if self.position is None:
            return
        for stream in self._streams:
            stream.flush()
            os.fsync(stream.fileno())
        save_position(self._state, self.position)
        self._saved_offset = self.position.offset

    def finish(self) -> None:
        """Gives the complete file its name."""
        assert self.position is not None
        self.save()
        self.close()
        self._quarantine.unlink(missing_ok=True)
        if self.position.malformed:
            self._malformed_part.replace(self._quarantine)
        else:
            self._malformed_part.unlink()
        self._csv_part.replace(self._csv)
        sync_to_disk(self._out)

    def discard(self) -> None:
        """Forgets all that has been read."""
        self.close()
        self.position, self._saved_offset = None, 0
        for path in (self._state, self._csv_part, self._malformed_part):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Closes the parts; what was appended and not saved will be read again."""
        self._streams = []
        self._closing.close()

    def _is_usable(self, stored: Position) -> bool:
        """Whether the files are as long as the position says, and what is wanted begins with what is there."""
        if stored.source.name != self.source_name or (self.per_word is not None and stored.rows > self.per_word):
            return False
        if self._csv.exists():
            return True
        return _size(self._csv_part) >= stored.csv_bytes and _size(self._malformed_part) >= stored.malformed_bytes

    def _open_parts(self, position: Position) -> None:
        lengths = {self._csv_part: position.csv_bytes, self._malformed_part: position.malformed_bytes}
        for path, length in lengths.items():
            stream = self._closing.enter_context(path.open("ab"))
            stream.truncate(length)
            self._streams.append(stream)
        self._saved_offset = position.offset


def _size(path: pathlib.Path) -> int:
    """Returns a file's length; -1 if it is missing."""
    return path.stat().st_size if path.exists() else -1
