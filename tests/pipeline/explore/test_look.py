"""From a folder to findings."""

import pytest

from components.errors import UsageError
from pipeline.explore.look import look
from tests.pipeline.explore.data_folder import write_folder


def test_looks_at_all_words_or_some_or_one(tmp_path):
    data = write_folder(tmp_path)
    assert look(data).kept == 6
    assert list(look(data, ["ice cream", "bat"]).words) == ["bat", "ice_cream"]
    assert look(data, ["ant"]).files == 1


def test_a_word_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="has no file for the word 'ants'; the nearest are ant"):
        look(write_folder(tmp_path), ["ants"])
