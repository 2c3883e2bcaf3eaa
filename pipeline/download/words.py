"""The words of the data set: Google's 345, and the 340 of them that Kaggle's challenge took.

Both lists are text files beside this module, one word a line, with blanks as in the names of Google's objects. Kaggle
left five words out: aircraft carrier, knife, lighter, rifle and syringe.
"""

import difflib
import functools
from importlib import resources

from components.errors import UsageError
from components.example_gen.data_file import label_of

ALL = "all"
KAGGLE = "kaggle"


@functools.cache
def google_words() -> tuple[str, ...]:
    """Returns the 345 words that Google's bucket has drawings of."""
    return _read("google_words.txt")


@functools.cache
def kaggle_words() -> tuple[str, ...]:
    """Returns the 340 words of Kaggle's "Quick, Draw! Doodle Recognition Challenge"."""
    return _read("kaggle_words.txt")


def choose_words(text: str) -> list[str]:
    """Reads what the user wants to have.

    Args:
        text: `all`, `kaggle`, or words separated by commas, with blanks or underscores, in capitals or not.

    Returns:
        Each word once, as Google writes it, in the order of `text`.

    Raises:
        UsageError: a word is not one of the 345, or there is none.
    """
    if text.strip() in {ALL, KAGGLE}:
        return list(google_words() if text.strip() == ALL else kaggle_words())
    known = {_key(word): word for word in google_words()}
    wanted = [word.strip() for word in text.split(",") if word.strip()]
    if not wanted:
        raise UsageError(f"--words names no word; give words separated by commas, {KAGGLE} or {ALL}.")
    for word in wanted:
        if _key(word) not in known:
            raise UsageError(f"Google has no drawings of {word!r}; {near_words(word)}.")
    return list(dict.fromkeys(known[_key(word)] for word in wanted))


def near_words(word: str) -> str:
    """Returns half a sentence that names the words most like one, or says where all of them are listed."""
    known = {_key(each): each for each in google_words()}
    nearest = [known[key] for key in difflib.get_close_matches(_key(word), known, n=4) if key != _key(word)]
    return f"near words are {', '.join(nearest[:3])}" if nearest else "quickdraw download --list prints the words"


def _key(word: str) -> str:
    return label_of(word).lower()


def _read(name: str) -> tuple[str, ...]:
    return tuple(resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())
