"""Facts 2.1: polling, and what counts as a version."""

import shutil

import pytest

from tests.serving.conformance.requests import predict_request
from tests.serving.conformance.target import SECONDS, refusal, served, wait_until

pytestmark = pytest.mark.own_server


def test_a_new_version_is_found_by_polling(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    publish(tmp_path / "base", 4)
    wait_until(lambda: served(target) == 4)


@pytest.mark.parametrize(("folder_name", "version"), [("00000123", 123), ("20170111173521", 20170111173521)])
def test_numbers(start, publish, tmp_path, folder_name, version):
    publish(tmp_path / "base", 3, folder_name)
    assert served(start(tmp_path / "base")) == version


@pytest.mark.parametrize("folder_name", ["5.denied", ".7", "7.tmp", "tmp-7", "9223372036854775808"])
def test_names_that_are_no_versions(start, publish, tmp_path, folder_name):
    publish(tmp_path / "base", 3)
    publish(tmp_path / "base", 4, folder_name)
    target = start(tmp_path / "base")
    assert target.states() == [(3, "AVAILABLE", 0)]


def test_of_one_number_twice_the_lexicographically_last_is_served(start, publish, tmp_path):
    publish(tmp_path / "base", 3, "1")
    publish(tmp_path / "base", 5, "001")
    target = start(tmp_path / "base")
    answer = target.prediction.Predict(predict_request(target.model_name), timeout=SECONDS)
    assert (answer.model_spec.version.value, list(answer.outputs["y"].float_val)) == (1, [3, 6])


def test_an_emptied_base_path_unloads(start, publish, tmp_path):
    version = publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    shutil.rmtree(version)
    wait_until(lambda: target.states() == [(3, "END", 0)])
    assert refusal(target.prediction.Predict, predict_request(target.model_name))[0] == "NOT_FOUND"


def test_a_removed_base_path_changes_nothing(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    publish(tmp_path / "other", 4)
    target = start(tmp_path / "base")
    (tmp_path / "base").rename(tmp_path / "away")
    (tmp_path / "other").rename(tmp_path / "base")
    wait_until(lambda: served(target) == 4)
    (tmp_path / "base").rename(tmp_path / "gone")
    publish(tmp_path / "gone", 5)
    for _ in range(20):
        assert served(target) == 4
