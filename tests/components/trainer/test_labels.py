import pathlib

import tensorflow_transform as tft

from components.trainer.labels import read_labels
from components.transform.preprocessing import WORDS_VOCABULARY


def test_labels_are_sorted_whatever_the_vocabularys_order(tmp_path: pathlib.Path) -> None:
    class Output(tft.TFTransformOutput):
        def vocabulary_by_name(self, vocab_filename: str) -> list[bytes]:
            assert vocab_filename == WORDS_VOCABULARY
            return [b"sun", b"alarm_clock", b"house"]

    assert read_labels(Output(str(tmp_path))) == ["alarm_clock", "house", "sun"]
