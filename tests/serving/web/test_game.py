"""The game of twenty seconds a word."""

import pytest

from tests.serving.web.doodle_model import WORDS

READABLE = {word.replace("_", " ") for word in WORDS}


class Player:
    """Plays, with a clock that a test can turn."""

    def __init__(self, drawing_page):
        self.drawing_page = drawing_page
        self.page = drawing_page.page
        self.ask = self.page.locator("#ask")
        self.over = self.page.locator("#over")
        self.seconds = self.page.get_by_role("timer")

    def start(self):
        self.page.get_by_role("button", name="Draw me a …").click()
        return self.read_card()

    def read_card(self):
        self.ask.wait_for()
        return self.page.locator("#ask-word").inner_text()

    def get_it(self):
        self.page.get_by_role("button", name="Got it!").click()

    def turn_on(self, seconds):
        self.page.clock.run_for(seconds * 1000)


@pytest.fixture
def player(drawing_page):
    drawing_page.page.clock.install()
    return Player(drawing_page)


def test_a_whole_game(player):
    asked = [player.start()]
    assert player.page.locator("#count").inner_text() == "Doodle 1 of 4"
    player.get_it()
    assert player.seconds.inner_text() == "20"
    player.drawing_page.draw_word(asked[0])
    player.page.locator("#call").get_by_text(f"Oh I know, it's {asked[0]}!").wait_for(state="attached")
    assert player.page.locator("#sentence strong").inner_text() == asked[0]
    ink = player.drawing_page.inked()
    player.drawing_page.draw([[(0.1, 0.1), (0.9, 0.9)]])
    assert player.drawing_page.inked() == ink
    player.page.keyboard.press("Control+z")
    assert player.drawing_page.inked() == ink

    asked.append(player.read_card())
    assert player.page.locator("#before").inner_text() == f"Oh I know, it's {asked[0]}!"
    player.get_it()
    assert player.drawing_page.inked() == 0
    player.turn_on(10)
    assert player.seconds.inner_text() == "10"
    assert player.page.locator("#call").inner_text() == "10 seconds left."
    player.turn_on(9)
    assert player.page.locator("body.missed").count() == 0
    player.turn_on(2)
    assert player.page.locator("body.missed").count() == 1

    player.turn_on(2)
    asked.append(player.read_card())
    assert player.page.locator("#before").inner_text() == f"I did not see {asked[1]}."
    player.get_it()
    player.drawing_page.draw([[(0.2, 0.5), (0.3, 0.5)]])
    player.page.get_by_role("button", name="Skip").click()

    player.turn_on(2)
    asked.append(player.read_card())
    player.get_it()
    player.drawing_page.draw_word(asked[3])
    player.over.wait_for()
    assert set(asked) == READABLE
    assert player.page.locator("#result").inner_text() == "I recognised 2 of your 4 doodles"
    captions = player.page.locator("#doodles p").all_inner_texts()
    assert [caption.rsplit(" ✓")[0].rsplit(" ✗")[0] for caption in captions] == asked
    assert ["✓" in caption for caption in captions] == [True, False, False, True]
    paths = player.page.locator("#doodles path").evaluate_all("paths => paths.map(path => path.getAttribute('d'))")
    assert [path.count("M") > 0 for path in paths] == [True, False, True, True]

    player.page.get_by_role("button", name="Play again").click()
    assert player.read_card() in READABLE
    assert player.page.locator("#count").inner_text() == "Doodle 1 of 4"


@pytest.mark.parametrize(
    ("guess", "score", "ink", "wins"),
    [("sun", 0.5, 500, True), ("sun", 0.49, 500, False), ("sun", 1, 499, False), ("house", 1, 1000, False)],
)
def test_what_wins(drawing_page, guess, score, ink, wins):
    """The word itself, half sure, and ink as long as half of the paper: a dot may look like the sun to a model."""
    play = """async ([word, score, ink]) => {
        const [{ Drawing }, { Game }] = await Promise.all([import("/drawing.js"), import("/game.js")]);
        const drawing = new Drawing(), game = new Game(drawing);
        game.start(["sun"]);
        game.play();
        drawing.begin(0, 0);
        drawing.extend(0, ink);
        game.hear([{ word, score }, { word: "sun", score: 0 }]);
        return game.round.isRecognised ?? false;
    }"""
    assert drawing_page.page.evaluate(play, [guess, score, ink]) is wins


def test_without_a_clock(player):
    player.start()
    player.page.get_by_label("Take my time, without a clock").check()
    player.get_it()
    player.turn_on(300)
    assert player.seconds.inner_text() == ""
    assert player.page.locator("body.missed").count() == 0


def test_stop_ends_it(player):
    player.start()
    player.get_it()
    player.page.get_by_role("button", name="Stop").click()
    player.turn_on(30)
    assert player.ask.is_hidden()
    assert player.over.is_hidden()
    assert player.page.locator("#task").is_hidden()


def test_the_keyboard_plays(player):
    player.page.get_by_role("button", name="Draw me a …").focus()
    player.page.keyboard.press("Enter")
    player.read_card()
    player.page.keyboard.press("Enter")
    assert player.ask.is_hidden()
    assert player.drawing_page.canvas.evaluate("(canvas) => canvas === document.activeElement")
    for key in ("Space", "ArrowRight", "ArrowRight"):
        player.page.keyboard.press(key)
    player.page.locator("#sentence strong").wait_for()
    player.turn_on(25)
    player.read_card()
    player.page.keyboard.press("Escape")
    assert player.ask.is_hidden()
    player.turn_on(30)
    assert player.ask.is_hidden()
