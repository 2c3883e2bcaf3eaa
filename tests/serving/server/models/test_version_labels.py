from pathlib import Path

import pytest

from serving.server.errors import ServingError
from serving.server.models.model_config import ModelSource
from serving.server.models.version_labels import assign_labels


def source(**labels):
    return ModelSource("m", Path("/m"), labels=labels)


def only_version_1(name, version):
    return (name, version) == ("m", 1)


def test_a_label_on_an_available_version():
    assert assign_labels([source(stable=1)], {}, only_version_1, allow_unavailable=False) == {"m": {"stable": 1}}


def test_labels_that_are_left_out_are_gone():
    current = {"m": {"stable": 1, "canary": 1}, "other": {"x": 1}}
    assert assign_labels([source(stable=1)], current, only_version_1, allow_unavailable=False) == {"m": {"stable": 1}}


@pytest.mark.parametrize(
    ("current", "allow_unavailable"),
    [({}, False), ({"m": {"stable": 2}}, False), ({"m": {"stable": 1}}, True)],
    ids=["new", "unchanged", "existing label moves, though new ones would be allowed"],
)
def test_a_label_on_an_unavailable_version_is_refused(current, allow_unavailable):
    with pytest.raises(ServingError) as caught:
        assign_labels([source(stable=2)], current, only_version_1, allow_unavailable)
    assert str(caught.value) == (
        "FAILED_PRECONDITION: Request to assign label to version 2 of model m, "
        "which is not currently available for inference"
    )


@pytest.mark.parametrize("current", [{}, {"m": {"stable": 2}}, {"other": {"stable": 1}}])
def test_a_new_or_unchanged_label_may_be_allowed_on_an_unavailable_version(current):
    assert assign_labels([source(stable=2)], current, only_version_1, allow_unavailable=True) == {"m": {"stable": 2}}
