"""DrawingExampleGen: the first node of the pipeline."""

import json
from collections.abc import Mapping, Sequence

from tfx import types
from tfx.dsl.components.base import base_beam_component, executor_spec
from tfx.types import standard_artifacts
from tfx.types.component_spec import ChannelParameter, ComponentSpec, ExecutionParameter

from components.errors import UsageError
from components.example_gen.artifacts import IngestSummary
from components.example_gen.executor import Executor
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS, check_split_fractions


class DrawingExampleGenSpec(ComponentSpec):
    """The parameters and outputs of DrawingExampleGen; text and numbers only, as Kubeflow v2 asks."""

    PARAMETERS = {
        "data_dir": ExecutionParameter(type=str),
        "words": ExecutionParameter(type=str),
        "per_word": ExecutionParameter(type=int),
        "num_words": ExecutionParameter(type=int),
        "split_fractions": ExecutionParameter(type=str),
        "max_bad_fraction": ExecutionParameter(type=float),
        "quarantine_dir": ExecutionParameter(type=str),
        "data_fingerprint": ExecutionParameter(type=str),
        "code_fingerprint": ExecutionParameter(type=str),
    }
    INPUTS: dict[str, ChannelParameter] = {}
    OUTPUTS = {
        "examples": ChannelParameter(type=standard_artifacts.Examples),
        "summary": ChannelParameter(type=IngestSummary),
    }


class DrawingExampleGen(base_beam_component.BaseBeamComponent):
    """Reads a folder of Quick, Draw! drawings, see `docs/ingest.md`.

    Outputs:
        examples: `standard_artifacts.Examples` with the splits train, eval and test: gzipped TFRecords of `tf.Example`s
            with `drawing`, `word` (the label), `key_id`, `countrycode` (bytes) and `strokes`, `points` (int64).
        summary: `IngestSummary`.
    """

    SPEC_CLASS = DrawingExampleGenSpec
    EXECUTOR_SPEC = executor_spec.BeamExecutorSpec(Executor)

    def __init__(
        self,
        data_dir: str,
        quarantine_dir: str,
        words: Sequence[str] | None = None,
        per_word: int | None = None,
        num_words: int | None = None,
        split_fractions: Mapping[str, float] = DEFAULT_SPLIT_FRACTIONS,
        max_bad_fraction: float = 0.01,
        data_fingerprint: str = "",
        code_fingerprint: str = "",
    ) -> None:
        """Makes the component.

        Args:
            data_dir: the folder of `<word>.csv` and `<word>.ndjson` files, plain or gzipped; a path or a URL.
            quarantine_dir: where malformed rows are listed, a file of JSON lines for each data file; earlier lists
                there are removed. "" for a folder of the summary.
            words: the words to read, with spaces or underscores; all if None.
            per_word: the most drawings kept of a word, those whose `key_id` has the smallest hashes; all if None.
            num_words: only the first so many words, sorted; all if None.
            split_fractions: what share of the drawings train, eval and test get.
            max_bad_fraction: the largest tolerated share of malformed rows.
            data_fingerprint: `file_selection.data_fingerprint` of the files; changed data must not come from the cache.
                "" where nobody has seen the files yet; the node looks at them when it runs.
            code_fingerprint: whatever names the version of our code, for the same reason.

        Raises:
            UsageError: if an option has no meaning.
        """
        for option, value in {"--per-word": per_word, "--num-words": num_words}.items():
            if value is not None and value <= 0:
                raise UsageError(f"{option} must be positive, not {value}")
        spec = DrawingExampleGenSpec(
            data_dir=data_dir,
            words=",".join(words or ()),
            per_word=per_word or 0,
            num_words=num_words or 0,
            split_fractions=json.dumps(check_split_fractions(split_fractions)),
            max_bad_fraction=float(max_bad_fraction),
            quarantine_dir=quarantine_dir,
            data_fingerprint=data_fingerprint,
            code_fingerprint=code_fingerprint,
            examples=types.Channel(type=standard_artifacts.Examples),
            summary=types.Channel(type=IngestSummary),
        )
        super().__init__(spec=spec)
