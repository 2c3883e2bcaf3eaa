"""The quick reader: what it reads is what the general parser reads, and it knows what it must leave alone."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.example_gen.csv_reader import _parse_any
from components.example_gen.regular_csv import parse_regular
from tests.components.example_gen.csv_folder import HEADER, row

COLUMNS = HEADER.split(",")


def test_reads_what_kaggle_writes():
    data = b'US,"[[[1, 2], [3, 4]]]",17,True,2017-03-01,cat\n,"",18,False,,alarm clock\n'
    assert parse_regular(data, COLUMNS).to_pydict() == {
        "countrycode": [b"US", b""],
        "drawing": [b"[[[1, 2], [3, 4]]]", b""],
        "key_id": [b"17", b"18"],
        "recognized": [b"True", b"False"],
        "word": [b"cat", b"alarm clock"],
    }


@pytest.mark.parametrize(
    "columns", [["key_id", "recognized", "word", "drawing"], ["drawing", "word", "key_id", "recognized"]]
)
def test_columns_come_in_any_order_and_a_country_may_be_missing(columns):
    cells = {"key_id": "17", "recognized": "True", "word": "cat", "drawing": '"[[[1],[2]]]"'}
    data = ",".join(cells[name] for name in columns).encode() + b"\n"
    table = parse_regular(data, columns)
    assert table.to_pylist() == [
        {"countrycode": b"", "drawing": b"[[[1],[2]]]", "key_id": b"17", "recognized": b"True", "word": b"cat"}
    ]


def test_a_file_without_drawings_is_left_to_the_general_parser():
    assert parse_regular(b'17,"alarm clock"\n', ["key_id", "word"]) is None


@pytest.mark.parametrize(
    "data",
    [
        b'US,"[[[1]\n,[2]]]",17,True,t,cat\n',
        b'US,"say ""hi""",17,True,t,cat\n',
        b'US,,17,True,t,"cat"\n',
        b'US,[],17,True,t,"cat"\n',
        b'"US",,17,True,t,cat\n',
        b"US,[],17,True,t,cat\n",
        b'US,"[]",17,True,t\n',
        b'US,"[]",17,True,t,cat,more\n',
        b'US,"[]",17,True,t,cat\n\n',
        b'US,"[]",17,True,t,cat\r\n',
        b'US,"[]",17,True,t,cat',
        b'US,a"[]",17,True,t,cat\n',
        b'US,"[]"b,17,True,t,cat\n',
        b'US,"[]\nUS,[]",17,True,t,cat\n',
        b"\n",
    ],
)
def test_leaves_everything_else_to_the_general_parser(data):
    assert parse_regular(data, COLUMNS) is None


_CELLS = st.text(st.sampled_from('a1,"\n\r []é'), max_size=4)
_LINES = st.one_of(
    st.just(row(17)),
    st.just(row(18, drawing="[[[1, 2], [3, 4]], [[5], [6]]]")),
    st.lists(_CELLS, min_size=5, max_size=7).map(",".join),
    st.tuples(_CELLS, _CELLS).map(lambda cells: f'{cells[0]},"{cells[1]}",19,True,,cat'),
)


@given(st.lists(_LINES, min_size=1, max_size=4))
@example([row(17), row(18)])
@example([row(17), 'US,"[]",20,True,"t","cat"', "US,,21,True,t,cat"])
@example(['US,"[\n]","20",True,t,cat', row(17)])
@example([row(17), 'US,,20,True,t,"cat"'])
def test_reads_what_the_general_parser_reads(lines):
    data = ("\n".join(lines) + "\n").encode()
    regular = parse_regular(data, COLUMNS)
    if regular is not None:
        table, broken = _parse_any(data, COLUMNS)
        assert broken == []
        assert regular.equals(table.select(regular.column_names))
        regular.validate(full=True)


def test_columns_that_are_not_there_are_as_the_general_parser_gives_them():
    data, columns = b'17,"[[[1],[2]]]"\n', ["key_id", "drawing"]
    table, _ = _parse_any(data, columns)
    assert parse_regular(data, columns).equals(table.select(parse_regular(data, columns).column_names))


def test_of_two_columns_of_one_name_it_takes_neither():
    assert parse_regular(b'1,"[]",2\n', ["word", "drawing", "word"]) is None


def test_its_cells_are_binary_as_the_general_parsers():
    table = parse_regular((row(17) + "\n").encode(), COLUMNS)
    assert set(table.schema.types) == {pa.binary()}
