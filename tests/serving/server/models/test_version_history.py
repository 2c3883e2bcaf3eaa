from tensorflow_serving.apis.get_model_status_pb2 import ModelVersionStatus

from serving.server.errors import not_found
from serving.server.models.version_history import VersionHistory


def states(history):
    return [(status.version, status.state) for status in history.statuses()]


def test_lists_every_version_newest_first():
    history = VersionHistory()
    history.available(2)
    history.loading(10)
    history.unloading(1)
    assert states(history) == [
        (10, ModelVersionStatus.LOADING),
        (2, ModelVersionStatus.AVAILABLE),
        (1, ModelVersionStatus.UNLOADING),
    ]


def test_a_version_starts_only_where_it_is_new():
    history = VersionHistory()
    history.started(1)
    history.available(2)
    history.started(2)
    assert states(history) == [(2, ModelVersionStatus.AVAILABLE), (1, ModelVersionStatus.START)]


def test_an_unloaded_version_stays_listed_as_ended():
    history = VersionHistory()
    history.unloading(1)
    history.ended(1)
    assert states(history) == [(1, ModelVersionStatus.END)]


def test_the_end_of_an_old_load_does_not_hide_that_the_version_is_back():
    history = VersionHistory()
    history.unloading(1)
    history.available(1)
    history.ended(1)
    assert states(history) == [(1, ModelVersionStatus.AVAILABLE)]


def test_a_failed_version_ends_with_its_reason():
    history = VersionHistory()
    history.failed(3, not_found("no variables"))
    (status,) = history.statuses()
    assert (status.state, status.status.error_code, status.status.error_message) == (
        ModelVersionStatus.END,
        5,
        "no variables",
    )
