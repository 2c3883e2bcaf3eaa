"""The artifact type that only the Report component makes."""

from tfx.types.artifact import Artifact


class Report(Artifact):
    """A folder with `report.html`, the page, and `summary.json`, the figures (see `components.report.figures`)."""

    TYPE_NAME = "Report"
