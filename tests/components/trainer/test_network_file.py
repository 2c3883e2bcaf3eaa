import pathlib
import zipfile

import keras
import numpy as np
import pytest

from components.errors import UsageError
from components.trainer.network_file import read_network, save_network

IMAGES = np.linspace(0.0, 1.0, 2 * 4 * 4 * 1, dtype="float32").reshape(2, 4, 4, 1)


def tiny_network() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((4, 4, 1)),
            keras.layers.Conv2D(2, 3),
            keras.layers.BatchNormalization(),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(3, activation="softmax"),
        ],
        name="tiny",
    )


def test_what_is_saved_is_read(tmp_path: pathlib.Path) -> None:
    network = tiny_network()
    labels = ["ant", "hot_air balloon", "ki\u2028wi"]
    save_network(network, labels, tmp_path / "network.keras")
    back = read_network(str(tmp_path / "network.keras"))
    assert back.labels == ("ant", "hot_air balloon", "ki\u2028wi")
    assert back.network.name == "tiny"
    np.testing.assert_array_equal(back.network(IMAGES), network(IMAGES))
    assert [path.name for path in tmp_path.iterdir()] == ["network.keras"]


def test_a_trained_network_comes_back_uncompiled(tmp_path: pathlib.Path) -> None:
    network = tiny_network()
    network.compile("adam", "sparse_categorical_crossentropy")
    network.fit(IMAGES, np.array([0, 1]), verbose=0)
    save_network(network, "abc", tmp_path / "network.keras")
    back = read_network(tmp_path / "network.keras").network
    assert not back.compiled
    np.testing.assert_array_equal(back(IMAGES), network(IMAGES))


def test_keras_reads_the_file_without_us(tmp_path: pathlib.Path) -> None:
    network = tiny_network()
    save_network(network, "abc", tmp_path / "network.keras")
    back = keras.saving.load_model(tmp_path / "network.keras")
    np.testing.assert_array_equal(back(IMAGES), network(IMAGES))


def test_a_file_that_keras_wrote_has_no_labels(tmp_path: pathlib.Path) -> None:
    tiny_network().save(tmp_path / "foreign.keras")
    assert read_network(tmp_path / "foreign.keras").labels is None


def test_a_second_save_replaces_the_first_and_a_failed_one_does_not(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "network.keras"
    save_network(tiny_network(), "abc", path)
    save_network(tiny_network(), "xyz", path)
    with pytest.raises(UnicodeEncodeError):
        save_network(tiny_network(), ["\ud800"], path)
    assert read_network(path).labels == ("x", "y", "z")
    assert [file.name for file in tmp_path.iterdir()] == ["network.keras"]


def test_code_in_the_file_does_not_run(tmp_path: pathlib.Path) -> None:
    network = keras.Sequential([keras.Input((1,)), keras.layers.Lambda(lambda x: x + 1)])
    network.save(tmp_path / "lambda.keras")
    with pytest.raises(UsageError, match=r"^Keras cannot read .*lambda\.keras: .*[Ll]ambda"):
        read_network(tmp_path / "lambda.keras")


def without_weights(path: pathlib.Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", '{"module": "keras", "class_name": "Sequential", "config": {"layers": []}}')


def text(path: pathlib.Path) -> None:
    path.write_text("no archive")


def cut(path: pathlib.Path) -> None:
    tiny_network().save(path)
    path.write_bytes(path.read_bytes()[:500])


@pytest.mark.parametrize(
    ("make", "name", "sentence"),
    [
        (lambda _: None, "none.keras", "there is no network file "),
        (text, "notes.keras", "is no .keras file; "),
        (cut, "cut.keras", "is no .keras file; "),
        (without_weights, "weights.h5", "is no .keras file; "),
        (pathlib.Path.mkdir, "folder.keras", "is no .keras file; "),
        (without_weights, "empty.keras", "Keras cannot read "),
    ],
)
def test_what_is_no_network_is_one_sentence(make, name: str, sentence: str, tmp_path: pathlib.Path) -> None:
    make(tmp_path / name)
    with pytest.raises(UsageError) as refused:
        read_network(tmp_path / name)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
