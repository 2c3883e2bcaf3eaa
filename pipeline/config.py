"""One frozen object that says what a pipeline does; a runner only says where it runs."""

import dataclasses
import pathlib

from components.data_gate.policy import GatePolicy
from components.errors import UsageError
from components.evaluator.thresholds import Thresholds
from components.pusher.registry import registry_of
from components.trainer.training_config import TrainingConfig
from components.urls import is_url

# Of the pipeline in ML Metadata, under which its runs are looked up.
PIPELINE_NAME = "quickdraw"
# In the workspace.
REPORT_FILE = "report.html"


@dataclasses.dataclass(frozen=True)
class PipelineConfig:
    """Everything `create_pipeline` needs.

    Attributes:
        data_dir: folder of drawings, a path or a URL.
        workspace: folder of everything the pipeline makes; "" in pods that share none.
        training: network, optimizer, schedule, raster.
        preset: name of the preset it came from; for the model card only.
        warm_start: what the user named to begin from: "latest", a version, a path, or "" for fresh weights.
        warm_start_file: the `.keras` file that this means, "" for none.
        warm_start_fingerprint: hash of that file's content.
        thresholds: what the model must reach to be pushed.
        words: the words to learn; empty for all.
        num_words: the first so many words alphabetically; None for all.
        per_word: at most so many drawings a word; None for all.
        max_bad_fraction: share of malformed rows above which the run stops.
        gate: what the data gate refuses, and what it only warns of.
        schema_path: text proto of the schema the data has to keep; "" for the packaged one.
        enable_cache: whether a node whose inputs and code are unchanged is skipped.
        data_fingerprint: names, sizes and times of the data files; part of the cache key.
        run_key: what defines the model that this run makes; written beside what it pushes.
        baseline_version: pushed version to compare with, 0 for none, -1 for the newest when the node runs.
        data_key: what defines the examples that this run makes; published with their statistics.
        previous_statistics: version of the statistics to look for drift from, 0 for none, -1 for the newest of other
            data when the node runs.
        registry_url: folder or URL of the pushed versions; "" for the workspace's own.
        keep: how many of the newest pushed versions stay; None for all.
        lost_versions: versions this run pushed before that are gone, see `components.pusher.component`.
        in_pods: whether each node runs in a pod of its own, which sees no file of this machine. Nobody has seen the
            data then, so the nodes find the keys of data and run themselves.
    """

    data_dir: str
    workspace: str
    training: TrainingConfig
    thresholds: Thresholds
    preset: str = ""
    warm_start: str = ""
    warm_start_file: str = ""
    warm_start_fingerprint: str = ""
    words: tuple[str, ...] = ()
    num_words: int | None = None
    per_word: int | None = None
    max_bad_fraction: float = 0.01
    gate: GatePolicy = dataclasses.field(default_factory=GatePolicy)
    schema_path: str = ""
    enable_cache: bool = True
    data_fingerprint: str = ""
    run_key: str = ""
    baseline_version: int = -1
    data_key: str = ""
    previous_statistics: int = -1
    registry_url: str = ""
    keep: int | None = None
    lost_versions: str = ""
    in_pods: bool = False

    def __post_init__(self) -> None:
        if self.per_word is not None and self.per_word < 1:
            raise UsageError(f"--per-word must be at least 1, not {self.per_word}.")
        if self.num_words is not None and self.num_words < 2:
            raise UsageError(f"--num-words must be at least 2, not {self.num_words}; a classifier needs two words.")
        if self.words and self.num_words is not None:
            raise UsageError("--words and --num-words exclude each other; give one of them.")
        if self.keep is not None and self.keep < 1:
            raise UsageError(f"--keep must be at least 1, not {self.keep}: the newest version serves.")
        if self.keep is not None and is_url(self.registry):
            raise UsageError(
                f"--keep: {self.registry} is an object store, where no version can be removed in one step; "
                "leave it out, and let the store's own rules expire old versions."
            )
        if not self.workspace and not self.registry_url:
            raise UsageError("without a workspace there must be a registry to push to; name one with --registry.")
        if not 0.0 <= self.max_bad_fraction <= 1.0:
            raise UsageError(f"--max-bad-fraction must be in 0..1, not {self.max_bad_fraction}.")

    @property
    def registry(self) -> str:
        """Folder of the pushed versions, or its URL."""
        return self.registry_url or str(registry_of(pathlib.Path(self.workspace)))

    @property
    def metadata_path(self) -> str:
        """SQLite file of ML Metadata."""
        return str(pathlib.Path(self.workspace, "metadata.sqlite"))

    @property
    def artifacts_dir(self) -> str:
        """TFX's pipeline root."""
        return str(pathlib.Path(self.workspace, "artifacts"))

    @property
    def training_dir(self) -> str:
        """Folder of the states of unfinished trainings; "" for none that lasts."""
        return self._in_workspace("training")

    @property
    def quarantine_dir(self) -> str:
        """Folder of the rows that were no drawings; "" for beside the counts of the ingest."""
        return self._in_workspace("quarantine")

    @property
    def statistics_registry(self) -> str:
        """Folder of the statistics of approved data; "" for none."""
        return self._in_workspace("statistics")

    @property
    def report_path(self) -> str:
        """The HTML report of the newest run."""
        return str(pathlib.Path(self.workspace, REPORT_FILE))

    def _in_workspace(self, name: str) -> str:
        return str(pathlib.Path(self.workspace, name)) if self.workspace else ""
