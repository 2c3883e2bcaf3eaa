import shutil

import pytest
from tensorflow_serving.apis.get_model_status_pb2 import ModelVersionStatus
from tensorflow_serving.apis.model_pb2 import ModelSpec

from serving.server.errors import ServingError
from serving.server.models.failed_loads import RetryPolicy
from serving.server.models.model_config import ModelSource
from serving.server.models.model_loader import ModelLoader
from serving.server.models.model_manager import ModelManager
from serving.server.models.version_policy import VersionPolicy


@pytest.fixture
def source(base_path):
    """Makes the source of a model of the base path's versions."""

    def make(name="quickdraw", **labels):
        return ModelSource(name, base_path, VersionPolicy(most=None), labels)

    return make


@pytest.fixture
def manager(source):
    manager = ModelManager(ModelLoader(), RetryPolicy(0))
    manager.reload([source()])
    manager.poll()
    return manager


def spec(name="quickdraw", version=None, label=None):
    message = ModelSpec(name=name)
    if version is not None:
        message.version.value = version
    if label is not None:
        message.version_label = label
    return message


def states(manager, name="quickdraw"):
    return {status.version: status.state for status in manager.status(spec(name)).model_version_status}


def test_version_and_label(manager, source, publish):
    publish(10)
    manager.poll()
    manager.reload([source(stable=1, canary=10)])
    assert manager.acquire(spec()).version == 10
    assert manager.acquire(spec(version=1)).version == 1
    assert manager.acquire(spec(label="stable")).version == 1
    assert manager.acquire(spec(label="canary")).version == 10


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


def test_a_label_on_a_version_that_is_unloaded_again(manager, source, base_path, publish):
    publish(2)
    manager.poll()
    manager.reload([source(stable=2)])
    shutil.rmtree(base_path / "2")
    manager.poll()
    with pytest.raises(ServingError) as caught:
        manager.acquire(spec(label="stable"))
    assert str(caught.value) == "NOT_FOUND: Servable not found for request: Specific(quickdraw, 2)"


def test_a_refused_label_changes_nothing(manager, source):
    manager.reload([source(stable=1)])
    with pytest.raises(ServingError, match="FAILED_PRECONDITION: Request to assign label to version 7 of model"):
        manager.reload([source(stable=7), source("bee")])
    assert manager.acquire(spec(label="stable")).version == 1
    assert list(manager.versions) == ["quickdraw"]


def test_labels_for_unavailable_versions_where_allowed(source):
    manager = ModelManager(ModelLoader(), RetryPolicy(0), allow_labels_for_unavailable=True)
    manager.reload([source(stable=1)])
    manager.poll()
    assert manager.acquire(spec(label="stable")).version == 1


def test_models_come_and_go(manager, source):
    assert manager.reload([source("ant"), source()]) == {"ant"}
    assert not manager.have_loaded({"ant"})
    manager.poll()
    assert manager.have_loaded({"ant"})
    assert manager.versions == {"ant": [1], "quickdraw": [1]}

    assert manager.reload([source("ant")]) == set()
    with pytest.raises(ServingError, match=r"NOT_FOUND: Servable not found for request: Latest\(quickdraw\)"):
        manager.acquire(spec())
    manager.poll()
    assert states(manager) == {1: ModelVersionStatus.END}
    assert manager.reload([source("ant"), source()]) == {"quickdraw"}
    assert not manager.have_loaded({"quickdraw"})
    manager.poll()
    assert states(manager) == {1: ModelVersionStatus.AVAILABLE}


def test_a_model_that_goes_and_comes_between_two_polls(manager, source):
    held = manager.acquire(spec())
    manager.reload([])
    manager.reload([source()])
    manager.poll()
    assert manager.acquire(spec()) is not held
    del held
    assert states(manager) == {1: ModelVersionStatus.AVAILABLE}


def test_new_models_that_fail_are_told_together(manager, source, base_path, tmp_path):
    for name in ("bee", "ant"):
        (tmp_path / name / "3").mkdir(parents=True)
    broken = [ModelSource(name, tmp_path / name) for name in ("bee", "ant")]
    names = manager.reload([source(), source("cat"), *broken])
    manager.poll()
    with pytest.raises(ServingError) as caught:
        manager.have_loaded(names)
    assert str(caught.value) == (
        "UNKNOWN: 2 model(s) did not become available: {"
        f"{{name: ant version: 3}} due to error: NOT_FOUND: {tmp_path}/ant/3 has no saved_model.pb}}, "
        f"{{name: bee version: 3}} due to error: NOT_FOUND: {tmp_path}/bee/3 has no saved_model.pb}}, "
        "}"
    )
    assert manager.versions == {"quickdraw": [1], "cat": [1], "bee": [], "ant": []}


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
