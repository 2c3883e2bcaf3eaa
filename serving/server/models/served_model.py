"""One model name and the versions of it that answer: loaded beside each other, switched, drained."""

import logging
import weakref
from collections.abc import Mapping, Sequence

from serving.server.errors import ServingError
from serving.server.models.failed_loads import FailedLoads, RetryPolicy
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.model_config import ModelSource
from serving.server.models.model_loader import ModelLoader
from serving.server.models.version_history import VersionHistory
from serving.server.models.version_policy import VersionPolicy
from serving.server.models.versions import Version, scan

_LOG = logging.getLogger(__name__)


class ServedModel:
    """The versions of one model in memory, and the history of those that were.

    `poll` runs in one worker thread at a time. Everything else may be called from any thread meanwhile and never waits
    for it: the versions that answer are one mapping, replaced whole when a version is loaded and warm.

    Attributes:
        source: What the next polls look at; None to unload every version.
        history: The state of every version ever seen, as GetModelStatus reports it.
        load_errors: By version number, why nothing answers; empty while something does or is still to be tried.
    """

    def __init__(self, source: ModelSource, history: VersionHistory, loader: ModelLoader, retries: RetryPolicy) -> None:
        self.source: ModelSource | None = source
        self.history = history
        self.load_errors: Mapping[int, ServingError] = {}
        self._name = source.name
        self._loader = loader
        self._failed = FailedLoads(retries)
        self._serving: Mapping[Version, LoadedModel] = {}
        self._warning = ""

    @property
    def versions(self) -> list[int]:
        """The numbers of the versions that answer now, newest first."""
        return sorted((version.number for version in self._serving), reverse=True)

    def acquire(self, number: int | None) -> LoadedModel | None:
        """Returns the version of that number, for None the newest loaded one; None if it does not answer."""
        serving = self._serving
        if number is None:
            return max(serving.values(), key=lambda model: model.version, default=None)
        return next((model for version, model in serving.items() if version.number == number), None)

    def poll(self) -> None:
        """Looks at the base path once: loads what is wanted and missing, then unloads what is no longer wanted.

        As in TensorFlow Serving, an unwanted version answers until a wanted one does; an emptied base path unloads the
        model, a removed one changes nothing, and deleting the newest version rolls back to the next lower one. A
        version that does not load never displaces one that did.
        """
        source = self.source
        try:
            versions = scan(source.base_path) if source else []
        except OSError as error:
            self._warn(f"Cannot read the folder of {self._name}, versions stay as they are: {error}")
            return
        policy = source.policy if source else VersionPolicy()
        absent = ", ".join(map(str, policy.absent(versions)))
        self._warn(f"{self._name} is to be served in versions that are not there: {absent}" if absent else "")
        candidates = policy.candidates(versions)
        wanted = self._load_wanted(candidates, policy.most)
        if wanted or not candidates:
            self._keep_only(wanted)
        self.load_errors = {} if self._serving else self._failed.final_errors()

    def _load_wanted(self, candidates: Sequence[Version], most: int | None) -> dict[Version, LoadedModel]:
        """Returns the first `most` candidates that load; each answers as soon as it is loaded."""
        for version in candidates[:most]:
            self.history.started(version.number)
        wanted: dict[Version, LoadedModel] = {}
        tried: list[Version] = []
        for version in candidates:
            if len(wanted) == most:
                break
            tried.append(version)
            model = self._serving.get(version) or self._try_to_load(version)
            if model:
                wanted[version] = model
        for version, error in self._failed.forget_all_but(tried).items():
            self.history.failed(version.number, error)
        return wanted

    def _try_to_load(self, version: Version) -> LoadedModel | None:
        files = version.fingerprint()
        if not self._failed.is_due(version, files):
            return None
        self.history.loading(version.number)
        try:
            model = self._loader.load(version)
        except ServingError as error:
            is_tried_again = self._failed.add(version, files, error)
            if not is_tried_again:
                self.history.failed(version.number, error)
            first_line = error.message.partition("\n")[0]
            _LOG.warning("Version %d of %s is not served: %s", version.number, self._name, first_line)
            return None
        self._serving = {**self._serving, version: model}
        self.history.available(version.number)
        _LOG.info("Version %d of %s is served", version.number, self._name)
        return model

    def _keep_only(self, wanted: Mapping[Version, LoadedModel]) -> None:
        """Takes every other version away from new requests; each ends when the last request that holds it does."""
        unwanted = {version: model for version, model in self._serving.items() if version not in wanted}
        self._serving = dict(wanted)
        for version, model in unwanted.items():
            if version.number not in self.versions:
                self.history.unloading(version.number)
                weakref.finalize(model, self.history.ended, version.number)

    def _warn(self, warning: str) -> None:
        """Warns once and not at every poll, until there is nothing (an empty text) or something else to warn of."""
        if warning and warning != self._warning:
            _LOG.warning(warning)
        self._warning = warning
