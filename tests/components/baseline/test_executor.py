import pathlib

import pytest
from tfx.types import standard_artifacts

from components.baseline.component import baseline_version
from components.baseline.executor import NEWEST, Executor


@pytest.fixture
def registry(tmp_path: pathlib.Path) -> pathlib.Path:
    for version in ("3", "20"):
        folder = tmp_path / "registry" / version
        folder.mkdir(parents=True)
        (folder / "saved_model.pb").write_text(f"model {version}")
    return tmp_path / "registry"


def run_baseline(folder: pathlib.Path, registry: pathlib.Path, version: int) -> standard_artifacts.Model:
    model = standard_artifacts.Model()
    model.uri = str(folder)
    folder.mkdir()
    Executor().Do({}, {"model": [model]}, {"registry": str(registry), "version": version})
    return model


@pytest.mark.parametrize(("asked", "given"), [(3, 3), (20, 20), (NEWEST, 20)])
def test_copies_the_version(tmp_path: pathlib.Path, registry: pathlib.Path, asked: int, given: int) -> None:
    model = run_baseline(tmp_path / "out", registry, asked)
    assert baseline_version(model) == given
    assert (tmp_path / "out" / "Format-Serving" / "saved_model.pb").read_text() == f"model {given}"


@pytest.mark.parametrize("asked", [0, NEWEST])
def test_an_empty_registry_leaves_a_mark(tmp_path: pathlib.Path, asked: int) -> None:
    model = run_baseline(tmp_path / "out", tmp_path / "nothing", asked)
    assert baseline_version(model) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["no-baseline.txt"]
