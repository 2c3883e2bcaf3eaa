"""Kubeflow finds an artifact type of ours by its name."""

import subprocess
import sys

import pytest
from tfx.utils import import_utils

import components
from components.data_gate.artifacts import DataApproval
from components.example_gen.artifacts import IngestSummary
from components.report.artifacts import Report


@pytest.mark.parametrize("artifact_type", [DataApproval, IngestSummary, Report])
def test_the_name_of_a_type_is_where_it_is_imported_from(artifact_type: type) -> None:
    assert import_utils.import_class_by_path(vars(artifact_type)["TYPE_NAME"]) is artifact_type


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        components.Nothing  # noqa: B018


def test_nobody_pays_for_them_who_does_not_ask() -> None:
    program = "import components, sys; print('tfx' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
