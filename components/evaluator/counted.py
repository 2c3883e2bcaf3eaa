"""Everything that is counted while drawings are judged, and how two counts become one."""

import dataclasses
from collections.abc import Iterable, Mapping

import apache_beam as beam
import numpy as np

from components.evaluator.judged_models import JudgedModel, SharedWords
from components.evaluator.notable_drawings import NotableDrawings, find_notable
from components.evaluator.scores import score
from components.evaluator.slices import SliceKey, slice_values
from components.evaluator.totals import PairedScores, Totals, total_by_slice


@dataclasses.dataclass
class Counted:
    """What was counted over some drawings.

    Attributes:
        totals: by slice.
        confusion: int64 `[C, C]`: drawings by their class, a row each, and the class answered; those of a word that
            the candidate does not know are left out.
        notable: the drawings worth looking at.
    """

    totals: dict[SliceKey, Totals]
    confusion: np.ndarray
    notable: NotableDrawings

    def __add__(self, other: "Counted") -> "Counted":
        totals = dict(self.totals)
        for key, value in other.totals.items():
            totals[key] = totals[key] + value if key in totals else value
        return Counted(totals, self.confusion + other.confusion, self.notable + other.notable)


def count_batch(batch: Mapping[str, np.ndarray], candidate: JudgedModel, shared: SharedWords | None) -> Counted:
    """Counts over N answered drawings.

    Args:
        batch: of `read_labelled_drawings`, as arrays; besides `candidate` float32 `[N, C]`, and with a baseline also
            `baseline` float32 `[N, B]`: the models' probabilities.
        candidate: the candidate.
        shared: the words to compare the two on; None without a baseline.
    """
    slices = slice_values(batch)
    truth = _class_ids(slices["word"], candidate.labels)
    scores = score(truth, batch["candidate"])
    known = truth >= 0
    classes = len(candidate.labels)
    cells = truth[known] * classes + scores.predicted[known]
    return Counted(
        total_by_slice(slices, scores, _paired(batch, slices["word"], shared) if shared else None),
        np.bincount(cells, minlength=classes**2).reshape(classes, classes),
        find_notable(batch, scores, candidate.labels),
    )


class SumCounted(beam.CombineFn):
    """Adds up `Counted`; an accumulator is one, or None before the first."""

    def create_accumulator(self) -> Counted | None:
        """Nothing yet."""
        return None

    def add_input(self, accumulator: Counted | None, element: Counted) -> Counted:
        """Adds one."""
        return element if accumulator is None else accumulator + element

    def merge_accumulators(self, accumulators: Iterable[Counted | None]) -> Counted | None:
        """Adds up accumulators."""
        merged = None
        for accumulator in accumulators:
            if accumulator is not None:
                merged = self.add_input(merged, accumulator)
        return merged

    def extract_output(self, accumulator: Counted | None) -> Counted | None:
        """The sum; None if there was nothing."""
        return accumulator


def _class_ids(words: np.ndarray, labels: tuple[str, ...]) -> np.ndarray:
    ids = {word: number for number, word in enumerate(labels)}
    return np.array([ids.get(word, -1) for word in words], np.int64)


def _paired(batch: Mapping[str, np.ndarray], words: np.ndarray, shared: SharedWords) -> PairedScores:
    truth = _class_ids(words, shared.words)
    judged = truth >= 0
    candidate, baseline = (
        score(truth[judged], batch[name][judged][:, ids])
        for name, ids in (("candidate", shared.candidate_ids), ("baseline", shared.baseline_ids))
    )
    return PairedScores(judged, candidate, baseline)
