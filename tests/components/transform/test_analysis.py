import pathlib

from components.transform.analysis import _words_of_file
from tests.components.doodles import LINE, example, write_records


def test_each_word_of_a_file_is_told_once(tmp_path: pathlib.Path) -> None:
    write_records(tmp_path / "a.gz", [example(LINE, word) for word in ("sun", "ant", "sun", "ant", "sun")])
    assert list(_words_of_file(str(tmp_path / "a.gz"))) == [b"ant", b"sun"]
