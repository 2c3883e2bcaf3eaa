"""The artifact type that only the Report component makes."""

from tfx.types.artifact import Artifact


class Report(Artifact):
    """A folder with `report.html`."""

    # Kubeflow finds the class by this name, see `components/__init__.py`.
    TYPE_NAME = "components.Report"
