import subprocess
import sys


def streams_of(verbose: bool) -> subprocess.CompletedProcess[str]:
    script = (
        "import logging, warnings\n"
        "from pipeline.cli.logs import hush_absl, set_up_logs\n"
        f"set_up_logs({verbose})\n"
        "import absl.logging\n"
        f"hush_absl({verbose})\n"
        "logging.getLogger('quickdraw').info('ours')\n"
        "logging.getLogger('tfx').info('theirs')\n"
        "absl.logging.error('theirs too')\n"
        "warnings.warn('a warning')\n"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)


def test_by_default_only_our_own_lines_are_heard() -> None:
    done = streams_of(verbose=False)
    assert done.stdout == "  ours\n"
    assert done.stderr == ""


def test_verbose_lets_the_others_speak_on_stderr() -> None:
    done = streams_of(verbose=True)
    assert done.stdout == "  ours\n"
    assert "theirs" in done.stderr
    assert "theirs too" in done.stderr
    assert "a warning" in done.stderr
