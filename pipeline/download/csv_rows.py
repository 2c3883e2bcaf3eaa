"""Turns lines of Google's ndjson into rows of Kaggle's CSV files, byte for byte as Kaggle writes them.

    {"word":"cat","countrycode":"VE","timestamp":"2017-03-02 23:25:10.07453 UTC","recognized":true,
     "key_id":"5201136883597312","drawing":[[[130,113],[72,40]]]}
    VE,"[[[130, 113], [72, 40]]]",5201136883597312,True,2017-03-02 23:25:10.074530,cat

Almost every line of the simplified files is written in that one regular way, and pyarrow turns thousands of them at
once. All others go through `json` one by one, and what cannot become a row is set aside with its reason.
"""

import re
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.example_gen.drawing_shapes import measure_drawings
from components.example_gen.row_batch import BadRow
from pipeline.download.json_line import SECOND_PATTERN, MalformedLineError, convert_line

COLUMNS = ("countrycode", "drawing", "key_id", "recognized", "timestamp", "word")
HEADER = (",".join(COLUMNS) + "\n").encode()

_REST_OF_HEAD = (
    r'","countrycode":"(?P<countrycode>[A-Z]*)",'
    rf'"timestamp":"(?P<second>{SECOND_PATTERN})\.(?P<fraction>[0-9]{{1,6}}) UTC",'
    r'"recognized":(?P<recognized>true|false),"key_id":"(?P<key_id>[0-9]+)","drawing":\['
)
_BEFORE_DRAWING = b',"drawing":'
# No blank in it: every comma then becomes a comma and a blank, as in Kaggle's.
_DRAWING_AND_END = r"\A\[[][0-9,]*\]\}\z"


class CsvRows(NamedTuple):
    """What some lines became.

    Attributes:
        text: the rows, as the CSV file has them.
        rows: how many.
        source_bytes: how many bytes of the source they were made of; fewer than given if there were rows enough.
        source_lines: how many lines these bytes are, without blank ones.
        malformed: the lines among them that are no rows, numbered from 1; `text` is the whole line.
    """

    text: bytes
    rows: int
    source_bytes: int
    source_lines: int
    malformed: list[BadRow]


def to_csv_rows(source: bytes, word: str, is_raw: bool, limit: int | None = None) -> CsvRows:
    """Converts lines of one word's file.

    Args:
        source: whole lines; only the last one may lack its end.
        word: that all rows must have.
        is_raw: the drawings are as they were drawn and have to be simplified.
        limit: stop after so many rows, at least 1.
    """
    lines = pc.split_pattern(pa.array([source], pa.binary()), b"\n").flatten()
    # Behind the last line's end stands nothing, which is no line.
    lines = lines[: len(lines) - (not source or source.endswith(b"\n"))]
    outcomes = [None] * len(lines) if is_raw else _convert_regular(lines, word)
    rows: list[bytes] = []
    malformed: list[BadRow] = []
    offset = 0
    for line, outcome in zip(lines.to_pylist(), outcomes, strict=True):
        if len(rows) == limit:
            break
        # The end of the last line may be missing.
        offset = min(offset + len(line) + 1, len(source))
        try:
            if line.strip():
                rows.append(outcome or convert_line(line, word, is_raw))
        except MalformedLineError as error:
            number = len(rows) + len(malformed) + 1
            malformed.append(BadRow(number, error.key_id, error.word, error.reason, line.decode("utf-8", "replace")))
    return CsvRows(b"".join(rows), len(rows), offset, len(rows) + len(malformed), malformed)


def _convert_regular(lines: pa.BinaryArray, word: str) -> list[bytes | None]:
    """Returns the rows that regular lines become, and None for every other line."""
    heads = pc.extract_regex(lines, rf'\A\{{"word":"{re.escape(word)}{_REST_OF_HEAD}')
    is_regular = np.asarray(heads.is_valid())
    # Apart from the head, because RE2 is slow where it has to find the borders of a long match.
    tails = pc.list_element(pc.split_pattern(lines.filter(heads.is_valid()), _BEFORE_DRAWING, max_splits=1), 1)
    is_closed = pc.match_substring_regex(tails, _DRAWING_AND_END)
    is_regular[is_regular] = is_closed
    drawings = pc.binary_replace_slice(tails.filter(is_closed), -1, np.iinfo(np.int64).max, b"")
    is_drawing = measure_drawings(drawings).points > 0
    is_regular[is_regular] = is_drawing
    rows = iter(
        _join_cells(heads.filter(pa.array(is_regular)), drawings.filter(pa.array(is_drawing)), word).to_pylist()
    )
    return [next(rows) if each else None for each in is_regular.tolist()]


def _join_cells(heads: pa.StructArray, drawings: pa.BinaryArray, word: str) -> pa.BinaryArray:
    """Writes the cells of regular lines, none of which but the drawing needs quotes."""
    # Not `field`, which forgets where a filtered array begins.
    cells = dict(zip((field.name for field in heads.type), heads.flatten(), strict=True))
    drawings = pc.replace_substring(drawings, b",", b", ")
    fraction = pc.ascii_rpad(cells["fraction"].cast(pa.string()), 6, "0").cast(pa.binary())
    recognized = pc.if_else(pc.equal(cells["recognized"], b"true"), b",True,", b",False,")
    time = [cells["second"], b".", fraction]
    end = f",{word}\n".encode()
    return pc.binary_join_element_wise(
        cells["countrycode"], b',"', drawings, b'",', cells["key_id"], recognized, *time, end, b""
    )
