import dataclasses
import gzip
import pathlib

import pytest

from components.errors import DataRefusedError, UsageError
from components.submission.work_folder import folder_of
from pipeline import submission as module
from pipeline.submission import submit
from pipeline.submission_options import SubmissionOptions
from tests.components.submission.drawing_rows import (
    ANSWER,
    FREQUENT,
    LINE,
    LINE_IN_LINES,
    NO_DRAWING,
    push_tiny_model,
    write_drawings,
    write_labels,
)
from tests.pipeline.submission_listener import Listener

ROWS = [(f"k{i}", [LINE, LINE_IN_LINES, NO_DRAWING][i % 3]) for i in range(20)]
EXPECTED = "key_id,word\n" + "".join(f"{key},{FREQUENT if text == NO_DRAWING else ANSWER}\n" for key, text in ROWS)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("models")
    push_tiny_model(folder, 7)
    push_tiny_model(folder, 6, counts=None)
    return folder


@pytest.fixture
def options(registry: pathlib.Path, tmp_path: pathlib.Path) -> SubmissionOptions:
    test = write_drawings(tmp_path / "test.csv", ROWS)
    return SubmissionOptions(str(test), tmp_path / "out" / "submission.csv", str(registry), shard_bytes=200)


def interrupt(options: SubmissionOptions, monkeypatch: pytest.MonkeyPatch, shards: int) -> None:
    """Runs until so many shards are answered; what is left is what a kill leaves."""
    answer = module.answer_shards

    def killed() -> None:
        raise KeyboardInterrupt

    def answer_some(pipeline, missing, *rest) -> None:
        answer(pipeline, missing[:shards], *rest)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(module, "answer_shards", answer_some)
        patched.setattr(module, "join", lambda *_: killed())
        submit(options, Listener())


def test_every_key_once_in_the_order_of_the_file(options: SubmissionOptions) -> None:
    listener = Listener()
    result = submit(options, listener)
    assert options.out.read_text() == EXPECTED
    assert (result.version, result.joined.rows, result.joined.malformed, result.answered) == (7, 20, 6, 20)
    assert (result.frequent.words, result.score) == (("bee", "angel", "ant"), None)
    assert (listener.sentences, listener.starts) == ([], [(20, 0)])
    assert list(options.out.parent.iterdir()) == [options.out]


def test_a_version_without_counts_answers_with_its_first_words(options: SubmissionOptions) -> None:
    submit(dataclasses.replace(options, version=6), Listener())
    assert options.out.read_text().splitlines()[3] == "k2,alarm_clock angel ant"


def test_a_gzipped_file_is_answered_in_shards_too(options: SubmissionOptions) -> None:
    packed = pathlib.Path(f"{options.test}.gz")
    packed.write_bytes(gzip.compress(pathlib.Path(options.test).read_bytes()))
    submit(dataclasses.replace(options, test=str(packed)), Listener())
    assert options.out.read_text() == EXPECTED
    assert list(options.out.parent.iterdir()) == [options.out]


def test_the_same_run_goes_on(options: SubmissionOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(options, monkeypatch, shards=2)
    parts = {path: path.stat().st_mtime_ns for path in folder_of(options.out).glob("part-*")}
    assert len(parts) == 2
    monkeypatch.setattr(module, "_check_unchanged", lambda *_: check_parts())

    def check_parts() -> None:
        assert {path: path.stat().st_mtime_ns for path in parts} == parts

    listener = Listener()
    result = submit(options, listener)
    ((rows, done),) = listener.starts
    assert (rows, result.answered) == (20, 20 - done)
    assert 0 < done < 20
    assert options.out.read_text() == EXPECTED


def test_a_run_killed_while_it_joins_has_nothing_left_to_answer(
    options: SubmissionOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(options, monkeypatch, shards=99)
    listener = Listener()
    assert submit(options, listener).answered == 0
    assert listener.starts == [(20, 20)]
    assert options.out.read_text() == EXPECTED


@pytest.mark.parametrize(
    ("change", "what"), [("file", "the file of drawings"), ("model", "the model"), ("batch", "the batch size")]
)
def test_what_has_changed_starts_anew(
    options: SubmissionOptions, monkeypatch: pytest.MonkeyPatch, change: str, what: str
) -> None:
    interrupt(options, monkeypatch, shards=2)
    if change == "file":
        write_drawings(pathlib.Path(options.test), [(key, LINE) for key, _ in ROWS])
    listener = Listener()
    changes = {"file": {}, "model": {"version": 6}, "batch": {"batch_size": 64}}[change]
    submit(dataclasses.replace(options, **changes), listener)
    (sentence,) = listener.sentences
    assert sentence.startswith(f"{what} changed since the run that left ")
    assert listener.starts == [(20, 0)]


def test_a_file_that_changes_meanwhile(options: SubmissionOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = module.answer_shards

    def answer_and_write(*arguments) -> None:
        answer(*arguments)
        write_drawings(pathlib.Path(options.test), ROWS[:5])

    monkeypatch.setattr(module, "answer_shards", answer_and_write)
    with pytest.raises(UsageError, match=r"test.csv changed while its drawings were answered; run this again"):
        submit(options, Listener())
    assert not options.out.exists()
    assert not folder_of(options.out).exists()


def test_a_score_of_what_is_known(options: SubmissionOptions, tmp_path: pathlib.Path) -> None:
    # Drawings: first, second and none of the words; texts that are none are answered bee angel ant.
    words = {"k0": "ant", "k1": "alarm clock", "k2": "ant", "k3": "moon"}
    labels = write_labels(tmp_path / "labels.csv", [(key, words.get(key, "ant")) for key, _ in ROWS])
    result = submit(dataclasses.replace(options, labels=str(labels)), Listener())
    assert result.score is not None
    # Of 14 drawings 12 are ants, one is second, one unknown; the six others have ant as third.
    assert result.score.accuracy.mean == pytest.approx(12 / 20)
    assert result.score.map_at_3.mean == pytest.approx((12 + 1 / 2 + 6 / 3) / 20)


def test_labels_of_other_drawings_cost_no_inference(
    options: SubmissionOptions, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "beam_runner", None)
    labels = write_labels(tmp_path / "labels.csv", [("k0", "ant")])
    with pytest.raises(DataRefusedError, match="has no label for the key_id k1, row 2 of"):
        submit(dataclasses.replace(options, labels=str(labels)), Listener())
    assert not folder_of(options.out).exists()
