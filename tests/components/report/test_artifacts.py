"""The artifact type's name, which ML Metadata keeps."""

from components.report.artifacts import Report


def test_type_name():
    assert Report.TYPE_NAME == "components.Report"
    assert Report().type_name == "components.Report"
