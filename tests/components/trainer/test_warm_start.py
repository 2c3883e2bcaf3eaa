import keras
import numpy as np
import pytest
from keras import layers

from components.errors import UsageError
from components.trainer.network_file import NetworkFile
from components.trainer.warm_start import WarmStartReport, warm_start


def linear(kernel: list[list[float]], bias: list[float], name: str = "linear") -> keras.Model:
    """Two inputs, one Dense: a column and a bias a word."""
    network = keras.Sequential([keras.Input((2,)), layers.Dense(len(bias))], name=name)
    network.set_weights([np.array(kernel), np.array(bias)])
    return network


def deep(words: int, name: str = "deep", nested: bool = False, policy: str = "float32") -> keras.Model:
    """Convolution, batch norm and dropout, flat or with a model inside a functional model."""
    body = [
        layers.Conv2D(2, 3, dtype=policy),
        layers.BatchNormalization(dtype=policy),
        layers.Flatten(),
        layers.Dropout(0.5),
    ]
    head = [layers.Dense(words, dtype=policy), layers.Activation("softmax", dtype="float32")]
    if not nested:
        return keras.Sequential([keras.Input((4, 4, 1)), *body, *head], name=name)
    image = keras.Input((4, 4, 1))
    scores = keras.Sequential(body)(image)
    for layer in head:
        scores = layer(scores)
    return keras.Model(image, scores, name=name)


def trained(words: int, **options) -> keras.Model:
    """As `deep`, with weights 0.01, 0.02, ... and so no two alike, statistics of the batch norm included."""
    network = deep(words, **options)
    sizes = [weights.size for weights in network.get_weights()]
    values = np.split(np.arange(1, sum(sizes) + 1) / 100, np.cumsum(sizes)[:-1])
    network.set_weights([value.reshape(old.shape) for value, old in zip(values, network.get_weights(), strict=True)])
    return network


def test_words_are_matched_by_name() -> None:
    source = NetworkFile(linear([[1, 2, 3], [10, 20, 30]], [0.1, 0.2, 0.3]), ("ant", "bee", "cat"))
    network = linear([[-1, -2, -3], [-4, -5, -6]], [-7, -8, -9])
    report = warm_start(network, ["cat", "dog", "ant"], source, "version 3")
    kernel, bias = network.get_weights()
    #                       cat dog ant
    assert kernel.tolist() == [[3, -2, 1], [30, -5, 10]]
    assert bias == pytest.approx([0.3, -8, 0.1])
    assert report == WarmStartReport(
        name="version 3",
        layers_loaded=1,
        parameters_loaded=6,
        parameters_fresh=3,
        words_known=("cat", "ant"),
        words_new=("dog",),
        words_dropped=("bee",),
    )
    assert report.sentence == (
        "began from version 3: 6 of 9 parameters in 1 layer; 2 of 3 words known, 1 new (dog), 1 dropped (bee)."
    )
    assert report.to_dict()["words_known"] == ["cat", "ant"]


@pytest.mark.parametrize("nested", [False, True])
def test_the_same_words_in_another_order_are_predicted_alike(nested: bool) -> None:
    words, others = ["ant", "bee", "cat"], ["cat", "ant", "bee"]
    source = NetworkFile(trained(3), tuple(words))
    network = deep(3, nested=nested)
    report = warm_start(network, others, source, "it")
    images = np.random.default_rng(1).random((5, 4, 4, 1), dtype="float32")
    expected, actual = np.array(source.network(images)), np.array(network(images))
    np.testing.assert_array_equal(actual[:, [others.index(word) for word in words]], expected)
    assert len(np.unique(expected.round(4), axis=0)) == 5
    assert (report.layers_loaded, report.parameters_fresh) == (3, 0)
    assert report.words_known == ("cat", "ant", "bee")


def test_statistics_are_copied_and_new_columns_stay_as_they_were() -> None:
    network = deep(4)
    network.build((None, 4, 4, 1))
    fresh_kernel, fresh_bias = (np.array(weights) for weights in network.get_weights()[-2:])
    source = NetworkFile(trained(2), ("ant", "bee"))
    report = warm_start(network, ["ape", "bee", "cow", "dog"], source, "it")
    *body, kernel, bias = network.get_weights()
    *source_body, source_kernel, source_bias = source.network.get_weights()
    for actual, expected in zip(body, source_body, strict=True):
        np.testing.assert_array_equal(actual, expected)
    np.testing.assert_array_equal(kernel[:, [0, 2, 3]], fresh_kernel[:, [0, 2, 3]])
    np.testing.assert_array_equal(bias[[0, 2, 3]], fresh_bias[[0, 2, 3]])
    np.testing.assert_array_equal(kernel[:, 1], source_kernel[:, 1])
    assert bias[1] == source_bias[1]
    # The convolution has 3 * 3 * 2 + 2 numbers, the batch norm 4 * 2, a word 8 + 1.
    assert (report.parameters_loaded, report.parameters_fresh) == (20 + 8 + 9, 3 * 9)


@pytest.mark.parametrize("labels", [None, ("cow", "dog")])
def test_without_a_known_word_the_last_layer_stays_fresh(labels: tuple[str, ...] | None) -> None:
    network = deep(3)
    before = network.get_weights()
    source = trained(2)
    report = warm_start(network, ["ant", "bee", "cat"], NetworkFile(source, labels), "it")
    for actual, expected in zip(network.get_weights()[:-2], source.get_weights()[:-2], strict=True):
        np.testing.assert_array_equal(actual, expected)
    for actual, expected in zip(network.get_weights()[-2:], before[-2:], strict=True):
        np.testing.assert_array_equal(actual, expected)
    assert (report.layers_loaded, report.parameters_fresh) == (2, 27)
    words = (
        "0 of 3 words known, 3 new (ant, bee, cat), 2 dropped (cow, dog)"
        if labels
        else "it names no words, so the last layer is fresh"
    )
    assert report.sentence == f"began from it: 28 of 55 parameters in 2 layers; {words}."


def test_precision_may_differ() -> None:
    source = NetworkFile(trained(2, policy="mixed_bfloat16"), ("ant", "bee"))
    network = deep(2)
    warm_start(network, ["ant", "bee"], source, "it")
    for actual, expected in zip(network.get_weights(), source.network.get_weights(), strict=True):
        np.testing.assert_array_equal(actual, expected)


def test_dropout_draws_as_without_a_warm_start() -> None:
    network, source = deep(2), trained(2)
    seeds = [np.array(variable) for variable in network.variables if "seed" in variable.name]
    warm_start(network, "ab", NetworkFile(source, ("a", "b")), "it")
    after = [np.array(variable) for variable in network.variables if "seed" in variable.name]
    assert len(seeds) == 1
    np.testing.assert_array_equal(after, seeds)


def test_a_long_list_of_words_is_cut() -> None:
    words = tuple(f"w{i}" for i in range(12))
    report = WarmStartReport("it", 1, 2, 3, ("ant",), words, ())
    assert report.sentence.endswith("1 of 13 words known, 12 new (w0, w1, w2, w3, w4, w5, w6, w7, w8, w9 and 2 more).")


def test_another_network_is_refused_and_nothing_is_copied() -> None:
    network = deep(2, name="notebook")
    before = network.get_weights()
    source = NetworkFile(linear([[1], [2]], [3], name="residual"), ("ant",))
    with pytest.raises(UsageError) as refused:
        warm_start(network, ["ant", "bee"], source, "models/3/network.keras")
    assert str(refused.value) == (
        "models/3/network.keras holds the network 'residual', this run trains 'notebook' (where it has "
        "Dense [2, words] [words], this has Conv2D [3, 3, 1, 2] [2]); choose the preset it was trained with."
    )
    for actual, expected in zip(network.get_weights(), before, strict=True):
        np.testing.assert_array_equal(actual, expected)


@pytest.mark.parametrize(
    ("source_layers", "difference"),
    [
        ([layers.Dense(2), layers.Dense(2)], "where it has Dense [2, 2] [2], this has Dense [2, words] [words]"),
        ([layers.Dense(2, use_bias=False)], "where it has Dense [2, words], this has Dense [2, words] [words]"),
        ([layers.Activation("relu")], "where it has missing, this has Dense [2, words] [words]"),
    ],
)
def test_other_layers_under_the_same_name_are_told(source_layers: list[keras.Layer], difference: str) -> None:
    source = NetworkFile(keras.Sequential([keras.Input((2,)), *source_layers], name="linear"), ("a", "b"))
    with pytest.raises(UsageError) as refused:
        warm_start(linear([[0, 0], [0, 0]], [0, 0]), "ab", source, "it")
    assert f"it holds the network 'linear', this run trains 'linear' ({difference}); " in str(refused.value)


def test_labels_that_are_not_the_columns_are_refused() -> None:
    source = NetworkFile(linear([[1, 2], [3, 4]], [5, 6]), ("ant",))
    with pytest.raises(UsageError, match="it names 1 words, but its last layer has 2 columns"):
        warm_start(linear([[0], [0]], [0]), ["ant"], source, "it")
