"""Best, worst and most confidently wrong drawings."""

from components.report.notable import notable_groups
from tests.components.report.evaluations import EVALUATION, notable


def test_three_groups_of_cards():
    best, worst, wrong = notable_groups(EVALUATION)
    assert [group.title for group in (best, worst, wrong)] == ["Known best", "Missed worst", "Most confidently wrong"]
    (card,) = worst.cards
    assert (card.word, card.predicted, card.confidence, card.of_truth) == ("ice_cream", "sun", 0.8, 0.001)
    assert card.sketch.path == "M7 9h0M0 0l100 200-50 55"


def test_a_group_is_of_twelve():
    drawings = [notable("sun", "sun", number / 24, 0.5) for number in range(24)]
    best, _, _ = notable_groups({**EVALUATION, "best": drawings})
    assert [card.confidence for card in best.cards] == [number / 24 for number in range(12)]
