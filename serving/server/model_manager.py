"""Keeps the newest loadable version of one model served, and never lets a bad one displace a good one."""

import logging
import weakref
from pathlib import Path

import grpc
from tensorflow_serving.apis import get_model_status_pb2, model_pb2

from serving.server.errors import ServingError, invalid_argument, not_found
from serving.server.loaded_model import LoadedModel, load_model
from serving.server.version_history import VersionHistory
from serving.server.versions import Version, scan
from serving.server.warmup import warm_up

_LOG = logging.getLogger(__name__)


class ModelManager:
    """One model name, its base path and the version that answers now.

    `poll` runs in one worker thread at a time; `acquire` and `status` may be called from any thread meanwhile, and
    never wait for it: the version being served is a single reference, replaced when the next one is loaded and warm.
    """

    def __init__(self, model_name: str, base_path: Path) -> None:
        self.model_name = model_name
        self._base_path = base_path
        self._serving: LoadedModel | None = None
        self._history = VersionHistory()
        self._refused: dict[Version, frozenset[tuple[str, int, int]]] = {}
        self._unreadable = False

    @property
    def serving_version(self) -> int | None:
        """The number of the version that answers now, or None."""
        return self._serving.version if self._serving else None

    def poll(self) -> None:
        """Looks at the base path once and swaps where the newest version that loads is not the one being served.

        As in TensorFlow Serving, an emptied base path unloads the model, a removed one changes nothing, and deleting
        the version being served rolls back to the next lower one. A refused version is tried again only after its
        files have changed: a copy in progress heals by itself, a broken one costs one log line.
        """
        try:
            versions = scan(self._base_path)
        except OSError as error:
            if not self._unreadable:
                _LOG.warning("Cannot read the model's folder, versions stay as they are: %s", error)
            self._unreadable = True
            return
        self._unreadable = False
        self._refused = {version: files for version, files in self._refused.items() if version in versions}
        if not versions:
            self._swap(None)
        for version in versions:
            if version.number == self.serving_version or self._try_to_serve(version):
                return

    def acquire(self, spec: model_pb2.ModelSpec) -> LoadedModel:
        """Returns the version a request is for, to be held until its answer is made.

        Raises:
            ServingError: INVALID_ARGUMENT for an empty name or any label (labels come with a config file, which this
                server does not read); NOT_FOUND for a model or version that is not served.
        """
        if not spec.name:
            raise invalid_argument("ModelSpec has no name specified.")
        choice = spec.WhichOneof("version_choice")
        if choice == "version_label":
            raise invalid_argument(f"Unrecognized servable version label: {spec.version_label}")
        serving = self._serving
        wanted = spec.version.value if choice == "version" else None
        if serving and spec.name == self.model_name and wanted in (None, serving.version):
            return serving
        request = f"Latest({spec.name})" if wanted is None else f"Specific({spec.name}, {wanted})"
        raise not_found(f"Servable not found for request: {request}")

    def status(self, spec: model_pb2.ModelSpec) -> get_model_status_pb2.GetModelStatusResponse:
        """Returns the state of one version, or of all ever seen, newest first; a label is not looked at.

        Raises:
            ServingError: NOT_FOUND, for a version or model never seen.
        """
        statuses = self._history.statuses() if spec.name == self.model_name else []
        if spec.HasField("version"):
            statuses = [status for status in statuses if status.version == spec.version.value]
            if not statuses:
                raise not_found(f"Could not find version {spec.version.value} of model {spec.name}")
        if not statuses:
            raise not_found(f"Could not find any versions of model {spec.name}")
        return get_model_status_pb2.GetModelStatusResponse(model_version_status=statuses)

    def _try_to_serve(self, version: Version) -> bool:
        files = version.fingerprint()
        if self._refused.get(version) == files:
            return False
        self._history.loading(version.number)
        try:
            model = _load_and_warm(version)
        except Exception as error:  # whatever a damaged folder makes the loader raise, the good version stays
            first_line = str(error).partition("\n")[0]
            _LOG.warning("Version %d of %s is not served: %s", version.number, self.model_name, first_line)
            self._history.failed(version.number, _code_number(error), str(error))
            self._refused[version] = files
            return False
        self._swap(model)
        return True

    def _swap(self, model: LoadedModel | None) -> None:
        previous, self._serving = self._serving, model
        if model:
            self._history.available(model.version)
            _LOG.info("Version %d of %s is served", model.version, self.model_name)
        if previous:
            self._history.unloading(previous.version)
            weakref.finalize(previous, self._history.ended, previous.version)


def _load_and_warm(version: Version) -> LoadedModel:
    missing = version.missing_file()
    if missing:
        raise ServingError(grpc.StatusCode.NOT_FOUND, f"{version.path} has no {missing}")
    model = load_model(version)
    warm_up(model, version)
    return model


def _code_number(error: Exception) -> int:
    if isinstance(error, ServingError):
        return int(error.code.value[0])
    return int(getattr(error, "error_code", grpc.StatusCode.UNKNOWN.value[0]))
