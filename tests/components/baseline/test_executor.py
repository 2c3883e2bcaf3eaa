import pathlib

import pytest
from fsspec.implementations.memory import MemoryFileSystem
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


def run_baseline(folder: pathlib.Path, registry: pathlib.Path | str, version: int) -> standard_artifacts.Model:
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


@pytest.mark.parametrize("asked", [3, NEWEST])
def test_copies_out_of_an_object_store(tmp_path: pathlib.Path, asked: int) -> None:
    url = "memory://baseline/models/quickdraw"
    for name in ("saved_model.pb", "variables/variables.index"):
        MemoryFileSystem().pipe_file(f"/baseline/models/quickdraw/3/{name}", name.encode())
    assert baseline_version(run_baseline(tmp_path / "out", url, asked)) == 3
    assert (tmp_path / "out" / "Format-Serving" / "variables" / "variables.index").read_text() == (
        "variables/variables.index"
    )


def test_a_version_that_was_pruned_since_the_run_began_is_an_empty_model(
    tmp_path: pathlib.Path, registry: pathlib.Path
) -> None:
    model = run_baseline(tmp_path / "out", registry, 7)
    assert baseline_version(model) == 7
    assert list((tmp_path / "out" / "Format-Serving").iterdir()) == []
