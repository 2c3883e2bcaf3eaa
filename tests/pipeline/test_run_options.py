import dataclasses
import os
import pathlib
import subprocess
import sys

import pytest

from components.errors import UsageError
from pipeline.run_options import RunOptions, make_config

HEADER = "countrycode,drawing,key_id,recognized,timestamp,word\n"


@pytest.fixture
def options(tmp_path: pathlib.Path) -> RunOptions:
    data = tmp_path / "data"
    data.mkdir()
    for word in ("ant", "sun", "alarm clock"):
        (data / f"{word}.csv").write_text(HEADER)
    return RunOptions(data=data, workspace=tmp_path / "workspace")


def test_the_preset_decides_what_the_user_leaves_open(options: RunOptions) -> None:
    config = make_config(options)
    assert (config.per_word, config.training.epochs, config.thresholds.min_accuracy) == (1000, 15, 0.6)
    chosen = make_config(dataclasses.replace(options, per_word=7, epochs=2, min_accuracy=0.25))
    assert (chosen.per_word, chosen.training.epochs, chosen.thresholds.min_accuracy) == (7, 2, 0.25)


def test_paths_are_absolute_for_a_later_run_from_elsewhere(
    options: RunOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    absolute = make_config(options)
    monkeypatch.chdir(options.data.parent)
    relative = make_config(dataclasses.replace(options, data=pathlib.Path("data"), workspace=pathlib.Path("workspace")))
    assert relative == absolute
    assert pathlib.Path(relative.workspace).is_absolute()


def test_another_file_time_is_other_data(options: RunOptions) -> None:
    before = make_config(options)
    os.utime(options.data / "ant.csv", (1, 1))
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
