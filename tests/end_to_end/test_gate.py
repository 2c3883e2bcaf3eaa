"""What the gate lets through, and with which exit code: whole runs in one workspace, one after the other.

`tests/components/evaluator/test_executor.py` drives the same cases with models whose every answer is known.
"""

import json
import pathlib
import shutil
import subprocess
from collections.abc import Callable

import pytest

from components.pusher.registry import list_versions
from tests.end_to_end.commands import quickdraw, synth

Run = Callable[..., subprocess.CompletedProcess[str]]
# A network that has hardly moved from where chance put it.
UNTRAINED = ("--epochs", "1", "--learning-rate", "1e-9")


@pytest.fixture(scope="module")
def doodles(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return synth(tmp_path_factory.mktemp("doodles"), words=4, per_word=80)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def registry(workspace: pathlib.Path) -> pathlib.Path:
    return workspace / "models" / "quickdraw"


@pytest.fixture(scope="module")
def run(doodles: pathlib.Path, workspace: pathlib.Path) -> Run:
    """Runs the pipeline with a gate; the words are the first three unless said otherwise."""

    def gated(*arguments: str, **thresholds: float) -> subprocess.CompletedProcess[str]:
        gate = workspace / "gate.json"
        gate.write_text(json.dumps(thresholds))
        words = () if "--num-words" in arguments else ("--num-words", "3")
        options = ("--data", doodles, "--workspace", workspace, "--thresholds", gate)
        return quickdraw("run", *options, *words, *arguments)

    return gated


@pytest.fixture(scope="module")
def pushed(run: Run) -> subprocess.CompletedProcess[str]:
    return run(min_accuracy=0.5, max_accuracy_drop=0.01)


def test_a_good_first_model_is_pushed(pushed: subprocess.CompletedProcess[str], registry: pathlib.Path) -> None:
    assert pushed.returncode == 0, pushed.stderr
    assert "no model was serving, so there was nothing to compare with" in pushed.stdout
    assert len(list_versions(registry)) == 1


@pytest.mark.usefixtures("pushed")
def test_a_gate_without_thresholds_is_wrong_usage(run: Run, registry: pathlib.Path) -> None:
    refused = run()
    assert refused.returncode == 2
    assert "the thresholds bound no value, so any first model would be pushed" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert len(list_versions(registry)) == 1


@pytest.mark.usefixtures("pushed")
def test_a_model_worse_than_the_one_that_serves_is_not_pushed(run: Run, registry: pathlib.Path) -> None:
    (version,) = list_versions(registry)
    refused = run(*UNTRAINED, min_accuracy=0.0, max_accuracy_drop=0.01)
    assert refused.returncode == 3
    assert "FAIL: accuracy changed by -" in refused.stdout
    assert "and not by chance (p = " in refused.stdout
    assert f"Version {version} goes on serving" in refused.stderr
    assert list_versions(registry) == [version]


@pytest.mark.exhaustive
@pytest.mark.usefixtures("pushed")
def test_a_model_below_a_bound_is_not_pushed(run: Run, registry: pathlib.Path) -> None:
    refused = run(*UNTRAINED, min_accuracy=0.9)
    assert refused.returncode == 3
    assert " is below 0.9000.\n" in refused.stdout
    assert len(list_versions(registry)) == 1


@pytest.mark.exhaustive
@pytest.mark.usefixtures("pushed")
def test_an_equal_model_is_pushed(run: Run, registry: pathlib.Path) -> None:
    # Another option that changes no row: another run, the same model.
    equal = run("--max-bad-fraction", "0.02", min_accuracy=0.5, max_accuracy_drop=0.0)
    assert equal.returncode == 0, equal.stderr
    assert "+0.0000" in equal.stdout
    assert len(list_versions(registry)) == 2


@pytest.mark.exhaustive
@pytest.mark.usefixtures("pushed")
def test_a_model_with_a_word_missing_is_compared_on_the_others(run: Run) -> None:
    fewer = run("--num-words", "2", min_accuracy=0.0, max_accuracy_drop=1.0)
    assert fewer.returncode == 0, fewer.stderr
    assert "drawings of the 2 words that both know, out of 2 now and 3 then." in fewer.stdout


@pytest.mark.exhaustive
@pytest.mark.usefixtures("pushed")
def test_a_broken_baseline_does_not_keep_a_good_model_out(run: Run, registry: pathlib.Path) -> None:
    newest = list_versions(registry)[-1]
    shutil.rmtree(registry / str(newest) / "variables")
    healed = run("--num-words", "4", min_accuracy=0.0, max_accuracy_drop=0.0)
    assert healed.returncode == 0, healed.stderr
    assert f"version {newest} was serving, but it does not load (" in healed.stdout
    assert list_versions(registry)[-1] > newest
