from pipeline.cli.aligned_text import section, table


def test_numbers_are_flush_right_and_words_flush_left() -> None:
    assert table([("word", "rows", "share"), ("ant", "7", "0.5"), ("bee", "1200", "-")]) == (
        "word  rows  share\nant      7    0.5\nbee   1200      -"
    )


def test_values_stand_below_each_other() -> None:
    values = {
        "epochs": 12_000,
        "rate": 2e-05,
        "mixed": True,
        "start": None,
        "augment": {"turn": 0.25},
        "words": ["a", "b"],
    }
    assert section("training", values) == (
        "training\n"
        "  epochs        12,000\n"
        "  rate          2e-05\n"
        "  mixed         yes\n"
        "  start         -\n"
        "  augment.turn  0.25\n"
        "  words         a, b"
    )


def test_a_long_list_is_wrapped_below_itself() -> None:
    lines = section("known", {"words": ["airplane"] * 20}).splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("  words  airplane, airplane, ")
    assert lines[2].startswith("         airplane, ")
    assert max(map(len, lines)) <= 100


def test_nothing_to_list_is_the_title() -> None:
    assert section("versions", {}) == "versions"
