"""Options -> a submission: what is checked before the first drawing is answered, and what goes on after a kill."""

import dataclasses
import pathlib
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import apache_beam as beam

from components.errors import UsageError
from components.example_gen.data_file import DataFile
from components.submission import work_folder
from components.submission.drawings_file import digest_of_file, unpack
from components.submission.frequent_words import FrequentWords, read_frequent_words
from components.submission.inference import answer_shards
from components.submission.join import Joined, join
from components.submission.labels import check_labels, read_labels
from components.submission.model_handler import DoodleModelHandler
from components.submission.parts import list_parts
from components.submission.pushed_model import digest_of_model, fetch_model
from components.submission.score import Score, score
from components.submission.survey import Shard, survey
from components.submission.watch import PartsWatcher
from pipeline.beam_runner import beam_runner
from pipeline.fingerprint import INGEST_CODE, code_fingerprint
from pipeline.runner_options import RunnerOptions
from pipeline.submission_options import SubmissionOptions, check_options


@dataclasses.dataclass(frozen=True)
class SubmissionResult:
    """What came of it.

    Attributes:
        version: that answered.
        frequent: what answered the drawings that were none.
        joined: the rows and the file.
        answered: rows that this run answered; an earlier one did the others.
        seconds: from the first to the last of these, with the start of Beam and the load of the model.
        score: None without labels.
    """

    version: int
    frequent: FrequentWords
    joined: Joined
    answered: int
    seconds: float
    score: Score | None


class Listener(Protocol):
    """Whoever wants to know how far it is."""

    def say(self, sentence: str) -> None:
        """Something worth a sentence."""

    def started(self, rows: int, done: int) -> None:
        """So many drawings there are, and so many an earlier run answered."""

    def progress(self, done: int) -> None:
        """So many are answered now."""


def submit(options: SubmissionOptions, listener: Listener) -> SubmissionResult:
    """Answers all drawings of a file.

    Args:
        options: what to do.
        listener: is told how far it is.

    Raises:
        QuickdrawError: a file, the model or an option cannot be used; one sentence.
    """
    version, packed = check_options(options)
    labels = read_labels(options.labels) if options.labels else None
    with work_folder.opened(options.out) as folder:
        model = fetch_model(options.registry, version, folder)
        frequent = read_frequent_words(model)
        handler = DoodleModelHandler(str(model), frequent.words, options.batch_size)
        digest = digest_of_file(packed)
        if changed := work_folder.begin(folder, _fingerprint(options, digest, model)):
            listener.say(f"{changed} changed since the run that left {folder}: starting anew.")
        file = unpack(packed, folder)
        shards = survey(file, options.shard_bytes)
        if labels is not None:
            check_labels(labels, file)
        handler.check_model()
        started = time.monotonic()
        try:
            answered = _answer(shards, handler, folder, options.where, listener)
        finally:
            _check_unchanged(packed, digest, folder)
        joined = join(folder, shards, options.out)
        seconds = time.monotonic() - started
    scored = None if labels is None else score(options.out, labels)
    return SubmissionResult(version, frequent, joined, answered, seconds, scored)


def _fingerprint(options: SubmissionOptions, digest: str, model: pathlib.Path) -> dict[str, str]:
    """What the parts depend on. Answers differ in their last digits between batch sizes, which may swap two words."""
    return {
        "the file of drawings": digest,
        "the model": digest_of_model(model),
        "the batch size": str(options.batch_size),
        "the size of the shards": str(options.shard_bytes),
        "the code": code_fingerprint("components.submission", *INGEST_CODE),
    }


def _answer(
    shards: Sequence[Shard],
    handler: DoodleModelHandler,
    folder: pathlib.Path,
    where: RunnerOptions,
    listener: Listener,
) -> int:
    """Makes the parts that are missing; returns how many drawings that took."""
    there = list_parts(folder)
    missing = [shard for shard in shards if shard.number not in there]
    rows, left = (sum(shard.rows for shard in some) for some in (shards, missing))
    listener.started(rows, rows - left)
    # An earlier run may have been killed while it joined them.
    if missing:
        with PartsWatcher(folder, {shard.number: shard.rows for shard in shards}, listener.progress):
            _answer_missing(shards, handler, folder, where)
    return left


def _answer_missing(
    shards: Sequence[Shard], handler: DoodleModelHandler, folder: pathlib.Path, where: RunnerOptions
) -> None:
    def work(make_pipeline: Callable[[], beam.Pipeline]) -> None:
        # A part is whole or not there, so what a failed attempt answered is answered.
        there = list_parts(folder)
        with make_pipeline() as pipeline:
            answer_shards(pipeline, [shard for shard in shards if shard.number not in there], handler, str(folder))

    with beam_runner(where) as runner:
        runner.run("Submission", work, lambda: None)


def _check_unchanged(file: DataFile, digest: str, folder: pathlib.Path) -> None:
    """Refuses a file that somebody wrote to meanwhile: some parts are of the old rows and some of the new ones."""
    if digest_of_file(file) != digest:
        work_folder.discard(folder)
        raise UsageError(f"{file.path} changed while its drawings were answered; run this again.")
