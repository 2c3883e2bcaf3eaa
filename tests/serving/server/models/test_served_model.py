import logging
import shutil

import pytest
from tensorflow_serving.apis.get_model_status_pb2 import ModelVersionStatus

from serving.server.models.failed_loads import RetryPolicy
from serving.server.models.model_config import ModelSource
from serving.server.models.model_loader import ModelLoader
from serving.server.models.served_model import ServedModel
from serving.server.models.version_history import VersionHistory
from serving.server.models.version_policy import VersionPolicy

ALL = VersionPolicy(most=None)
NEWEST = VersionPolicy(most=1)
NO_RETRIES = RetryPolicy(0)


@pytest.fixture
def model_of(base_path):
    """Makes a model of the base path, polled once."""

    def make(policy=NEWEST, retries=NO_RETRIES):
        source = ModelSource("quickdraw", base_path, policy)
        model = ServedModel(source, VersionHistory(), ModelLoader(), retries)
        model.poll()
        return model

    return make


@pytest.fixture
def model(model_of):
    return model_of()


def states(model):
    names = ModelVersionStatus.State
    return {status.version: names.Name(status.state) for status in model.history.statuses()}


def error(model, version):
    (status,) = (status.status for status in model.history.statuses() if status.version == version)
    return status.error_code, status.error_message


def spoil(folder):
    (folder / "variables" / "variables.data-00000-of-00001").write_bytes(b"")


def test_latest_is_the_newest_one(model, publish):
    publish(10)
    publish(9)
    model.poll()
    assert model.versions == [10]
    assert model.acquire(None).version == model.acquire(10).version == 10
    assert model.acquire(1) is model.acquire(9) is None
    assert states(model) == {10: "AVAILABLE", 1: "END"}


def test_latest_two(model_of, publish):
    publish(2)
    publish(3)
    model = model_of(VersionPolicy(most=2))
    assert model.versions == [3, 2]
    assert model.acquire(None).version == 3
    assert model.acquire(2).version == 2
    publish(4)
    model.poll()
    assert model.versions == [4, 3]
    assert states(model) == {4: "AVAILABLE", 3: "AVAILABLE", 2: "END"}


def test_all(model_of, publish):
    publish(3)
    model = model_of(ALL)
    assert model.versions == [3, 1]
    publish(2)
    model.poll()
    assert model.versions == [3, 2, 1]


def test_specific_versions_and_one_that_is_not_there(model_of, publish, caplog):
    publish(2)
    model = model_of(VersionPolicy(None, frozenset([1, 7])))
    model.poll()
    assert model.versions == [1]
    assert caplog.messages == ["quickdraw is to be served in versions that are not there: 7"]
    publish(7)
    model.poll()
    assert model.versions == [7, 1]


def test_an_unwanted_version_answers_until_a_wanted_one_does(model, base_path, publish):
    publish(2)
    model.poll()
    spoil(base_path / "1")
    model.source = ModelSource("quickdraw", base_path, VersionPolicy(None, frozenset([1])))
    model.poll()
    assert model.versions == [2]
    publish(5)
    model.source = ModelSource("quickdraw", base_path, VersionPolicy(None, frozenset([1, 5])))
    model.poll()
    assert model.versions == [5]


def test_the_old_version_stays_with_its_requests_and_then_ends(model, publish):
    held = model.acquire(None)
    publish(2)
    model.poll()
    assert held.signature("serving_default")
    assert states(model) == {2: "AVAILABLE", 1: "UNLOADING"}
    del held
    assert states(model) == {2: "AVAILABLE", 1: "END"}
    assert error(model, 1) == (0, "")


@pytest.mark.parametrize("missing", ["saved_model.pb", "variables/variables.index", "variables"])
def test_a_half_written_version_is_not_served_until_it_is_whole(model, base_path, exported_models, caplog, missing):
    shutil.copytree(exported_models[2], base_path / "2")
    lacking = base_path / "2" / missing
    shutil.move(lacking, base_path / "aside")
    with caplog.at_level(logging.WARNING):
        model.poll()
        model.poll()
    assert model.versions == [1]
    assert states(model) == {2: "END", 1: "AVAILABLE"}
    assert error(model, 2)[0] == 5
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("Version 2 of quickdraw is not served: ")

    shutil.move(base_path / "aside", lacking)
    model.poll()
    assert model.versions == [2]


def test_a_broken_version_is_refused_once_and_a_newer_one_is_served(model, base_path, publish, caplog):
    publish(2)
    spoil(base_path / "2")
    with caplog.at_level(logging.WARNING):
        model.poll()
        model.poll()
    assert model.versions == [1]
    assert len(caplog.messages) == 1
    assert states(model) == {2: "END", 1: "AVAILABLE"}
    assert all(error(model, 2))

    publish(3)
    model.poll()
    assert model.versions == [3]


def test_a_failed_version_is_loading_while_it_has_retries(model_of, base_path, publish):
    publish(2)
    spoil(base_path / "2")
    model = model_of(retries=RetryPolicy(1, interval_seconds=0))
    assert states(model) == {2: "LOADING", 1: "AVAILABLE"}
    assert error(model, 2) == (0, "")
    model.poll()
    assert states(model) == {2: "END", 1: "AVAILABLE"}
    assert all(error(model, 2))


@pytest.mark.parametrize("way", ["newer version", "removal"])
def test_retries_end_when_the_version_is_no_longer_wanted(model_of, base_path, publish, way):
    publish(2)
    spoil(base_path / "2")
    model = model_of(retries=RetryPolicy(5, interval_seconds=60))
    assert states(model)[2] == "LOADING"
    if way == "removal":
        shutil.rmtree(base_path / "2")
    else:
        publish(3)
    model.poll()
    assert states(model)[2] == "END"
    assert all(error(model, 2))


def test_a_version_that_comes_back_is_tried_again(model, base_path, publish):
    publish(2)
    spoil(base_path / "2")
    model.poll()
    shutil.rmtree(base_path / "2")
    model.poll()
    publish(2)
    model.poll()
    assert model.versions == [2]
    assert states(model) == {2: "AVAILABLE", 1: "END"}


def test_only_broken_versions_leave_the_errors(model_of, base_path, publish):
    publish(2)
    spoil(base_path / "1")
    spoil(base_path / "2")
    model = model_of(retries=RetryPolicy(1, interval_seconds=0))
    assert (model.versions, model.load_errors) == ([], {})
    model.poll()
    assert sorted(model.load_errors) == [1, 2]
    publish(3)
    model.poll()
    assert (model.versions, model.load_errors) == ([3], {})


def test_a_failure_that_is_kept_keeps_no_model(model_of, base_path, publish):
    publish(3)
    spoil(base_path / "3")
    publish(2)
    model = model_of()
    assert model.versions == [2]
    shutil.rmtree(base_path / "2")
    model.poll()
    assert states(model) == {3: "END", 2: "END", 1: "AVAILABLE"}


def test_deleting_the_newest_version_rolls_back(model, base_path, publish):
    publish(2)
    model.poll()
    shutil.rmtree(base_path / "2")
    model.poll()
    assert model.versions == [1]
    assert states(model) == {2: "END", 1: "AVAILABLE"}


def test_emptying_the_base_path_unloads(model, base_path):
    shutil.rmtree(base_path / "1")
    model.poll()
    assert model.acquire(None) is None
    assert states(model) == {1: "END"}


def test_removing_the_base_path_changes_nothing_and_says_so_once(model, base_path, caplog):
    shutil.rmtree(base_path)
    model.poll()
    model.poll()
    assert model.versions == [1]
    assert len(caplog.messages) == 1


def test_no_source_unloads(model):
    model.source = None
    model.poll()
    assert states(model) == {1: "END"}


def test_another_base_path_is_served_from_then_on(model, exported_models, tmp_path):
    (tmp_path / "other").mkdir()
    shutil.copytree(exported_models[2], tmp_path / "other" / "1")
    before = model.acquire(1)
    model.source = ModelSource("quickdraw", tmp_path / "other")
    model.poll()
    assert model.versions == [1]
    assert model.acquire(1) is not before
    del before
    assert states(model) == {1: "AVAILABLE"}
