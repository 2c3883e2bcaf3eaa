"""The artifact type that only the Report component makes."""

from tfx.types.artifact import Artifact


class Report(Artifact):
    """A folder with `report.html`."""

    TYPE_NAME = "quickdraw.Report"
