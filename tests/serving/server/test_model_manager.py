import gc
import logging
import shutil

import pytest
from tensorflow_serving.apis.get_model_status_pb2 import ModelVersionStatus
from tensorflow_serving.apis.model_pb2 import ModelSpec

from serving.server.errors import ServingError
from serving.server.model_manager import ModelManager


@pytest.fixture
def manager(base_path):
    manager = ModelManager("quickdraw", base_path)
    manager.poll()
    return manager


def spec(name="quickdraw", version=None, label=None):
    message = ModelSpec(name=name)
    if version is not None:
        message.version.value = version
    if label is not None:
        message.version_label = label
    return message


def states(manager):
    return {status.version: status.state for status in manager.status(spec()).model_version_status}


def test_serves_the_newest_version(manager, publish):
    publish(10)
    manager.poll()
    assert manager.acquire(spec()).version == 10
    assert manager.acquire(spec(version=10)).version == 10


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (spec(name=""), "INVALID_ARGUMENT: ModelSpec has no name specified."),
        (spec(name="x"), "NOT_FOUND: Servable not found for request: Latest(x)"),
        (spec(version=9), "NOT_FOUND: Servable not found for request: Specific(quickdraw, 9)"),
        (spec(version=0), "NOT_FOUND: Servable not found for request: Specific(quickdraw, 0)"),
        (spec(name="x", version=1), "NOT_FOUND: Servable not found for request: Specific(x, 1)"),
        (spec(label="stable"), "INVALID_ARGUMENT: Unrecognized servable version label: stable"),
        (spec(name="x", label="stable"), "INVALID_ARGUMENT: Unrecognized servable version label: stable"),
    ],
    ids=lambda value: "",
)
def test_what_is_not_served(manager, asked, text):
    with pytest.raises(ServingError) as caught:
        manager.acquire(asked)
    assert str(caught.value) == text


def test_the_old_version_stays_with_its_requests_and_then_ends(manager, publish):
    held = manager.acquire(spec())
    publish(2)
    manager.poll()
    assert held.signature("serving_default")
    assert states(manager) == {2: ModelVersionStatus.AVAILABLE, 1: ModelVersionStatus.UNLOADING}
    del held
    gc.collect()
    assert states(manager) == {2: ModelVersionStatus.AVAILABLE, 1: ModelVersionStatus.END}


@pytest.mark.parametrize("missing", ["saved_model.pb", "variables/variables.index", "variables"])
def test_a_half_written_version_is_not_served_until_it_is_whole(manager, base_path, exported_models, caplog, missing):
    shutil.copytree(exported_models[2], base_path / "2")
    lacking = base_path / "2" / missing
    shutil.move(lacking, base_path / "aside")
    with caplog.at_level(logging.WARNING):
        manager.poll()
        manager.poll()
    assert manager.serving_version == 1
    assert states(manager)[2] == ModelVersionStatus.END
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("Version 2 of quickdraw is not served: ")

    shutil.move(base_path / "aside", lacking)
    manager.poll()
    assert manager.serving_version == 2


def test_a_broken_version_is_refused_once_and_a_newer_one_is_served(manager, base_path, publish, caplog):
    publish(2)
    (base_path / "2" / "variables" / "variables.data-00000-of-00001").write_bytes(b"")
    with caplog.at_level(logging.WARNING):
        manager.poll()
        manager.poll()
    assert manager.serving_version == 1
    assert len(caplog.messages) == 1
    (failed,) = manager.status(spec(version=2)).model_version_status
    assert failed.status.error_code != 0
    assert failed.status.error_message

    publish(3)
    manager.poll()
    assert manager.serving_version == 3


def test_a_version_that_fails_its_warm_up_is_refused(manager, base_path, publish):
    publish(2)
    (base_path / "2" / "assets.extra").mkdir()
    (base_path / "2" / "assets.extra" / "tf_serving_warmup_requests").write_bytes(b"not a TFRecord file, surely not")
    manager.poll()
    assert manager.serving_version == 1


def test_deleting_the_newest_version_rolls_back(manager, base_path, publish):
    publish(2)
    manager.poll()
    shutil.rmtree(base_path / "2")
    manager.poll()
    assert manager.serving_version == 1


def test_emptying_the_base_path_unloads(manager, base_path):
    shutil.rmtree(base_path / "1")
    manager.poll()
    with pytest.raises(ServingError, match=r"Servable not found for request: Latest\(quickdraw\)"):
        manager.acquire(spec())
    gc.collect()
    assert states(manager) == {1: ModelVersionStatus.END}


def test_removing_the_base_path_changes_nothing_and_says_so_once(manager, base_path, caplog):
    shutil.rmtree(base_path)
    manager.poll()
    manager.poll()
    assert manager.serving_version == 1
    assert len(caplog.messages) == 1


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (spec(name="x"), "NOT_FOUND: Could not find any versions of model x"),
        (spec(name=""), "NOT_FOUND: Could not find any versions of model "),
        (spec(version=9), "NOT_FOUND: Could not find version 9 of model quickdraw"),
    ],
    ids=lambda value: "",
)
def test_status_of_what_was_never_seen(manager, asked, text):
    with pytest.raises(ServingError) as caught:
        manager.status(asked)
    assert str(caught.value) == text


def test_status_does_not_look_at_labels(manager):
    assert [status.version for status in manager.status(spec(label="x")).model_version_status] == [1]
