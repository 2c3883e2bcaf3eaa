import dataclasses
import pathlib
import sys

import pytest

from components.data_gate.policy import GatePolicy
from pipeline import fingerprint
from pipeline.fingerprint import code_fingerprint, data_key, run_key, schema_fingerprint, training_key
from schema.loader import schema_path
from tests.pipeline.test_config import make


@pytest.fixture
def package(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "fingerprinted"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "inner" / "code.py").write_text("x = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "fingerprinted", raising=False)
    return folder


def test_code_fingerprint_sees_every_change_of_source(package: pathlib.Path) -> None:
    seen = {code_fingerprint("fingerprinted")}
    (package / "inner" / "code.py").write_text("x = 2\n")
    seen.add(code_fingerprint("fingerprinted"))
    (package / "inner" / "schema.pbtxt").write_text("feature {}\n")
    seen.add(code_fingerprint("fingerprinted"))
    (package / "inner" / "code.py").rename(package / "inner" / "other.py")
    seen.add(code_fingerprint("fingerprinted"))
    (package / "inner" / "script.js").write_text("let x;\n")
    seen.add(code_fingerprint("fingerprinted"))
    assert len(seen) == 5
    (package / "inner" / "notes.txt").write_text("no code\n")
    assert code_fingerprint("fingerprinted") in seen


def test_a_module_alone_is_its_own_file(package: pathlib.Path) -> None:
    (package / "alone.py").write_text("x = 1\n")
    before = code_fingerprint("fingerprinted.alone")
    (package / "inner" / "code.py").write_text("x = 3\n")
    assert code_fingerprint("fingerprinted.alone") == before


def test_run_key_tells_models_apart_and_not_places() -> None:
    config = make(data_fingerprint="1")
    assert run_key(dataclasses.replace(config, workspace="elsewhere", enable_cache=False)) == run_key(config)
    assert run_key(dataclasses.replace(config, registry_url="elsewhere", keep=3)) == run_key(config)
    assert run_key(dataclasses.replace(config, data_fingerprint="2")) != run_key(config)
    assert run_key(dataclasses.replace(config, per_word=3)) != run_key(config)
    training = dataclasses.replace(config.training, seed=99)
    assert run_key(dataclasses.replace(config, training=training)) != run_key(config)


def test_run_key_knows_the_schemas_content_and_not_its_place(tmp_path: pathlib.Path) -> None:
    packaged = make(data_fingerprint="1")
    copy = tmp_path / "copy.pbtxt"
    copy.write_bytes(pathlib.Path(schema_path()).read_bytes())
    config = dataclasses.replace(packaged, schema_path=str(copy))
    assert schema_fingerprint(config) == schema_fingerprint(packaged)
    assert run_key(config) == run_key(packaged)
    copy.write_text('feature { name: "word" }')
    assert run_key(config) != run_key(packaged)


def test_data_key_tells_data_apart_and_not_models() -> None:
    config = make(data_fingerprint="1")
    for same in (
        {"workspace": "elsewhere"},
        {"training": dataclasses.replace(config.training, seed=99)},
        {"gate": GatePolicy(drift="fail")},
        {"previous_statistics": 3, "data_key": "x", "run_key": "y"},
    ):
        assert data_key(dataclasses.replace(config, **same)) == data_key(config)
    for other in (
        {"data_fingerprint": "2"},
        {"words": ("ant", "sun")},
        {"num_words": 3},
        {"per_word": 3},
        {"max_bad_fraction": 0.5},
    ):
        assert data_key(dataclasses.replace(config, **other)) != data_key(config)


def test_training_key_tells_trainings_apart_and_not_what_comes_after() -> None:
    config = make(data_fingerprint="1")
    for same in (
        {"workspace": "elsewhere"},
        {"preset": "x"},
        {"baseline_version": 3},
        {"gate": GatePolicy(drift="fail")},
    ):
        assert training_key(dataclasses.replace(config, **same)) == training_key(config)
    for other in (
        {"data_fingerprint": "2"},
        {"per_word": 3},
        {"training": dataclasses.replace(config.training, seed=99)},
        {"warm_start_fingerprint": "another network"},
    ):
        assert training_key(dataclasses.replace(config, **other)) != training_key(config)


def test_run_key_knows_what_was_named_to_begin_from_and_not_what_it_means_today() -> None:
    config = make(warm_start="latest")
    assert run_key(config) != run_key(make())
    assert run_key(dataclasses.replace(config, warm_start_file="found", warm_start_fingerprint="x")) == run_key(config)


@pytest.mark.parametrize("package", ["components.trainer", "components.transform", "components.example_gen"])
def test_training_key_knows_the_code(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = training_key(make())
    monkeypatch.setattr(fingerprint, "code_fingerprint", lambda *names: str(package in names))
    with_it = training_key(make())
    monkeypatch.setattr(fingerprint, "code_fingerprint", lambda *names: "False")
    assert len({before, with_it, training_key(make())}) == 3
