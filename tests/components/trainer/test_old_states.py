import os
import time

from components.trainer.old_states import LONGEST_PAUSE, remove_old_states


def test_only_states_that_nobody_has_touched_for_long_go(tmp_path):
    for name, age in {"waits": 3600, "forgotten": LONGEST_PAUSE + 60}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "state.npz").write_bytes(b"")
        os.utime(tmp_path / name / "state.npz", times=(time.time() - age,) * 2)
    (tmp_path / "no state").mkdir()
    remove_old_states(str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["no state", "waits"]


def test_there_need_not_be_a_folder_yet(tmp_path):
    remove_old_states(str(tmp_path / "training"))
