import json

import pytest

from components.errors import UsageError
from pipeline.cli.predict.answers import AnswerPrinter, as_json, as_line
from pipeline.cli.predict.drawing_rows import DrawingRow
from pipeline.cli.predict.progress_line import ProgressLine
from serving.client import Guess

GUESSES = [Guess("ant", 0.91), Guess("the_eiffel_tower", 0.04), Guess("", 0.0)]
DOT = DrawingRow(1, "[[[0],[0]]]")


@pytest.fixture
def printer():
    """A function that makes a printer for a file."""

    def make(is_one=False, top=3, is_json=False, columns=0):
        return AnswerPrinter("ants.csv", is_one, top, is_json, columns, ProgressLine())

    return make


def test_a_line():
    assert as_line(GUESSES[:2]) == "ant 0.91  the_eiffel_tower 0.04"
    assert as_line([]) == "not a drawing"


def test_a_json_object_has_always_the_same_keys():
    assert as_json(7, [Guess("ant", 0.20000000298), Guess("bee", 0.1)], "") == (
        '{"row": 7, "words": ["ant", "bee"], "scores": [0.2, 0.1], "error": null}'
    )
    assert as_json(8, [], "not JSON") == '{"row": 8, "words": [], "scores": [], "error": "not JSON"}'


def test_the_best_words_only(printer, capsys):
    printer(top=1).print(DOT, GUESSES)
    printer(top=9).print(DOT, GUESSES)
    assert capsys.readouterr().out == "ant 0.91\nant 0.91  the_eiffel_tower 0.04\n"


def test_a_picture_above_the_answer(printer, capsys):
    printer(columns=32).print(DOT, GUESSES)
    assert capsys.readouterr().out == "⠁\nant 0.91  the_eiffel_tower 0.04\n"


def test_a_bad_row_is_explained_beside_the_answers(printer, capsys):
    some = printer(columns=32)
    some.print(DrawingRow(2, "", "no strokes"), [])
    some.print(DOT, GUESSES)
    some.check()
    assert capsys.readouterr() == (
        "not a drawing\n⠁\nant 0.91  the_eiffel_tower 0.04\n",
        "quickdraw: ants.csv, row 2 is not a drawing: no strokes.\n",
    )


def test_what_only_the_model_refuses(printer, capsys):
    printer(is_json=True).print(DOT, [Guess("", 0.0)] * 3)
    out, err = capsys.readouterr()
    assert json.loads(out)["error"] == "the model takes it for none"
    assert err == "quickdraw: ants.csv, row 1 is not a drawing: the model takes it for none.\n"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (0, r"There is no drawing in ants\.csv: it is empty\."),
        (1, r"ants\.csv, row 1 is not a drawing: not JSON; give a JSON list"),
        (2, r"nothing in ants\.csv is a drawing; give a JSON list"),
    ],
)
def test_no_drawing_at_all(printer, capsys, rows, sentence):
    some = printer(is_one=rows == 1)
    for number in range(rows):
        some.print(DrawingRow(number + 1, "", "not JSON"), [])
    with pytest.raises(UsageError, match=sentence):
        some.check()
    assert capsys.readouterr().err.count("is not a drawing") == (0 if rows == 1 else rows)
