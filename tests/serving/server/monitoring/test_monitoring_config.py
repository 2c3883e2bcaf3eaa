import pytest

from components.errors import UsageError
from serving.server.monitoring.monitoring_config import prometheus_path_of


@pytest.fixture
def path_of(tmp_path):
    def write_and_read(text):
        file = tmp_path / "monitoring.config"
        file.write_text(text)
        return prometheus_path_of(file)

    return write_and_read


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('prometheus_config { enable: true, path: "/metrics" }', "/metrics"),
        ("# metrics\nprometheus_config: {\n  enable: true\n}\n", "/monitoring/prometheus/metrics"),
        ('prometheus_config { enable: false path: "/metrics" }', None),
        ("prometheus_config { }", None),
        ("", None),
    ],
)
def test_files(path_of, text, path):
    assert path_of(text) == path


def test_no_file():
    assert prometheus_path_of(None) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("prometheus_config { enabled: true }", "is not a MonitoringConfig in protobuf's text format: 1:21"),
        ('prometheus_config { enable: true path: "metrics" }', "begins with a slash, unlike metrics"),
    ],
)
def test_files_that_are_refused(path_of, text, reason):
    with pytest.raises(UsageError, match=reason):
        path_of(text)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match=r"Cannot read the MonitoringConfig .* \(No such file or directory\)"):
        prometheus_path_of(tmp_path / "none")
