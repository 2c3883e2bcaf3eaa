"""The artifact type's name, which ML Metadata keeps."""

from components.report.artifacts import Report


def test_type_name():
    assert Report.TYPE_NAME == "quickdraw.Report"
    assert Report().type_name == "quickdraw.Report"
