import pathlib

import pytest

from pipeline.kubeflow.local_twins import ROOT_VARIABLE, LocalTwins


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("gs://bucket/a/b", "/gcs/bucket/a/b"),
        ("s3://bucket/a", "/s3/bucket/a"),
        ("minio://mlpipeline/v2/artifacts", "/minio/mlpipeline/v2/artifacts"),
    ],
)
def test_the_launchers_folders(uri: str, path: str) -> None:
    assert LocalTwins().path_of(uri) == pathlib.Path(path)


@pytest.mark.parametrize("uri", ["/bucket/a", "file:///a", "http://host/a", ""])
def test_what_the_launcher_does_not_copy(uri: str) -> None:
    with pytest.raises(ValueError, match="no local copy"):
        LocalTwins().path_of(uri)


def test_a_test_has_its_pod_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, "/elsewhere")
    twins = LocalTwins.of_this_pod()
    assert twins.path_of("gs://bucket/a") == pathlib.Path("/elsewhere/gcs/bucket/a")
    assert twins.in_pod("/tmp/kfp_outputs/x.json") == pathlib.Path("/elsewhere/tmp/kfp_outputs/x.json")
    monkeypatch.delenv(ROOT_VARIABLE)
    assert LocalTwins.of_this_pod().in_pod("/tmp/x.json") == pathlib.Path("/tmp/x.json")
