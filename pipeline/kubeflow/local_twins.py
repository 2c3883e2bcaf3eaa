"""Where KFP's launcher keeps the local copy of an artifact's URI.

Before the command runs, the launcher copies every input from the object store to a folder of the pod, and afterwards it
uploads every output's folder. TFX reads and writes these folders only: so no node needs credentials or a client of the
store, and `s3://` and `minio://`, which TensorFlow knows nothing of, work as well as `gs://`.
"""

import os
import pathlib

# KFP: backend/src/v2/component/launcher_v2.go, LocalPathForURI.
_FOLDERS = {"gs": "gcs", "s3": "s3", "minio": "minio"}
# In a pod these folders lie in "/". Tests, which are no pod, put them elsewhere.
ROOT_VARIABLE = "QUICKDRAW_POD_ROOT"


class LocalTwins:
    """The launcher's folders in the file system of a pod."""

    def __init__(self, root: str = "/") -> None:
        """Takes the folder that stands for the root of the pod's file system."""
        self._root = pathlib.Path(root)

    @classmethod
    def of_this_pod(cls) -> "LocalTwins":
        """The folders of the pod that this process runs in."""
        return cls(os.environ.get(ROOT_VARIABLE, "/"))

    def path_of(self, uri: str) -> pathlib.Path:
        """Finds the local twin of an artifact.

        Args:
            uri: `gs://`, `s3://` or `minio://`; KFP 2.17 refuses every other root of a pipeline.

        Returns:
            The folder, whether it is there or not.

        Raises:
            ValueError: the scheme is another.
        """
        scheme, separator, rest = uri.partition("://")
        if not separator or scheme not in _FOLDERS:
            raise ValueError(f"the launcher keeps no local copy of {uri}")
        return self._root / _FOLDERS[scheme] / rest

    def in_pod(self, path: str) -> pathlib.Path:
        """Finds what the driver names by an absolute path, such as the file of a task's outcome."""
        return self._root / path.lstrip("/")
