"""The doodles shown: the first eight of each word."""

import pytest

from components.drawing import Stroke
from components.report.gallery import choose_words, read_gallery
from components.report.unreadable_input import UnreadableInputError


def _split(run):
    return f"{run.inputs()['examples'][0].uri}/Split-test"


def test_ten_words_are_all_shown_in_alphabetical_order():
    assert choose_words(["sun", "Zoo", "ant"]) == ["ant", "sun", "Zoo"]
    assert choose_words("jihgfedcba") == list("abcdefghij")


def test_of_more_words_ten_are_shown_from_all_over_the_alphabet():
    assert choose_words("abcdefghijk") == list("abcdefghij")
    words = [f"w{number:03d}" for number in range(345)]
    assert choose_words(words) == [f"w{number:03d}" for number in (0, 34, 69, 103, 138, 172, 207, 241, 276, 310)]


def test_shows_each_word_in_the_order_asked_for(run):
    assert read_gallery(_split(run), ["ice_cream", "sun"]) == {
        "ice_cream": [[Stroke([7], [9]), Stroke([0, 100, 50], [0, 200, 255])]],
        "sun": [[Stroke([0, 255], [10, 20])]],
    }


def test_shows_the_first_eight_and_no_other_word(run):
    run.drawings = [("sun", f"[[[{number}], [0]]]") for number in range(9)] + [("house", "[[[1], [1]]]")]
    gallery = read_gallery(_split(run), ["sun", "tree"])
    assert list(gallery) == ["sun", "tree"]
    assert [strokes[0].xs for strokes in gallery["sun"]] == [[0], [1], [2], [3], [4], [5], [6], [7]]


def test_a_word_without_test_drawings_is_empty(run):
    assert read_gallery(_split(run), ["anvil"]) == {"anvil": []}


def test_a_folder_without_examples_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match="Split-test holds no examples"):
        read_gallery(str(tmp_path / "Split-test"), ["sun"])


@pytest.mark.parametrize("content", [b"not gzip", b""])
def test_a_broken_file_is_named_or_empty(run, content):
    split = _split(run)
    (run.folder / "examples" / "Split-test" / "data-00000-of-00001.tfrecord.gz").write_bytes(content)
    if content:
        with pytest.raises(UnreadableInputError, match="Split-test"):
            read_gallery(split, ["sun"])
    else:
        assert read_gallery(split, ["sun"]) == {"sun": []}


def test_a_drawing_that_is_none_is_named(run):
    run.drawings = [("sun", "[]")]
    with pytest.raises(UnreadableInputError, match=r"Split-test .*no strokes"):
        read_gallery(_split(run), ["sun"])
