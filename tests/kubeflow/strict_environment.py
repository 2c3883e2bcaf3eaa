"""The environment with the newest messages of Kubeflow Pipelines, see `strict/parse.py`."""

import functools
import pathlib
import subprocess

from tests.conftest import REPOSITORY

_SCRIPT = pathlib.Path(__file__).with_name("strict") / "parse.py"


@functools.cache
def _python() -> pathlib.Path:
    subprocess.run([REPOSITORY / "requirements" / "kfp_spec.sh"], check=True)
    return REPOSITORY / ".kfp-spec" / "bin" / "python"


def strictly(argument: str | pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Runs the script there; -I keeps this environment's packages out."""
    return subprocess.run([_python(), "-I", _SCRIPT, argument], capture_output=True, text=True, check=False)
