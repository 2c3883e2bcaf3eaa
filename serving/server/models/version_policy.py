"""Which of the versions under a base path are to be served: latest N, specific ones, or all."""

from collections.abc import Sequence
from dataclasses import dataclass

from tensorflow_serving.config.file_system_storage_path_source_pb2 import FileSystemStoragePathSourceConfig

from serving.server.models.versions import Version


@dataclass(frozen=True)
class VersionPolicy:
    """A `ServableVersionPolicy` (file_system_storage_path_source.proto), made ready to be asked.

    Attributes:
        most: How many versions are served at once, None for no limit.
        numbers: The only version numbers that may be served, None for any.
    """

    most: int | None = 1
    numbers: frozenset[int] | None = None

    @classmethod
    def from_message(cls, message: FileSystemStoragePathSourceConfig.ServableVersionPolicy) -> "VersionPolicy":
        """Reads a policy; unset means the newest version alone, and so does a `latest` of 0 versions."""
        choice = message.WhichOneof("policy_choice")
        if choice == "all":
            return cls(most=None)
        if choice == "specific":
            return cls(most=None, numbers=frozenset(message.specific.versions))
        return cls(most=max(1, message.latest.num_versions))

    def candidates(self, versions: Sequence[Version]) -> list[Version]:
        """Returns the versions that may be served, in the order given: newest first, as `versions.scan` lists them.

        The first `most` of them *that load* are to be served. TensorFlow Serving takes the first `most` whether they
        load or not, and is left with nothing when all of those are broken.
        """
        return [version for version in versions if self.numbers is None or version.number in self.numbers]

    def absent(self, versions: Sequence[Version]) -> list[int]:
        """Returns the specific version numbers that are not on disk, ascending."""
        return sorted((self.numbers or frozenset()) - {version.number for version in versions})
