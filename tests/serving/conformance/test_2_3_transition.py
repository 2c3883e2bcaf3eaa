"""Facts 2.3: from one version to another."""

import shutil
import threading

import pytest

from tests.serving.conformance.target import served, wait_until

pytestmark = pytest.mark.own_server


def test_no_request_fails_while_versions_change(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    versions, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            versions.append(served(target))

    thread = threading.Thread(target=ask)
    thread.start()
    for version in (4, 5):
        publish(tmp_path / "base", version)
        wait_until(lambda version=version: versions and versions[-1] == version)
    stop.set()
    thread.join()
    assert versions == sorted(versions)
    assert set(versions) == {3, 4, 5}


def test_the_old_version_serves_on_where_the_new_one_does_not_load(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    (tmp_path / "base" / "4").mkdir()
    wait_until(lambda: len(target.states()) == 2)
    assert served(target) == 3


def test_deleting_the_newest_version_rolls_back(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    newest = publish(tmp_path / "base", 4)
    target = start(tmp_path / "base")
    assert served(target) == 4
    shutil.rmtree(newest)
    wait_until(lambda: target.states() == [(4, "END", 0), (3, "AVAILABLE", 0)])
    assert served(target) == 3
