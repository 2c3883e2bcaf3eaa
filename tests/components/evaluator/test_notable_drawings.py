import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from components.evaluator.notable_drawings import NotableDrawings, find_notable
from components.evaluator.scores import score

LABELS = ["ant", "bee"]


def notable(confidences: list[float], truth: list[int], start: int = 0) -> NotableDrawings:
    """Drawings number `start` and so on, all answered "ant"."""
    numbers = range(start, start + len(truth))
    batch = {
        "key_id": np.array([f"{number:04}".encode() for number in numbers], object),
        "word": np.array([LABELS[number].encode() for number in truth], object),
        "drawing": np.array([f"[{number}]".encode() for number in numbers], object),
    }
    probabilities = np.array([[confidence, 1 - confidence] for confidence in confidences]).reshape(-1, 2)
    return find_notable(batch, score(np.array(truth, np.int64), probabilities), LABELS)


def test_the_surest_the_worst_and_the_surely_wrong() -> None:
    found = notable([0.9, 0.6, 0.8, 0.7], [0, 0, 1, 1])
    assert [drawing.key_id for drawing in found.best] == ["0000", "0001"]
    assert [drawing.key_id for drawing in found.worst] == ["0002", "0003", "0001", "0000"]
    assert [drawing.key_id for drawing in found.confidently_wrong] == ["0002", "0003"]
    assert list(found.mistakes) == [("bee", "ant")]
    assert found.mistakes["bee", "ant"].to_json() == {
        "key_id": "0002",
        "word": "bee",
        "predicted": "ant",
        "confidence": 0.8,
        "of_truth": 1 - 0.8,
        "drawing": "[2]",
    }


@given(
    st.lists(st.tuples(st.sampled_from([0.6, 0.7, 0.9]), st.integers(0, 1)), max_size=60),
    st.integers(0, 60),
)
def test_it_does_not_matter_how_the_work_was_cut(drawings: list[tuple[float, int]], cut: int) -> None:
    confidences, truth = [confidence for confidence, _ in drawings], [label for _, label in drawings]
    whole = notable(confidences, truth)
    first = notable(confidences[:cut], truth[:cut])
    second = notable(confidences[cut:], truth[cut:], start=len(truth[:cut]))
    assert first + second == second + first == whole
    assert len(whole.worst) == min(24, len(drawings))
