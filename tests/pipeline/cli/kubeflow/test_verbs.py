"""The verbs as a person calls them; one process compiles, the others stop before TFX is loaded."""

import pathlib
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

IMAGE = "quickdraw:1.0@sha256:" + "0f" * 32
GOLDEN = REPOSITORY / "tests" / "kubeflow" / "golden"


def quickdraw(*arguments: str | pathlib.Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli.main", "kubeflow", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_compile_and_lint(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "new" / "pipeline.yaml"
    options = ("--image", IMAGE, "--data", "s3://b/csv", "--settings", GOLDEN / "kubeflow.yaml", "--epochs", "3")
    done = quickdraw("compile", *options, "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == (
        f"{out}: 12 nodes; a run may choose data, data_version, epochs, max_bad_fraction, num_words, per_word, "
        "registry, thresholds, words"
    )
    assert done.stderr == ""
    assert "        defaultValue: 3\n" in out.read_text()
    linted = quickdraw("lint", out)
    assert (linted.returncode, linted.stdout) == (0, f"{out}: nothing found that Kubeflow Pipelines would not run\n")


def test_what_pods_do_not_see_is_not_written(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "pipeline.yaml"
    done = quickdraw("compile", "--image", IMAGE, "--data", tmp_path, "--registry", "s3://b/models", "--out", out)
    assert done.returncode == 2
    assert "  DrawingExampleGen: inputs.parameters.data_dir: no pod sees " in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compile", "--data", "s3://b"], "Missing option '--image'"),
        (["compile", "--image", "q:1", "--data", "s3://b", "--registry", "s3://m"], "--image: 'q:1' has the tag 1"),
        (["compile", "--image", IMAGE, "--data", "s3://b", "--out", "p.json"], "--out p.json must end with .yaml"),
        (["compile", "--image", IMAGE, "--data", "s3://b", "--settings", "/none"], "the settings /none cannot be read"),
        (["lint", "/none"], "the pipeline /none cannot be read"),
        (["lint", str(GOLDEN / "kubeflow.yaml")], "pipeline: schemaVersion: it is none"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_no_traceback(arguments: list[str], words: str) -> None:
    done = quickdraw(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
