"""Rules about words."""

from components.data_gate.word_rules import find_missing_words, find_unbalanced_words, name_words


def test_every_word_everywhere() -> None:
    counts = {"train": {"ant": 8, "bee": 8}, "eval": {"ant": 1, "bee": 1}}
    assert list(find_missing_words(counts)) == []


def test_a_word_that_chance_would_not_leave_out_is_missing() -> None:
    counts = {"train": {"ant": 800, "bee": 800}, "eval": {"ant": 200}}
    assert list(find_missing_words(counts)) == [("missing", "split eval has no example of bee")]


def test_a_rare_word_is_only_scarce() -> None:
    counts = {"train": {"ant": 800, "bee": 9}, "eval": {"ant": 100}, "test": {"ant": 99, "bee": 1}}
    assert list(find_missing_words(counts)) == [
        ("scarce", "split eval has no example of bee: too few drawings for every split")
    ]


def test_a_rare_word_without_an_example_to_learn_from_is_missing() -> None:
    counts = {"train": {"ant": 800}, "eval": {"ant": 100, "bee": 1}}
    assert list(find_missing_words(counts)) == [("missing", "split train has no example of bee")]


def test_the_real_datas_largest_words_are_told() -> None:
    counts = {"train": {"ant": 290.0, "bee": 361.0, "cat": 361.0, "eye": 4500.0}}
    (sentence,) = find_unbalanced_words(counts)
    assert sentence == ("more than 10 times the median word's 361 drawings: eye (4,500); --per-word evens words out")


def test_ten_times_is_still_balanced() -> None:
    assert list(find_unbalanced_words({"train": {"ant": 1, "bee": 10, "cat": 10, "dog": 100}})) == []


def test_words_with_next_to_nothing_are_told() -> None:
    counts = {"train": {"ant": 8.0, "bee": 90.0, "cat": 90.0}, "eval": {"bee": 10.0, "cat": 10.0}}
    (sentence,) = find_unbalanced_words(counts)
    assert sentence.startswith("less than 1/10 of the median word's 100 drawings: ant (8)")


def test_long_lists_end_with_a_number() -> None:
    assert name_words([str(i) for i in range(12)]) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"
    assert name_words(["ant", "bee"]) == "ant, bee"
