"""Only one run in a workspace, and no lock that outlives its holder."""

import pathlib
import subprocess
import sys
import textwrap

import pytest

from components.errors import UsageError
from pipeline.workspace_lock import locked

HOLD = textwrap.dedent("""
    import sys, time
    from pipeline.workspace_lock import locked

    with locked(sys.argv[1]):
        print("held", flush=True)
        time.sleep(600)
""")


def test_a_second_run_is_turned_away_until_the_first_is_gone(tmp_path: pathlib.Path) -> None:
    workspace = str(tmp_path / "new" / "workspace")
    with subprocess.Popen([sys.executable, "-c", HOLD, workspace], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match=r"another run is at work in .*workspace; wait for it"), locked(workspace):
            pass
        holder.kill()
    with locked(workspace), pytest.raises(UsageError), locked(workspace):
        pass
    with locked(workspace):
        pass
