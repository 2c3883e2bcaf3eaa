import pathlib
import subprocess
import sys
import threading

from components.file_lock import held, is_held


def test_a_lock_has_one_holder(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "lock"
    order: list[str] = []

    def wait() -> None:
        with held(path):
            order.append("second")

    with held(path):
        second = threading.Thread(target=wait)
        second.start()
        second.join(timeout=0.2)
        assert second.is_alive()
        order.append("first")
    second.join()
    assert order == ["first", "second"]


def test_tells_whether_somebody_holds_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    assert not path.exists()
    with held(path):
        assert is_held(path)
    assert not is_held(path)


def test_a_killed_holder_lets_go(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "lock"
    script = (
        "import pathlib, sys, time\nfrom components.file_lock import held\n"
        "with held(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert is_held(path)
        holder.kill()
    assert not is_held(path)
