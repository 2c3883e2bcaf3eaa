"""What the card tells of the origin."""

from components.report.provenance import provenance


def test_lists_what_the_card_has():
    card = {
        "preset": "ten",
        "commit": "674a293",
        "code": "8c83578a",
        "data": {"files_fingerprint": "0fa2", "per_word": 1000, "words": ["ant", "bee"]},
        "training": {"learning_rate": 2e-05, "mixed_precision": False, "augmentation": {"rotation": 0.1}},
        "versions": {"keras": "3.12.4"},
        "parameters": 5,
    }
    assert provenance(card) == {
        "Code": [("preset", "ten"), ("commit", "674a293"), ("code fingerprint", "8c83578a")],
        "Data": [("files fingerprint", "0fa2"), ("per word", "1,000"), ("words", "ant, bee")],
        "Training": [("learning rate", "2e-05"), ("mixed precision", "no"), ("augmentation", "rotation 0.1")],
        "Libraries": [("keras", "3.12.4")],
    }


def test_a_card_that_tells_nothing():
    assert provenance({"data": {}}) == {}


def test_nothing_is_called_none():
    assert provenance({"training": {"augmentation": None}}) == {"Training": [("augmentation", "none")]}
