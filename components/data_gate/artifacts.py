"""The artifact type that only DataGate makes."""

from tfx.types.artifact import Artifact

APPROVAL_FILE = "approval.json"


class DataApproval(Artifact):
    """A folder with `approval.json`.

    `splits` (name -> examples checked), `warnings` (sentences), `notes` (sentences: what the data was compared
    with) and `statistics_version` (under which the statistics of this data were published).
    """

    # Kubeflow finds the class by this name, see `components/__init__.py`.
    TYPE_NAME = "components.DataApproval"
