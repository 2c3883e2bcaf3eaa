"""Reading what the other nodes left."""

import pytest

from components.report.run_results import read_run_results
from components.report.unreadable_input import UnreadableInputError


def test_reads_every_input(run):
    results = read_run_results(run.inputs())
    assert results.summary["read"] == 40
    assert results.history["val_accuracy"] == [0.6, 0.8, 0.9]
    assert results.verdict["metrics"]["accuracy"] == 0.9125
    assert results.push["version"] == 3
    assert results.blessed is True
    assert list(results.gallery.doodles) == ["ice_cream", "sun"]
    assert list(results.statistics) == ["train", "eval", "test"]
    assert results.approval["warnings"] == ["word: sun became commoner by 0.02, more than 0.01."]


@pytest.mark.parametrize("optional", [{}, {"statistics": [], "approval": []}])
def test_statistics_and_approval_may_be_absent(run, optional):
    inputs = run.inputs()
    del inputs["statistics"], inputs["approval"]
    results = read_run_results({**inputs, **optional})
    assert results.statistics == {}
    assert results.approval is None


def test_an_approval_need_not_tell_of_warnings(run):
    run.approval = {"splits": {"train": 24}}
    assert read_run_results(run.inputs()).approval == {"splits": {"train": 24}, "warnings": [], "notes": []}


def test_the_gallery_is_of_five_words_at_most(run):
    run.summary["words"] = {f"w{number:03d}": {"read": 1, "kept": 1, "filtered": 0} for number in range(345)}
    assert len(read_run_results(run.inputs()).gallery.doodles) == 5


@pytest.mark.parametrize(
    "name",
    [
        "summary/summary.json",
        "model_run/history.json",
        "model_run/assets.extra/model_card.json",
        "evaluation/verdict.json",
        "evaluation/evaluation.json",
        "pushed_model/push.json",
        "statistics/Split-train/FeatureStats.pb",
        "approval/approval.json",
    ],
)
@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"[1]"])
def test_a_missing_or_broken_file_is_named(run, name, content):
    inputs = run.inputs()
    path = run.folder / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match=name):
        read_run_results(inputs)


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("summary", "reasons"),
        ("history", "clean_accuracy"),
        ("card", "epochs"),
        ("verdict", "advice"),
        ("evaluation", "confusion"),
        ("push", "path"),
    ],
)
def test_a_missing_key_is_named(run, part, key):
    del getattr(run, part)[key]
    with pytest.raises(UnreadableInputError, match=f"lacks '{key}'"):
        read_run_results(run.inputs())
