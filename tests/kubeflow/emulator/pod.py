"""A pod: an empty folder for a file system, a clean environment, and a user who may write nowhere else."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping

# An image's user has a number, and nobody on the machine has it.
_NOBODY = 64_321
_AS_NOBODY = [
    "setpriv",
    f"--reuid={_NOBODY}",
    f"--regid={_NOBODY}",
    "--clear-groups",
    "--no-new-privs",
    # To read the interpreter and this project, which in an image everybody may; nothing more.
    "--inh-caps=-all,+dac_read_search",
    "--ambient-caps=-all,+dac_read_search",
    "--bounding-set=-all,+dac_read_search",
]
# The launcher's folders, emptyDirs of the pod (container.go), and what every image has.
_FOLDERS = ("gcs", "s3", "minio", "tmp", "home", "dev")


def is_root() -> bool:
    """Whether tasks can run as another user than this process does."""
    return os.geteuid() == 0 and shutil.which("setpriv") is not None


def give_to_tasks(folder: pathlib.Path) -> None:
    """Lets the user of the tasks write to a folder and all below."""
    if is_root():
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, _NOBODY, _NOBODY)


@contextlib.contextmanager
def pod() -> Iterator[pathlib.Path]:
    """An empty file system, wiped at the end."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="pod-"))
    try:
        root.chmod(0o755)
        for name in _FOLDERS:
            (root / name).mkdir()
        (root / "dev" / "termination-log").touch()
        yield root
    finally:
        shutil.rmtree(root)


def run(
    command: list[str],
    root: pathlib.Path,
    environment: Mapping[str, str],
    on_start: Callable[[subprocess.Popen[bytes]], None],
) -> tuple[int, str]:
    """Runs a container's command.

    Args:
        command: what the container starts.
        root: of `pod`.
        environment: all that the process sees.
        on_start: told of the process, in a thread of its own.

    Returns:
        The exit code and the log, both streams together.
    """
    give_to_tasks(root)
    log = root / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*(_AS_NOBODY if is_root() else []), *command],
            cwd=root / "home",
            env={**environment, "HOME": str(root / "home"), "TMPDIR": str(root / "tmp")},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        observer = threading.Thread(target=on_start, args=(process,))
        observer.start()
        code = process.wait()
        observer.join()
    # What a killed container has started dies with it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return code, log.read_text(errors="replace")
