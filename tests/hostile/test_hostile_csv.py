"""One CSV file for each way to be wrong, and what must come of it.

Each case is a folder with a good `dog.csv` of 50 rows and a `cat.csv` of 50 good rows plus the hostile piece.
"""

from typing import NamedTuple

import pytest

from components.errors import DataRefusedError, QuickdrawError, UsageError
from tests.components.example_gen.csv_folder import HEADER, row, run_executor, write_words

GOOD_ROWS = "".join(f"{row(key)}\n" for key in range(50))
GOOD = f"{HEADER}\n{GOOD_ROWS}"


class Outcome(NamedTuple):
    """How many cats are kept beside the 50 good ones, the other fates of rows, and the reasons of quarantine."""

    more: int = 0
    filtered: int = 0
    duplicate: int = 0
    reasons: dict[str, int] = {}


def good_and(*lines: str) -> bytes:
    return (GOOD + "\n".join([*lines, ""])).encode()


READ = {
    "too few columns": (good_and("US,5,True"), Outcome(reasons={"wrong number of columns": 1})),
    "too many columns": (good_and(f"{row(99)},more"), Outcome(reasons={"wrong number of columns": 1})),
    "unbalanced quote before a good row": (
        good_and(row(98).replace(']]]"', "]]]"), row(99)),
        Outcome(more=1, reasons={"wrong number of columns": 1}),
    ),
    "unbalanced quote at the end": (good_and('US,"[[[1, 2'), Outcome(reasons={"wrong number of columns": 1})),
    "unbalanced quote in the last column": (
        good_and(row(98, '"cat'), row(99)),
        Outcome(more=2),
    ),
    "cut short": (good_and('US,"[[[1],[2]]]",99,Tr'), Outcome(reasons={"wrong number of columns": 1})),
    "not JSON": (good_and(row(99, drawing="[[[1, 2], [3, 4]]")), Outcome(reasons={"drawing: not JSON": 1})),
    "no drawing": (good_and(row(99, drawing="")), Outcome(reasons={"drawing: not JSON": 1})),
    "unequal lists": (
        good_and(row(99, drawing="[[[1, 2], [3]]]")),
        Outcome(reasons={"drawing: x and y lists differ in length": 1}),
    ),
    "raw drawing with times": (
        good_and(row(99, drawing="[[[1, 2], [3, 4], [0, 16]]]")),
        Outcome(reasons={"drawing: a stroke is not two lists": 1}),
    ),
    "coordinates too large": (
        good_and(row(99, drawing="[[[1, 300], [3, 4]]]")),
        Outcome(reasons={"drawing: coordinate outside 0..255": 1}),
    ),
    "fractions": (good_and(row(99, drawing="[[[1.5], [3]]]")), Outcome(reasons={"drawing: not an integer": 1})),
    "recognized not a bool": (
        good_and(row(99, recognized="maybe")),
        Outcome(reasons={"recognized is neither True nor False": 1}),
    ),
    "not recognized": (good_and(row(99, recognized="False")), Outcome(filtered=1)),
    "no key_id": (good_and(row("")), Outcome(reasons={"key_id is empty or not UTF-8": 1})),
    "duplicated key_id": (good_and(row(7), row(7)), Outcome(duplicate=2)),
    "quoted line end": (good_and(row(99, drawing="[[[1],\n[2]]]")), Outcome(more=1)),
    "blank lines": (good_and("", "", row(99), ""), Outcome(more=1)),
    "byte order mark": (b"\xef\xbb\xbf" + good_and(row(99)), Outcome(more=1)),
    "CRLF": (good_and(row(99)).replace(b"\n", b"\r\n"), Outcome(more=1)),
    "no line end at the end": (good_and(row(99)).rstrip(b"\n"), Outcome(more=1)),
    "Latin-1 in the word": (
        good_and() + row(99, "caf\xe9\n").encode("latin-1"),
        Outcome(reasons={"word is empty or not UTF-8": 1}),
    ),
    "Latin-1 in a broken row": (
        good_and() + b"caf\xe9,5\n" + row(99).encode(),
        Outcome(more=1, reasons={"wrong number of columns": 1}),
    ),
    "NUL bytes": (good_and(row(99, drawing="[[[1\0], [2]]]")), Outcome(reasons={"drawing: not JSON": 1})),
    "a row of 9 MB": (
        good_and(row(98, drawing=f"[[[{'1,' * 4_500_000}1], [1]]]"), row(99)),
        Outcome(more=1, reasons={"drawing: x and y lists differ in length": 1}),
    ),
    "columns in another order, and more of them": (
        (
            "word,key_id,colour,recognized,drawing\n"
            + "".join(f'cat,{key},red,True,"[[[1],[2]]]"\n' for key in range(51))
        ).encode(),
        Outcome(more=1),
    ),
}

REFUSED = {
    "no column recognized": (
        GOOD.replace("recognized", "known").encode(),
        UsageError,
        r"lacks the column 'recognized'; its header is 'countrycode, drawing, key_id, known, timestamp, word'$",
    ),
    "header only": (f"{HEADER}\n".encode(), DataRefusedError, "no usable drawing of cat:"),
    "header without line end": (HEADER.encode(), DataRefusedError, "no usable drawing of cat:"),
    "zero bytes": (b"", UsageError, r"cat\.csv is empty; remove it or give it a header and rows$"),
    "line ends only": (b"\n\n", UsageError, r"cat\.csv is empty; remove it or give it a header and rows$"),
    "no header": (GOOD_ROWS.encode(), UsageError, r"cat\.csv lacks the column 'drawing'; its header is 'US, "),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), UsageError, r"cat\.csv lacks the column 'drawing'"),
    "UTF-16": (GOOD.encode("utf-16"), UsageError, r"cat\.csv lacks the column 'drawing'"),
    "only broken rows": (
        f"{HEADER}\n{'x,y' * 20}\n".encode(),
        DataRefusedError,
        r"1 of 51 rows are malformed, more than the tolerated 1\.00%: wrong number of columns \(1\)\. ",
    ),
}


@pytest.fixture
def data(tmp_path):
    """A folder with 50 good dogs, whose ids are not those of the cats."""
    write_words(tmp_path / "data", ["dog"], rows_per_word=50)
    return tmp_path / "data"


@pytest.mark.parametrize("case", READ)
def test_good_rows_are_kept_and_bad_ones_counted(case, data, tmp_path):
    content, expected = READ[case]
    (data / "cat.csv").write_bytes(content)
    ingested = run_executor(data, tmp_path / "out", max_bad_fraction=0.1)
    summary = ingested.summary
    outcome = Outcome(summary["kept"] - 100, summary["filtered"], summary["duplicate"], summary["reasons"])
    assert outcome == expected
    assert summary["read"] == 100 + expected.more + expected.filtered + expected.duplicate + sum(
        expected.reasons.values()
    )
    assert [line["reason"] for line in ingested.quarantine.get("cat", [])] == list(expected.reasons)


@pytest.mark.parametrize("case", REFUSED)
def test_unusable_files_are_refused_in_one_sentence(case, data, tmp_path):
    content, error, sentence = REFUSED[case]
    (data / "cat.csv").write_bytes(content)
    with pytest.raises(QuickdrawError, match=sentence) as refusal:
        run_executor(data, tmp_path / "out")
    assert type(refusal.value) is error
