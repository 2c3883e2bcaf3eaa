"""Errors that name the file."""

import pytest
import tensorflow as tf

from components.report.unreadable_input import UnreadableInputError, naming


@pytest.mark.parametrize(
    "error", [FileNotFoundError("gone"), ValueError("odd"), tf.errors.DataLossError(None, None, "cut")]
)
def test_an_error_while_reading_names_the_file(error):
    with pytest.raises(UnreadableInputError, match=r"run/push\.json cannot be read"), naming("run/push.json"):
        raise error


def test_a_missing_key_is_named_with_the_file():
    with pytest.raises(UnreadableInputError, match=r"run/push\.json lacks 'version'"), naming("run/push.json"):
        {}["version"]


def test_a_defect_of_ours_is_not_blamed_on_the_file():
    with pytest.raises(TypeError), naming("run/push.json"):
        len(3)
