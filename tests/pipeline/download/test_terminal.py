import io

import pytest
from rich.console import Console

from pipeline.download import terminal
from pipeline.download.csv_rows import CsvRows
from pipeline.download.served_object import ServedObject
from pipeline.download.terminal import TerminalListener
from pipeline.download.word_file import WordFile

SOURCE = ServedObject("full/simplified/cat.ndjson", '"a"', "", 4_000_000, "")


@pytest.fixture
def two_files(tmp_path):
    """Two files of a download, the first with half of its rows."""
    cat, dog = (WordFile(tmp_path, word, "simplified", 2) for word in ("cat", "dog"))
    cat.open()
    cat.begin(SOURCE)
    yield cat, dog
    cat.close()


def half(file):
    file.append(bytes(1_000_000), CsvRows(b"row\n", 1, 1_000_000, 1, []))


def on_a_console(monkeypatch, **options):
    """A listener, and what it writes to."""
    output = io.StringIO()
    monkeypatch.setattr(terminal, "Console", lambda **given: Console(**given | options, file=output, width=120))
    return TerminalListener(), output


def test_the_bar_counts_words_rows_and_bytes_of_this_call(two_files, monkeypatch):
    listener, output = on_a_console(monkeypatch, force_terminal=True, force_interactive=True, stderr=False)
    half(two_files[0])
    with listener:
        listener.on_start(two_files)
        half(two_files[0])
        two_files[0].finish()
        listener.on_progress(two_files[0])
        listener.on_wait(two_files[1], 3, "the server answered 503")
    text = output.getvalue()
    assert "1 of 2 words" in text
    assert "2 rows, 1.0 MB," in text
    assert "cat: 2 rows" in text
    assert "dog: the server answered 503; asking again in 3 s" in text


def test_without_a_terminal_there_are_only_lines(two_files, monkeypatch):
    listener, output = on_a_console(monkeypatch, force_terminal=False, stderr=False)
    with listener:
        listener.on_start(two_files)
        half(two_files[0])
        listener.on_progress(two_files[0])
        half(two_files[0])
        two_files[0].finish()
        listener.on_progress(two_files[0])
    assert output.getvalue() == "cat: 2 rows\n"
