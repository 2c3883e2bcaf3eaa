import pytest

from components.errors import UsageError
from pipeline.download.words import choose_words, google_words, kaggle_words, near_words


def test_both_lists_and_the_five_that_differ():
    assert len(set(google_words())) == len(google_words()) == 345
    assert len(set(kaggle_words())) == len(kaggle_words()) == 340
    assert set(google_words()) - set(kaggle_words()) == {"aircraft carrier", "knife", "lighter", "rifle", "syringe"}
    assert set(kaggle_words()) < set(google_words())


@pytest.mark.real_data
def test_googles_list_is_that_of_the_real_files(real_data_dir):
    assert set(google_words()) == {path.stem for path in (real_data_dir / "train_simplified").glob("*.csv")}


def test_words_are_chosen_by_name():
    assert choose_words("cat, alarm_clock,the eiffel tower,cat,T-Shirt") == [
        "cat",
        "alarm clock",
        "The Eiffel Tower",
        "t-shirt",
    ]
    assert choose_words("all") == list(google_words())
    assert choose_words(" kaggle ") == list(kaggle_words())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cat,kat", "Google has no drawings of 'kat'; near words are hat, cat, bat."),
        ("alarm-clock", "near words are alarm clock, clock."),
        ("qqqq", "quickdraw download --list prints the words."),
        (" , ", "--words names no word"),
    ],
)
def test_other_words_are_refused(text, sentence):
    with pytest.raises(UsageError) as error:
        choose_words(text)
    assert sentence in str(error.value)


def test_a_word_is_not_near_itself():
    assert near_words("cat") == "near words are hat, castle, carrot"
