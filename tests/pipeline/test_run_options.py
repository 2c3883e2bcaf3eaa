import dataclasses
import os
import pathlib
import subprocess
import sys

import fsspec
import pytest

from components.data_gate.policy import GatePolicy
from components.errors import UsageError
from pipeline.run_options import RunOptions, make_config

HEADER = "countrycode,drawing,key_id,recognized,timestamp,word\n"


@pytest.fixture
def options(tmp_path: pathlib.Path) -> RunOptions:
    data = tmp_path / "data"
    data.mkdir()
    for word in ("ant", "sun", "alarm clock"):
        (data / f"{word}.csv").write_text(HEADER)
    return RunOptions(data=str(data), workspace=tmp_path / "workspace")


def test_the_preset_decides_what_the_user_leaves_open(options: RunOptions) -> None:
    config = make_config(options)
    assert (config.per_word, config.training.epochs, config.thresholds.min_accuracy) == (1000, 15, 0.6)
    chosen = make_config(dataclasses.replace(options, per_word=7, epochs=2, min_accuracy=0.25, keep=3))
    assert (chosen.per_word, chosen.training.epochs, chosen.thresholds.min_accuracy) == (7, 2, 0.25)
    assert (config.keep, chosen.keep) == (None, 3)


def test_paths_are_absolute_for_a_later_run_from_elsewhere(
    options: RunOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    absolute = make_config(options)
    monkeypatch.chdir(options.workspace.parent)
    relative = make_config(dataclasses.replace(options, data="data", workspace=pathlib.Path("workspace")))
    assert relative == absolute
    assert pathlib.Path(relative.workspace).is_absolute()


def test_another_file_time_is_other_data(options: RunOptions) -> None:
    before = make_config(options)
    os.utime(pathlib.Path(options.data) / "ant.csv", (1, 1))
    after = make_config(options)
    assert after.data_fingerprint != before.data_fingerprint


def test_checks_write_nothing(options: RunOptions) -> None:
    make_config(options)
    assert not options.workspace.exists()


def test_a_workspace_that_is_a_file_is_refused(options: RunOptions) -> None:
    options.workspace.write_text("mine")
    with pytest.raises(UsageError, match=r"cannot be written to \(Not a directory\); choose another with --workspace"):
        make_config(options)


def test_a_mistake_is_told_without_loading_tensorflow() -> None:
    script = "import sys, pipeline.run_options; sys.exit(bool({'tensorflow', 'tfx', 'keras'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_policy_goes_through(options: RunOptions) -> None:
    assert make_config(options).gate == GatePolicy()
    assert make_config(dataclasses.replace(options, gate=GatePolicy(drift="fail"))).gate == GatePolicy(drift="fail")


def test_the_accepted_schema_is_used_and_a_named_one_overrides_it(options: RunOptions) -> None:
    assert make_config(options).schema_path == ""
    options.workspace.mkdir()
    accepted = options.workspace / "schema.pbtxt"
    accepted.write_text('feature { name: "word" }')
    assert make_config(options).schema_path == str(accepted)
    named = pathlib.Path(options.data) / "mine.pbtxt"
    named.write_text('feature { name: "word" }')
    assert make_config(dataclasses.replace(options, schema=named)).schema_path == str(named)


def test_a_file_that_is_no_schema_is_refused(options: RunOptions) -> None:
    with pytest.raises(UsageError, match=r"ant\.csv is not the text of a schema"):
        make_config(dataclasses.replace(options, schema=pathlib.Path(options.data) / "ant.csv"))


def test_the_data_may_lie_on_any_file_system_of_fsspec(options: RunOptions) -> None:
    memory = fsspec.filesystem("memory")
    for word in ("cat", "dog"):
        memory.pipe(f"/run_options/{word}.csv", b"drawing,key_id,recognized,word\n")
    config = make_config(dataclasses.replace(options, data="memory://run_options"))
    assert config.data_dir == "memory://run_options"


def test_single_numbers_override_the_preset(options: RunOptions) -> None:
    training = make_config(dataclasses.replace(options, preset="ten", epochs=3, learning_rate=0.5)).training
    assert (training.epochs, training.learning_rate, training.network) == (3, 0.5, "small_sketch")


def test_a_model_to_begin_from_is_named_or_lies_somewhere(options: RunOptions) -> None:
    assert make_config(dataclasses.replace(options, warm_start="latest")).warm_start == "latest"
    file = options.workspace.parent / "data" / ".." / "it.keras"
    file.touch()
    assert make_config(dataclasses.replace(options, warm_start=str(file))).warm_start == str(file.resolve())
    for missing in ("1764490500", "nowhere.keras"):
        with pytest.raises(UsageError, match=missing):
            make_config(dataclasses.replace(options, warm_start=missing))


def test_a_file_of_thresholds_takes_the_place_of_the_presets(options: RunOptions, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "gate.json"
    path.write_text('{"min_map_at_3": 0.7, "min_word_recall": 0.25}')
    thresholds = make_config(dataclasses.replace(options, thresholds=path)).thresholds
    assert (thresholds.min_accuracy, thresholds.min_map_at_3, thresholds.min_word_recall) == (None, 0.7, 0.25)
    thresholds = make_config(dataclasses.replace(options, thresholds=path, min_accuracy=0.5)).thresholds
    assert (thresholds.min_accuracy, thresholds.min_map_at_3) == (0.5, 0.7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", r"gate\.json: the thresholds bound no value"),
        ("[]", r"gate\.json: it is not a JSON object"),
        ("{min: 1}", r"gate\.json are not JSON: Expecting property name"),
        ('{"accuracy": 1}', r"gate\.json: there is no threshold 'accuracy'; there are min_accuracy, "),
        (None, r"gate\.json cannot be read \(No such file"),
    ],
)
def test_thresholds_that_cannot_be_used_are_refused(
    options: RunOptions, tmp_path: pathlib.Path, text: str | None, message: str
) -> None:
    path = tmp_path / "gate.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError, match=message):
        make_config(dataclasses.replace(options, thresholds=path))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("memory://bucket/models/", "memory://bucket/models"),
        ("{}/models", "{}/models"),
        ("file://{}/models", "{}/models"),
    ],
)
def test_a_registry_is_a_folder_or_a_store(options: RunOptions, tmp_path: pathlib.Path, given: str, kept: str) -> None:
    fsspec.filesystem("memory").makedirs("/bucket", exist_ok=True)
    config = make_config(dataclasses.replace(options, registry=given.format(tmp_path)))
    assert config.registry_url == kept.format(tmp_path)


@pytest.mark.parametrize(
    ("registry", "sentence"),
    [
        ("/proc/models", r"^the registry /proc/models cannot be written to \(.*\); choose another with --registry\.$"),
        ("s4://bucket", r"^the registry s4://bucket cannot be opened: Protocol not known: s4\.$"),
        ("memory://typo/models", r"^there is no bucket typo; create it, or name another with --registry\.$"),
    ],
)
def test_a_registry_that_cannot_be_used_is_one_sentence(options: RunOptions, registry: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        make_config(dataclasses.replace(options, registry=registry))
