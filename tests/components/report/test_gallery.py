"""The doodles shown: the first eight of each word."""

import pytest

from components.report.gallery import Row, read_gallery
from components.report.sketch import sketch_of
from components.report.unreadable_input import UnreadableInputError


def _split(run):
    return f"{run.inputs()['examples'][0].uri}/Split-test"


def test_shows_each_word_in_the_order_asked_for(run):
    assert read_gallery(_split(run), ["ice_cream", "sun"]).doodles == {
        "ice_cream": [sketch_of("[[[7], [9]], [[0, 100, 50], [0, 200, 255]]]")],
        "sun": [sketch_of("[[[0, 255], [10, 20]]]")],
    }


def test_the_first_five_rows_are_told_whatever_their_word(run):
    run.drawings = [("house", f"[[[{number}], [0]]]") for number in range(7)]
    rows = read_gallery(_split(run), []).rows
    assert len(rows) == 5
    assert rows[3] == Row("US", "[[[3], [0]]]", "5152802093400064", 2, 5, "house")


def test_a_long_drawing_is_cut_off_in_the_rows(run):
    run.drawings = [("sun", str([[[0] * 20, [0] * 20]]))]
    assert read_gallery(_split(run), []).rows[0].drawing == "[[[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …"


def test_shows_the_first_eight_and_no_other_word(run):
    run.drawings = [("sun", f"[[[{number}], [0]]]") for number in range(9)] + [("house", "[[[1], [1]]]")]
    doodles = read_gallery(_split(run), ["sun", "tree"]).doodles
    assert list(doodles) == ["sun", "tree"]
    assert [sketch.path for sketch in doodles["sun"]] == [f"M{number} 0h0" for number in range(8)]


def test_a_word_without_test_drawings_is_empty(run):
    assert read_gallery(_split(run), ["anvil"]).doodles == {"anvil": []}


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
        assert read_gallery(split, ["sun"]).doodles == {"sun": []}


def test_a_drawing_that_is_none_is_named(run):
    run.drawings = [("sun", "[]")]
    with pytest.raises(UnreadableInputError, match=r"Split-test .*no strokes"):
        read_gallery(_split(run), ["sun"])
