import json
import pathlib

import pytest
from tfx.types import standard_artifacts

from components.errors import NotBlessedError
from components.not_blessed.executor import Executor

VERDICT = {
    "checks": [
        {"passed": False, "sentence": "accuracy 0.3100 is below 0.6000."},
        {"passed": True, "sentence": "MAP@3 0.8000 is at least 0.7000."},
    ],
    "advice": "Train longer.",
}


def test_it_says_what_was_missed_and_what_to_do(tmp_path: pathlib.Path) -> None:
    (tmp_path / "verdict.json").write_text(json.dumps(VERDICT))
    blessing = standard_artifacts.ModelBlessing()
    blessing.uri = str(tmp_path)
    with pytest.raises(NotBlessedError) as raised:
        Executor().Do({"blessing": [blessing]}, {}, {})
    assert str(raised.value) == (
        "the model is not blessed, so nothing was pushed: accuracy 0.3100 is below 0.6000. Train longer."
    )
    assert raised.value.exit_code == 3
