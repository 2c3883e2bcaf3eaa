"""The pipeline that is compiled with an overlay's settings finds there what it mounts."""

import pytest

from pipeline.kubeflow.compile import compile_pipeline
from pipeline.kubeflow.lint.lint import lint
from pipeline.kubeflow.options import CompileOptions, make_config
from pipeline.kubeflow.settings import NODE_IDS
from pipeline.kubeflow.settings_file import read_settings
from tests.pipeline.kubeflow.manifests.overlays import MANIFESTS

IMAGE = f"registry.example/quickdraw:1@sha256:{'0' * 64}"


@pytest.mark.parametrize(
    ("overlay", "data", "registry"),
    [
        ("pvc", "/data", "/models/quickdraw"),
        ("s3", "s3://quickdraw-data", "s3://quickdraw-models/quickdraw"),
    ],
)
def test_the_lint_finds_nothing_with_the_places_of_the_documentation(overlay, data, registry):
    settings = read_settings(MANIFESTS / "overlays" / overlay / "kubeflow.yaml", NODE_IDS)
    options = CompileOptions(image=IMAGE, data=data, registry=registry, workspace=settings.workspace)
    assert lint(compile_pipeline(make_config(options), IMAGE, settings)) == []
