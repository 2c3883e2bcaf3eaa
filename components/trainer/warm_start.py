"""Warm start: begin from the weights of a trained network, its last layer matched by word.

Keras numbers the layers of a process, so their names do not tell which is which; their order, class and shapes do.
"""

import dataclasses
import itertools
import math
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from components.errors import UsageError
from components.trainer.network_file import NetworkFile

_LONGEST_LIST = 10


@dataclasses.dataclass(frozen=True)
class WarmStartReport:
    """What a warm start took over.

    Attributes:
        name: which source.
        layers_loaded: layers that got weights of the source, the last one also if it got only some columns.
        parameters_loaded: numbers taken over, statistics of batch norms included.
        parameters_fresh: numbers that keep their initialization.
        words_known: words of this run whose columns of the last layer were taken over.
        words_new: words of this run that the source does not know.
        words_dropped: words of the source that this run does not learn.
    """

    name: str
    layers_loaded: int
    parameters_loaded: int
    parameters_fresh: int
    words_known: tuple[str, ...]
    words_new: tuple[str, ...]
    words_dropped: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What was loaded, for the log and the report."""
        total = self.parameters_loaded + self.parameters_fresh
        words = (
            f"{len(self.words_known)} of {len(self.words_known) + len(self.words_new)} words known"
            + _listed("new", self.words_new)
            + _listed("dropped", self.words_dropped)
            # Every labelled source has words that are known or dropped.
            if self.words_known or self.words_dropped
            else "it names no words, so the last layer is fresh"
        )
        layers = "1 layer" if self.layers_loaded == 1 else f"{self.layers_loaded} layers"
        return f"began from {self.name}: {self.parameters_loaded:,} of {total:,} parameters in {layers}; {words}."

    def to_dict(self) -> dict[str, Any]:
        """JSON values, for the model card."""
        values = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items()}
        return {"sentence": self.sentence, **values}


def warm_start(network: keras.Model, labels: Sequence[str], source: NetworkFile, name: str) -> WarmStartReport:
    """Copies the weights of `source` into `network`.

    Every layer but the last is copied whole, with its non-trainable weights and without the state of random seeds. Of
    the last layer, a word that the source knows gets its column and its bias; a new word keeps its initialization. A
    source without labels leaves the whole last layer fresh.

    Args:
        network: fresh, of the same structure but for the number of words; changed in place.
        labels: its words in the order of the class ids.
        source: the trained network.
        name: the source's, for the report and the error.

    Returns:
        What was taken over.

    Raises:
        UsageError: the structures differ, or the source's last layer does not have one column a label; `network` is
            as it was.
    """
    targets, sources = _weighted_layers(network), _weighted_layers(source.network)
    _check_structure(network, targets, source, sources, name)
    known = source.labels or ()
    for target_layer, source_layer in zip(targets[:-1], sources[:-1], strict=True):
        for target, weight in zip(target_layer.weights, source_layer.weights, strict=True):
            target.assign(weight)
    columns = {word: column for column, word in enumerate(known)}
    shared = tuple(word for word in labels if word in columns)
    last = targets[-1].weights
    for target, weight in zip(last, sources[-1].weights, strict=True):
        _copy_columns(weight, [columns[word] for word in shared], target, [labels.index(word) for word in shared])
    loaded = _size(targets[:-1]) + sum(math.prod(weight.shape[:-1]) * len(shared) for weight in last)
    return WarmStartReport(
        name=name,
        layers_loaded=len(targets) - (not shared),
        parameters_loaded=loaded,
        parameters_fresh=_size(targets) - loaded,
        words_known=shared,
        words_new=tuple(word for word in labels if word not in columns),
        words_dropped=tuple(word for word in known if word not in labels),
    )


def _weighted_layers(network: keras.Model) -> list[keras.Layer]:
    """The layers that have weights, in order, those of nested models in their model's place."""
    layers = []
    for layer in network.layers:
        if isinstance(layer, keras.Model):
            layers.extend(_weighted_layers(layer))
        elif layer.weights:
            layers.append(layer)
    return layers


def _check_structure(
    network: keras.Model, targets: list[keras.Layer], source: NetworkFile, sources: list[keras.Layer], name: str
) -> None:
    ours, theirs = _structure(targets), _structure(sources)
    if ours != theirs:
        pairs = itertools.zip_longest(theirs, ours, fillvalue="missing")
        there, here = next((there, here) for there, here in pairs if there != here)
        raise UsageError(
            f"{name} holds the network '{source.network.name}', this run trains '{network.name}' (where it has "
            f"{there}, this has {here}); choose the preset it was trained with."
        )
    widths = {weight.shape[-1] for weight in sources[-1].weights}
    if source.labels is not None and widths != {len(source.labels)}:
        raise UsageError(
            f"{name} names {len(source.labels)} words, but its last layer has {', '.join(map(str, sorted(widths)))} "
            "columns; give a .keras file as a run has exported it."
        )


def _structure(layers: list[keras.Layer]) -> list[str]:
    """Class and weight shapes of each layer, the last one's but for its columns, which are the words'."""
    shapes = [[list(map(str, weight.shape)) for weight in layer.weights] for layer in layers]
    for shape in shapes[-1] if shapes else []:
        shape[-1] = "words"
    return [
        " ".join([type(layer).__name__, *(f"[{', '.join(shape)}]" for shape in layer_shapes)])
        for layer, layer_shapes in zip(layers, shapes, strict=True)
    ]


def _copy_columns(
    source: keras.Variable, source_columns: list[int], target: keras.Variable, target_columns: list[int]
) -> None:
    values = np.array(keras.ops.convert_to_numpy(target))
    values[..., target_columns] = keras.ops.convert_to_numpy(source)[..., source_columns]
    target.assign(values)


def _size(layers: list[keras.Layer]) -> int:
    return sum(math.prod(weight.shape) for layer in layers for weight in layer.weights)


def _listed(what: str, words: tuple[str, ...]) -> str:
    if not words:
        return ""
    more = f" and {len(words) - _LONGEST_LIST} more" if len(words) > _LONGEST_LIST else ""
    return f", {len(words)} {what} ({', '.join(words[:_LONGEST_LIST])}{more})"
