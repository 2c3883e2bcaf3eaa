"""The words that stand for all others."""

from components.report.word_choice import choose_words


def test_five_words_are_all_shown_in_alphabetical_order():
    assert choose_words(["sun", "Zoo", "ant"]) == ["ant", "sun", "Zoo"]
    assert choose_words("edcba") == list("abcde")


def test_of_more_words_five_are_shown_from_all_over_the_alphabet():
    assert choose_words("abcdef") == list("abcde")
    words = [f"w{number:03d}" for number in range(345)]
    assert choose_words(words) == [f"w{number:03d}" for number in (0, 69, 138, 207, 276)]
