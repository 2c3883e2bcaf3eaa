"""What a person or a program reads of the answers."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from components.drawing import parse_drawing
from components.errors import UsageError
from pipeline.cli.predict.braille import braille_picture
from pipeline.cli.predict.drawing_rows import DrawingRow
from pipeline.cli.predict.progress_line import ProgressLine

if TYPE_CHECKING:
    from serving.client import Guess

_DECIMALS = 6  # of a float32 score that does not differ between gRPC and REST
_ADVICE = "give a JSON list of strokes [[x...], [y...]] for each drawing"


class AnswerPrinter:
    """Prints one answer a row on standard output, and a sentence for a row that is no drawing on standard error."""

    def __init__(
        self, name: str, is_one: bool, top: int, is_json: bool, picture_columns: int, progress: ProgressLine
    ) -> None:
        """Says how.

        Args:
            name: What the input is called in a sentence.
            is_one: Whether it is one row, which if it is bad is the error itself.
            top: The most words of an answer.
            is_json: Whether an answer is a JSON object.
            picture_columns: The width of the picture above an answer; 0 for none.
            progress: Counts the rows, and keeps its line out of the sentences.
        """
        self._name, self._is_one, self._top = name, is_one, top
        self._is_json, self._columns, self._progress = is_json, picture_columns, progress
        self._rows = self._recognized = 0
        self._refusal = f"nothing in {name} is a drawing"

    def print(self, row: DrawingRow, guesses: Sequence["Guess"]) -> None:
        """Prints the answer for a row; a model answers no words for what it takes for no drawing."""
        words = [guess for guess in guesses if guess.word][: self._top]
        reason = "" if words else row.reason or "the model takes it for none"
        self._rows += 1
        self._recognized += bool(words)
        if reason:
            self._explain(f"{self._name}, row {row.number} is not a drawing: {reason}")
        elif self._columns:
            print(braille_picture(parse_drawing(row.text), self._columns))
        print(as_json(row.number, words, reason) if self._is_json else as_line(words), flush=True)
        self._progress.add()

    def check(self) -> None:
        """Looks at what the whole input came to.

        Raises:
            UsageError: There was no drawing in it.
        """
        if not self._rows:
            raise UsageError(f"There is no drawing in {self._name}: it is empty.")
        if not self._recognized:
            raise UsageError(f"{self._refusal}; {_ADVICE}.")

    def _explain(self, refusal: str) -> None:
        if self._is_one:
            self._refusal = refusal
        else:
            self._progress.say(f"quickdraw: {refusal}.")


def as_line(guesses: Sequence["Guess"]) -> str:
    """Writes guesses such as `airplane 0.91  ant 0.04  angel 0.01`, or `not a drawing`."""
    return "  ".join(f"{guess.word} {guess.score:.2f}" for guess in guesses) or "not a drawing"


def as_json(number: int, guesses: Sequence["Guess"], reason: str) -> str:
    """Writes one JSON object on one line, always with these keys.

    `row`: the row's number, from 1; `words`: best first; `scores`: 0..1, as many; `error`: null, or why the row is no
    drawing.
    """
    answer = {
        "row": number,
        "words": [guess.word for guess in guesses],
        "scores": [round(guess.score, _DECIMALS) for guess in guesses],
        "error": reason or None,
    }
    return json.dumps(answer, ensure_ascii=False)
