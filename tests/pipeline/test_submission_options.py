import dataclasses
import pathlib

import pytest

from components.errors import UsageError
from pipeline.submission_options import SubmissionOptions, check_options
from tests.components.submission.drawing_rows import LINE, write_drawings, write_labels


@pytest.fixture
def options(tmp_path: pathlib.Path) -> SubmissionOptions:
    """Options that all name something; the models are as good as these checks want them."""
    for version in ("6", "7"):
        (tmp_path / "models" / version).mkdir(parents=True)
        (tmp_path / "models" / version / "saved_model.pb").touch()
    test = write_drawings(tmp_path / "test.csv", [("k0", LINE)])
    labels = write_labels(tmp_path / "labels.csv", [("k0", "ant")])
    return SubmissionOptions(str(test), tmp_path / "out.csv", str(tmp_path / "models"), labels=str(labels))


def test_what_the_options_mean(options: SubmissionOptions) -> None:
    version, drawings = check_options(options)
    assert (version, drawings.path, drawings.format) == (7, options.test, "csv")
    assert check_options(dataclasses.replace(options, version=6)).version == 6


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"out": "."}, "is a folder; name a file in it"),
        ({"out": "nowhere/../test.csv"}, "--out would overwrite the file of --test"),
        ({"out": "labels.csv"}, "--out would overwrite the file of --score"),
        ({"test": "nowhere.csv"}, "there is no file"),
        ({"labels": "test.csv"}, "test.csv must have one column word"),
        ({"registry": "nothing"}, "nothing has been pushed"),
        ({"version": 8}, "has no version 8; there are 6, 7"),
    ],
)
def test_what_cannot_be(
    options: SubmissionOptions, tmp_path: pathlib.Path, changes: dict[str, str | int], sentence: str
) -> None:
    kinds = {"out": pathlib.Path, "version": int}
    values = {
        name: value if name == "version" else kinds.get(name, str)(tmp_path / str(value))
        for name, value in changes.items()
    }
    with pytest.raises(UsageError, match=sentence):
        check_options(dataclasses.replace(options, **values))
