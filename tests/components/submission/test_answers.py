import numpy as np

from components.submission.answers import complete

FREQUENT = ("mouth", "eye", "cat")


def words(*rows: list[bytes]) -> np.ndarray:
    return np.array(rows, object)


def test_a_whole_answer_stays_as_it_is() -> None:
    assert complete(words([b"ant", b"bee", b"alarm_clock"]), FREQUENT) == (["ant bee alarm_clock"], 0)


def test_what_is_no_drawing_gets_the_frequent_words_and_is_counted() -> None:
    answers = complete(words([b"", b"", b""], [b"ant", b"bee", b"cat"], [b"", b"", b""]), FREQUENT)
    assert answers == (["mouth eye cat", "ant bee cat", "mouth eye cat"], 2)


def test_words_without_any_probability_are_filled_up_without_repeating_one() -> None:
    # The softmax of a sure network can be exactly 0 for all other words.
    assert complete(words([b"eye", b"", b""], [b"ant", b"mouth", b""]), FREQUENT) == (
        ["eye mouth cat", "ant mouth eye"],
        0,
    )


def test_a_model_of_two_words_answers_two() -> None:
    two = complete(words([b"ant", b"bee", b""], [b"ant", b"", b""], [b"", b"", b""]), ("bee", "ant"))
    assert two == (["ant bee", "ant bee", "bee ant"], 1)
