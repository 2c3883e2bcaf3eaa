"""The artifact type that only DrawingExampleGen makes."""

from tfx.types.artifact import Artifact


class IngestSummary(Artifact):
    """A folder with `summary.json`: what became of every row that was read.

    The keys of `summary.json`: `read`, `kept`, `filtered`, `capped`, `duplicate`, `quarantined` and `files` (counts),
    `words` (label -> `read`, `kept`, `filtered` of its well-formed rows), `splits` (name -> rows kept) and `reasons`
    (why rows were quarantined -> count).
    """

    # Kubeflow finds the class by this name, see `components/__init__.py`.
    TYPE_NAME = "components.IngestSummary"
