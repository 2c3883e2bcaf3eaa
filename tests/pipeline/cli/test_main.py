import subprocess
import sys

import pytest


def quickdraw(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_help_lists_the_verbs_without_loading_tensorflow() -> None:
    script = (
        "import sys\nfrom pipeline.cli import main\nsys.argv = ['quickdraw', '--help']\n"
        "try:\n    main.main()\nexcept SystemExit as done:\n    assert not done.code\n"
        "assert 'tensorflow' not in sys.modules and 'tfx' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for verb in (
        "synth",
        "download",
        "explore",
        "run",
        "serve",
        "predict",
        "submit",
        "report",
        "schema",
        "models",
        "kubeflow",
    ):
        assert verb in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fly"], "No such command 'fly'"),
        (["run"], "Missing option '--data'"),
        (["run", "--data", "x", "--per-word", "many"], "Invalid value for '--per-word'"),
        (["run", "--data", "x", "--max-minutes", "0"], "--max-minutes must be above zero, not 0.0"),
        (["run", "--data", "x", "--gate", "drift=never"], "--gate does not know 'drift=never'"),
        (["schema", "fly"], "No such command 'fly'"),
        (["models", "fly"], "No such command 'fly'"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_no_traceback(arguments: list[str], words: str) -> None:
    done = quickdraw(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_users_error_is_one_sentence_on_stderr(tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("x")
    done = quickdraw("synth", "--out", str(out / "doodles"), "--words", "0")
    assert done.returncode == 2
    assert done.stderr.startswith("quickdraw: ")
    assert done.stderr.count("\n") == 1
