"""Whoever listens to a submission in a test."""


class Listener:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.starts: list[tuple[int, int]] = []

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)

    def started(self, rows: int, done: int) -> None:
        self.starts.append((rows, done))

    def progress(self, done: int) -> None:
        assert 0 <= done <= self.starts[0][0]
