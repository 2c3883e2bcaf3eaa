"""The life of every version this server has seen, as GetModelStatus reports it.

Kept apart from what serves requests, as in TensorFlow Serving: an unloaded version stays listed as END.
"""

from tensorflow_serving.apis import get_model_status_pb2 as status_pb2

from serving.server.errors import ServingError


class VersionHistory:
    """The newest state of each version.

    Written by the thread that loads and, when the last request lets go of an old version, by any thread. Every write
    replaces one whole entry, which is atomic, so no lock is needed (and none could be taken in a finalizer).
    """

    def __init__(self) -> None:
        self._status: dict[int, status_pb2.ModelVersionStatus] = {}

    def started(self, version: int) -> None:
        """Records that the version is to be served and waits for its turn, unless it has been seen before."""
        if version not in self._status:
            self._record(version, status_pb2.ModelVersionStatus.START)

    def loading(self, version: int) -> None:
        """Records that the version is being read and warmed."""
        self._record(version, status_pb2.ModelVersionStatus.LOADING)

    def available(self, version: int) -> None:
        """Records that the version answers requests."""
        self._record(version, status_pb2.ModelVersionStatus.AVAILABLE)

    def unloading(self, version: int) -> None:
        """Records that the version gets no new request and finishes those it has."""
        self._record(version, status_pb2.ModelVersionStatus.UNLOADING)

    def ended(self, version: int) -> None:
        """Records that the version is out of memory, unless it has come back meanwhile."""
        if self._status[version].state == status_pb2.ModelVersionStatus.UNLOADING:
            self._record(version, status_pb2.ModelVersionStatus.END)

    def failed(self, version: int, error: ServingError) -> None:
        """Records that the version could not be loaded, with code and reason."""
        self._record(version, status_pb2.ModelVersionStatus.END, int(error.code.value[0]), error.message)

    def statuses(self) -> list[status_pb2.ModelVersionStatus]:
        """Returns the state of every version ever seen, newest version first."""
        snapshot = dict(self._status)
        return [snapshot[version] for version in sorted(snapshot, reverse=True)]

    def _record(self, version: int, state: int, code: int = 0, message: str = "") -> None:
        status = status_pb2.ModelVersionStatus(version=version, state=state)
        status.status.error_code = code
        status.status.error_message = message
        self._status[version] = status
