import json
import pathlib
import subprocess
import sys

import pytest

from components.errors import UsageError
from pipeline.warm_start_source import resolve_warm_start


def add_version(registry: pathlib.Path, version: int, run_key: str, network: bool = True) -> pathlib.Path:
    """Writes the files of a pushed version that the search looks at; returns where its network is."""
    assets = registry / str(version) / "assets.extra"
    assets.mkdir(parents=True)
    (registry / str(version) / "saved_model.pb").touch()
    (assets / "run.json").write_text(json.dumps({"run_key": run_key}))
    if network:
        (assets / "network.keras").touch()
    return assets / "network.keras"


def test_latest_is_the_newest_of_other_runs(tmp_path: pathlib.Path) -> None:
    add_version(tmp_path, 8, "mine")
    network = add_version(tmp_path, 9, "other")
    add_version(tmp_path, 10, "mine")
    add_version(tmp_path, 11, "mine")
    assert resolve_warm_start("latest", tmp_path, "mine") == network
    assert resolve_warm_start("latest", tmp_path, "third").parts[-3] == "11"


def test_a_version_is_taken_whoever_pushed_it(tmp_path: pathlib.Path) -> None:
    network = add_version(tmp_path, 3, "mine")
    add_version(tmp_path, 4, "other")
    assert resolve_warm_start("3", tmp_path, "mine") == network


def test_a_path_is_a_network_or_the_folder_of_a_model(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = add_version(tmp_path, 3, "mine")
    assert resolve_warm_start(str(network), tmp_path / "none", "mine") == network
    monkeypatch.chdir(tmp_path)
    assert resolve_warm_start("./3", tmp_path / "none", "mine") == network


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("4", r"--warm-start 4: .* has no such version; there are 3, 5\."),
        ("0", r"--warm-start 0: .* has no such version; "),
        ("5", r"5 has no assets\.extra/network\.keras, as models exported before networks were kept"),
        ("latest", r"5 has no assets\.extra/network\.keras, as models exported before networks were kept"),
        ("-1", r"--warm-start: there is no -1; give latest, a version, a \.keras file or a SavedModel's folder\."),
        ("nowhere.keras", r"--warm-start: there is no nowhere\.keras; "),
        ("3/saved_model.pb", r"--warm-start: 3/saved_model\.pb is no \.keras file; "),
        ("3/assets.extra", r"--warm-start: 3/assets\.extra has no assets\.extra/network\.keras"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    value: str, sentence: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_version(tmp_path, 3, "other")
    add_version(tmp_path, 5, "other", network=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=sentence):
        resolve_warm_start(value, tmp_path, "mine")


def test_an_empty_registry_says_what_to_do(tmp_path: pathlib.Path) -> None:
    registry = tmp_path / "none"
    with pytest.raises(UsageError, match=r"latest: no other run has pushed a model to .*none yet; run once without it"):
        resolve_warm_start("latest", registry, "mine")
    with pytest.raises(UsageError, match=r"7: .*none has no such version; nothing has been pushed yet\."):
        resolve_warm_start("7", registry, "mine")
    add_version(registry, 1, "mine")
    with pytest.raises(UsageError, match="no other run has pushed"):
        resolve_warm_start("latest", registry, "mine")


def test_the_search_loads_nothing_heavy() -> None:
    script = (
        "import sys, pipeline.warm_start_source\nassert not {'tensorflow', 'keras', 'tfx', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("value", ["latest", "7"])
def test_a_version_on_an_object_store_is_refused_with_what_to_do(value: str) -> None:
    with pytest.raises(
        UsageError,
        match=rf"^--warm-start {value}: gs://bucket is an object store; copy a \.keras file here and name it",
    ):
        resolve_warm_start(value, "gs://bucket", "")
