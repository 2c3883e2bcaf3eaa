"""The artifact type that only DataGate makes."""

from tfx.types.artifact import Artifact


class DataApproval(Artifact):
    """A folder with `approval.json`: `splits` (name -> examples checked) and `anomalies`, which is 0."""

    TYPE_NAME = "DataApproval"
