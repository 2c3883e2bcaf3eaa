"""All models of the server: which version a request gets, what is loaded, and how that changes."""

import threading
from collections.abc import Collection, Mapping, Sequence

import grpc
from tensorflow_serving.apis import get_model_status_pb2, model_pb2

from serving.server.errors import ServingError, invalid_argument, not_found
from serving.server.models.failed_loads import RetryPolicy
from serving.server.models.loaded_model import LoadedModel
from serving.server.models.model_config import ModelSource
from serving.server.models.model_loader import ModelLoader
from serving.server.models.served_model import ServedModel
from serving.server.models.version_history import VersionHistory
from serving.server.models.version_labels import LabelMap, assign_labels


class ModelManager:
    """The models by name, and their labels.

    `acquire` and `status` may be called from any thread and never wait. `reload` only waits for another `reload`, and
    `poll` for another `poll`, which may take as long as a model takes to load: call both from worker threads.
    """

    def __init__(
        self,
        loader: ModelLoader,
        retries: RetryPolicy,
        allow_labels_for_unavailable: bool = False,
    ) -> None:
        self._loader = loader
        self._retries = retries
        self._allow_labels_for_unavailable = allow_labels_for_unavailable
        self._models: Mapping[str, ServedModel] = {}
        self._dropped: Sequence[ServedModel] = ()
        self._labels: LabelMap = {}
        self._histories: dict[str, VersionHistory] = {}
        self._reloading = threading.Lock()
        self._polling = threading.Lock()

    @property
    def versions(self) -> dict[str, list[int]]:
        """The numbers of the versions that answer now by model name, newest first."""
        return {name: model.versions for name, model in self._models.items()}

    def acquire(self, spec: model_pb2.ModelSpec) -> LoadedModel:
        """Returns the version a request is for, to be held until its answer is made.

        Every method gets its model here, once a request, so that a swap cannot mix versions.

        Raises:
            ServingError: INVALID_ARGUMENT for an empty name or an unknown label, NOT_FOUND for a model or version that
                does not answer (server_core.cc:792-841, basic_manager.cc:126-134).
        """
        if not spec.name:
            raise invalid_argument("ModelSpec has no name specified.")
        number = self._number(spec)
        served = self._models.get(spec.name)
        model = served.acquire(number) if served else None
        if model is None:
            request = f"Latest({spec.name})" if number is None else f"Specific({spec.name}, {number})"
            raise not_found(f"Servable not found for request: {request}")
        return model

    def status(self, spec: model_pb2.ModelSpec) -> get_model_status_pb2.GetModelStatusResponse:
        """Returns the state of one version, or of all ever seen, newest first; a label is not looked at.

        Raises:
            ServingError: NOT_FOUND, for a version or model never seen (get_model_status_impl.cc:82-101).
        """
        history = self._histories.get(spec.name)
        statuses = history.statuses() if history else []
        if spec.HasField("version"):
            statuses = [status for status in statuses if status.version == spec.version.value]
            if not statuses:
                raise not_found(f"Could not find version {spec.version.value} of model {spec.name}")
        if not statuses:
            raise not_found(f"Could not find any versions of model {spec.name}")
        return get_model_status_pb2.GetModelStatusResponse(model_version_status=statuses)

    def reload(self, sources: Sequence[ModelSource]) -> set[str]:
        """Replaces the models and their labels; the next poll loads and unloads accordingly.

        A refused reload changes nothing.

        Returns:
            The names that are new.

        Raises:
            ServingError: FAILED_PRECONDITION, see `assign_labels`.
        """
        with self._reloading:
            self._labels = assign_labels(sources, self._labels, self._is_available, self._allow_labels_for_unavailable)
            before = self._models
            self._models = {source.name: self._configured(source) for source in sources}
            dropped = [model for name, model in before.items() if name not in self._models]
            for model in dropped:
                model.source = None
            self._dropped = [*self._dropped, *dropped]
            return self._models.keys() - before.keys()

    def poll(self) -> None:
        """Looks at the base path of every model once, see `ServedModel.poll`."""
        with self._polling:
            with self._reloading:
                dropped, self._dropped = self._dropped, ()
            for model in (*dropped, *self._models.values()):
                model.poll()

    def have_loaded(self, names: Collection[str]) -> bool:
        """Returns whether the models answer; a name that has been dropped meanwhile is passed over.

        Raises:
            ServingError: UNKNOWN, once none of them is loading and one has failed for good (server_core.cc:302-325).
        """
        models = {name: self._models[name] for name in sorted(names) if name in self._models}
        if any(not model.versions and not model.load_errors for model in models.values()):
            return False
        failures = [_failure(name, model.load_errors) for name, model in models.items() if model.load_errors]
        if failures:
            text = f"{len(failures)} model(s) did not become available: {{{''.join(failures)}}}"
            raise ServingError(grpc.StatusCode.UNKNOWN, text)
        return True

    def _configured(self, source: ModelSource) -> ServedModel:
        """Returns the model of that name, or a new one: one that was dropped and comes back loads anew."""
        model = self._models.get(source.name)
        if model is None:
            history = self._histories.setdefault(source.name, VersionHistory())
            return ServedModel(source, history, self._loader, self._retries)
        model.source = source
        return model

    def _is_available(self, name: str, version: int) -> bool:
        return name in self._models and version in self._models[name].versions

    def _number(self, spec: model_pb2.ModelSpec) -> int | None:
        choice = spec.WhichOneof("version_choice")
        if choice == "version_label":
            number = self._labels.get(spec.name, {}).get(spec.version_label)
            if number is None:
                raise invalid_argument(f"Unrecognized servable version label: {spec.version_label}")
            return number
        return int(spec.version.value) if choice == "version" else None


def _failure(name: str, errors: Mapping[int, ServingError]) -> str:
    newest = max(errors)
    return f"{{name: {name} version: {newest}}} due to error: {errors[newest]}}}, "
