import dataclasses
import pathlib

import pytest
import tensorflow as tf

from components.errors import UsageError
from components.example_gen.data_file import DataFile
from components.submission.model_handler import DoodleModelHandler, ShardDrawings
from components.submission.survey import Shard
from tests.components.doodles import LINE, SQUARE

FREQUENT = ("square", "line", "circle")


def shard(drawings: list[str]) -> ShardDrawings:
    where = Shard(0, DataFile("test.csv", "", "csv", 9), 0, 9, 0, len(drawings))
    return ShardDrawings(where, [b"k%d" % i for i in range(len(drawings))], [text.encode() for text in drawings])


@pytest.mark.parametrize("batch_size", [1, 2, 64])
def test_answers_are_those_of_the_served_signature(saved_model: pathlib.Path, batch_size: int) -> None:
    handler = DoodleModelHandler(str(saved_model), FREQUENT, batch_size)
    texts = [LINE, "no drawing", SQUARE, "", "[[[0,256],[0,0]]]"]
    (answered,) = handler.run_inference([shard(texts)], model := handler.load_model())
    words = model.signatures["serving_default"](drawing=tf.constant([LINE, SQUARE]))["words"].numpy()
    line, square = (b" ".join(row).decode() for row in words.tolist())
    assert answered.keys == [b"k0", b"k1", b"k2", b"k3", b"k4"]
    assert answered.answers == ([line, *["square line circle", square], *["square line circle"] * 2], 3)


def test_each_shard_of_a_batch_has_its_own_answers(saved_model: pathlib.Path) -> None:
    handler = DoodleModelHandler(str(saved_model), FREQUENT, 64)
    shards = [shard([LINE]), shard([SQUARE, "?"])]
    answered = list(handler.run_inference(shards, handler.load_model()))
    assert [(some.shard.rows, some.answers.malformed) for some in answered] == [(1, 0), (2, 1)]
    assert handler.get_num_bytes(shards) == len(LINE) + len(SQUARE) + 1


def test_the_model_gets_no_more_than_a_batch(saved_model: pathlib.Path) -> None:
    handler = DoodleModelHandler(str(saved_model), FREQUENT, 2)
    sizes: list[int] = []
    model = handler.load_model()
    real = model.signatures["serving_default"]

    def counted(drawing: tf.Tensor) -> dict[str, tf.Tensor]:
        sizes.append(len(drawing))
        return real(drawing=drawing)

    listening = dataclasses.make_dataclass("Listening", ["signatures"])({"serving_default": counted})
    list(handler.run_inference([shard([LINE] * 5)], listening))
    assert sizes == [2, 2, 1]


def test_a_model_that_answers_is_checked_in_silence(saved_model: pathlib.Path) -> None:
    DoodleModelHandler(str(saved_model), FREQUENT, 64).check_model()


def test_a_model_that_does_not_load(tmp_path: pathlib.Path) -> None:
    (tmp_path / "saved_model.pb").write_bytes(b"half")
    with pytest.raises(UsageError, match=r"the model in .* does not answer: "):
        DoodleModelHandler(str(tmp_path), FREQUENT, 64).check_model()


def test_a_model_of_another_shape(tmp_path: pathlib.Path) -> None:
    class OneWord(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="drawing")])
        def serving_default(self, drawing: tf.Tensor) -> dict[str, tf.Tensor]:
            return {"words": drawing[:, tf.newaxis]}

    model = OneWord()
    tf.saved_model.save(model, str(tmp_path), signatures={"serving_default": model.serving_default})
    with pytest.raises(UsageError, match=r"answers words of shape \(1, 1\), not \(1, 3\)"):
        DoodleModelHandler(str(tmp_path), FREQUENT, 64).check_model()
