"""How Beam's RunInference asks a pushed model: through the signature that serves, in batches."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from apache_beam.ml.inference.base import ModelHandler

from components.errors import UsageError
from components.submission.answers import Answers, complete
from components.submission.frequent_words import TOP_WORDS
from components.submission.survey import Shard

_SIGNATURE = "serving_default"


@dataclasses.dataclass(frozen=True)
class ShardDrawings:
    """The rows of a shard.

    Attributes:
        shard: which.
        keys: `[N]`.
        drawings: `[N]`, JSON texts.
    """

    shard: Shard
    keys: list[bytes]
    drawings: list[bytes]


@dataclasses.dataclass(frozen=True)
class ShardAnswers:
    """The answers to the rows of a shard.

    Attributes:
        shard: which.
        keys: `[N]`.
        answers: to `N` drawings.
    """

    shard: Shard
    keys: list[bytes]
    answers: Answers


class DoodleModelHandler(ModelHandler[ShardDrawings, ShardAnswers, Any]):
    """Loads a SavedModel once a process, and lets it answer shard after shard.

    What Beam hands on is a shard, and within it the model gets `batch_size` drawings at a time. So the keys, the order
    and the drawings stay together, and Beam has a few elements to look after and not every drawing.
    """

    def __init__(self, directory: str, frequent: Sequence[str], batch_size: int) -> None:
        """Describes the model.

        Args:
            directory: the SavedModel, where every worker finds it.
            frequent: what fills ranks that the model leaves empty.
            batch_size: the most drawings that the model gets at a time.
        """
        super().__init__()
        self._directory = directory
        self._frequent = tuple(frequent)
        self._batch_size = batch_size

    def load_model(self) -> Any:  # noqa: ANN401 - TensorFlow has no public name for what it loads
        """Loads the SavedModel."""
        return tf.saved_model.load(self._directory)

    def check_model(self) -> None:
        """Loads the model and asks it one drawing.

        Raises:
            UsageError: it does not load, or does not answer as the Trainer's models do.
        """
        try:
            answer = self.load_model().signatures[_SIGNATURE](drawing=tf.constant(["[[[0,255],[0,255]]]"]))
            shape = answer["words"].shape
        # Whatever TensorFlow raises for a broken file, and it raises many kinds, the model cannot be asked.
        except Exception as error:
            first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise UsageError(f"the model in {self._directory} does not answer: {first_line}") from error
        if tuple(shape) != (1, TOP_WORDS):
            raise UsageError(
                f"the model in {self._directory} answers words of shape {tuple(shape)}, not (1, {TOP_WORDS})."
            )

    def run_inference(
        self,
        batch: Sequence[ShardDrawings],
        model: Any,  # noqa: ANN401
        inference_args: dict[str, Any] | None = None,
    ) -> Iterator[ShardAnswers]:
        """Answers shards, one after the other.

        Args:
            batch: the shards.
            model: of `load_model`.
            inference_args: none are known.
        """
        answer = model.signatures[_SIGNATURE]
        for shard in batch:
            starts = range(0, len(shard.drawings), self._batch_size)
            texts = (tf.constant(shard.drawings[start : start + self._batch_size]) for start in starts)
            words = np.concatenate([answer(drawing=some)["words"].numpy() for some in texts])
            yield ShardAnswers(shard.shard, shard.keys, complete(words, self._frequent))

    def should_skip_batching(self) -> bool:
        """A shard is as much as one wants to hold."""
        return True

    def get_num_bytes(self, batch: Sequence[ShardDrawings]) -> int:
        """Counts the bytes of the drawings; Beam would pickle them for it."""
        return sum(len(drawing) for shard in batch for drawing in shard.drawings)

    def get_metrics_namespace(self) -> str:
        """Names the metrics that RunInference counts."""
        return "Submission"
