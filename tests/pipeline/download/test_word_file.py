import pytest

from components.errors import UsageError
from components.example_gen.row_batch import BadRow
from pipeline.download.csv_rows import HEADER, CsvRows
from pipeline.download.served_object import ServedObject
from pipeline.download.word_file import WordFile
from tests.pipeline.download.recording_listener import files_in

SOURCE = ServedObject("full/simplified/cat.ndjson", '"a"', "", 30, "")
ONE_ROW = CsvRows(b"row\n", 1, 10, 1, [])
ONE_BAD = CsvRows(b"", 0, 10, 1, [BadRow(1, "7", "dog", "why", "{")])
RECORD = b'{"file": "cat.ndjson", "row": 2, "key_id": "7", "word": "dog", "reason": "why", "text": "{"}\n'


def word_file(out, per_word=None, form="simplified"):
    return WordFile(out, "cat", form, per_word)


def begun(out, *converted, per_word=None):
    """A file of which some pieces of ten bytes have been appended and saved."""
    file = word_file(out, per_word)
    file.open()
    file.begin(SOURCE)
    for each in converted:
        file.append(bytes(10), each)
    file.save()
    return file


def finished(out, *converted, per_word=None):
    file = begun(out, *converted, per_word=per_word)
    file.finish()
    return file


def test_nothing_is_seen_before_the_end(tmp_path):
    file = begun(tmp_path, ONE_ROW, ONE_BAD)
    assert files_in(tmp_path) == {}
    file.append(bytes(10), ONE_ROW)
    assert file.is_complete
    assert not file.is_finished
    file.finish()
    assert files_in(tmp_path) == {"cat.csv": HEADER + b"row\nrow\n", "quarantine/cat.jsonl": RECORD}
    assert word_file(tmp_path).is_finished


def test_what_was_not_saved_is_cut(tmp_path):
    file = begun(tmp_path, ONE_ROW)
    file.append(bytes(10), ONE_ROW)
    file.append(bytes(10), ONE_BAD)
    file.close()
    again = word_file(tmp_path)
    assert again.position.offset == 10
    again.open()
    again.append(bytes(10), ONE_ROW)
    again.append(bytes(10), ONE_ROW)
    again.finish()
    assert files_in(tmp_path) == {"cat.csv": HEADER + b"row\n" * 3}


@pytest.mark.parametrize("part", ["cat.csv.part", "cat.jsonl.part", "cat.json"])
def test_parts_that_were_lost_mean_a_new_beginning(tmp_path, part):
    begun(tmp_path, ONE_ROW, ONE_BAD).close()
    (tmp_path / ".download" / part).write_bytes(b"")
    assert word_file(tmp_path).position is None


def test_a_download_killed_while_it_finished_goes_on(tmp_path):
    begun(tmp_path, ONE_ROW, ONE_ROW, ONE_ROW).close()
    again = word_file(tmp_path)
    assert again.is_complete
    assert not again.is_finished
    again.open()
    again.finish()
    assert files_in(tmp_path) == {"cat.csv": HEADER + b"row\n" * 3}


def test_more_rows_take_the_finished_file_up_again(tmp_path):
    finished(tmp_path, ONE_BAD._replace(malformed=[BadRow(2, "7", "dog", "why", "{")]), ONE_ROW, per_word=1)
    again = word_file(tmp_path, per_word=2)
    assert (again.is_finished, again.rows_missing) == (False, 1)
    again.open()
    assert files_in(tmp_path) == {}
    again.append(bytes(10), ONE_ROW)
    again.finish()
    assert files_in(tmp_path) == {"cat.csv": HEADER + b"row\nrow\n", "quarantine/cat.jsonl": RECORD}


@pytest.mark.parametrize(("per_word", "form"), [(1, "simplified"), (None, "raw")])
def test_fewer_rows_or_another_form_begin_anew(tmp_path, per_word, form):
    finished(tmp_path, ONE_BAD, ONE_ROW, ONE_ROW)
    again = word_file(tmp_path, per_word, form)
    assert again.position is None
    again.open()
    again.begin(SOURCE._replace(size=10))
    again.append(bytes(10), ONE_ROW)
    again.finish()
    assert files_in(tmp_path) == {"cat.csv": HEADER + b"row\n"}


def test_somebody_elses_file_is_not_touched(tmp_path):
    (tmp_path / "cat.csv").write_text("mine\n")
    with pytest.raises(UsageError, match="is not as quickdraw download wrote it; move it"):
        word_file(tmp_path)
    assert files_in(tmp_path) == {"cat.csv": b"mine\n"}


def test_a_file_that_was_edited_is_not_touched(tmp_path):
    finished(tmp_path, ONE_ROW, ONE_ROW, ONE_ROW)
    with (tmp_path / "cat.csv").open("a") as stream:
        stream.write("mine\n")
    with pytest.raises(UsageError):
        word_file(tmp_path)
