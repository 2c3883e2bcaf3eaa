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


def test_a_reader_who_leaves_does_not_stop_the_work() -> None:
    script = (
        "import logging, sys\n"
        "from pipeline.cli.logs import say, set_up_logs\n"
        "set_up_logs(False)\n"
        "say('first')\n"
        "sys.stdin.readline()\n"
        "for _ in range(3):\n"
        "    say('nobody reads this')\n"
        "    logging.getLogger('quickdraw').info('nor this')\n"
        "print('the work is done', file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as work:
        assert work.stdin is not None and work.stdout is not None and work.stderr is not None
        assert work.stdout.readline() == "first\n"
        work.stdout.close()
        work.stdin.write("go on\n")
        work.stdin.close()
        assert work.stderr.read() == "the work is done\n"
    assert work.returncode == 0
