"""DataGate behind the real ExampleValidator: clean splits pass, poisoned ones are refused with their sentence."""

import pathlib
import re
from collections.abc import Callable
from typing import Any

import pytest

from components.data_gate.policy import GatePolicy
from components.errors import DataRefusedError
from tests.components.data_gate.made_statistics import Row, make_rows, make_splits, run_gate

Splits = dict[str, list[Row]]


def changed(splits: Splits, split: str, change: Callable[[int, Row], Row]) -> Splits:
    """The same splits with every row of one of them changed."""
    return {**splits, split: [change(index, row) for index, row in enumerate(splits[split])]}


@pytest.mark.parametrize(("train", "held_out"), [(300, 40), (1_200, 150), (20_000, 2_500)])
@pytest.mark.parametrize("seed", [1, 2])
def test_clean_splits_pass_whatever_their_size(tmp_path: pathlib.Path, train: int, held_out: int, seed: int) -> None:
    approval = run_gate(tmp_path, make_splits(train, held_out, seed))
    assert approval["splits"] == {"train": train, "eval": held_out, "test": held_out}
    assert approval["warnings"] == []


def other_words(index: int, row: Row) -> Row:
    return {**row, "word": "ant"} if index % 2 else row


def all_the_same_word(_: int, row: Row) -> Row:
    return {**row, "word": "bee"}


def too_many_strokes(index: int, row: Row) -> Row:
    return {**row, "strokes": 1001} if index == 3 else row


def no_points(index: int, row: Row) -> Row:
    return {**row, "points": 0} if index == 3 else row


def half_without_word(index: int, row: Row) -> Row:
    return {**row, "word": None} if index % 2 else row


def without_word(_: int, row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "word"}


def another_column(_: int, row: Row) -> Row:
    return {**row, "colour": "red"}


def strokes_as_text(_: int, row: Row) -> Row:
    return {**row, "strokes": "many"}


def garbage_countries(index: int, row: Row) -> Row:
    return {**row, "countrycode": "?!"} if index % 2 else row


def large_drawings(_: int, row: Row) -> Row:
    return {**row, "points": row["points"] * 4}


def cut_drawings(_: int, row: Row) -> Row:
    return {**row, "strokes": 1}


@pytest.mark.parametrize(
    ("split", "poison", "sentence"),
    [
        ("eval", other_words, r"split eval, feature word: the share of 'ant' is 0\.\d+ against 0\.\d+ in split train"),
        ("test", all_the_same_word, r"split test has no example of ant, cat\."),
        ("train", too_many_strokes, r"split train, feature strokes: Out-of-range values .*1001"),
        ("test", no_points, r"split test, feature points: Out-of-range values .*0"),
        ("train", half_without_word, r"split train, feature word: .*0\.5"),
        ("eval", without_word, r"split eval, feature word: Column dropped"),
        ("eval", another_column, r"split eval, feature colour: New column"),
        ("test", garbage_countries, r"split test, feature countrycode: .*\?!"),
        ("eval", strokes_as_text, r"split eval, feature strokes: .*(type|INT)"),
        (
            "eval",
            large_drawings,
            r"split eval, feature points: distributed otherwise than in split train, a Jensen-Shannon divergence of "
            r"0\.\d+ where at most 0\.\d+ may be \(0\.02 of the schema, 0\.\d+ for chance\)",
        ),
        ("test", cut_drawings, "split test, feature strokes: distributed otherwise than in split train"),
    ],
)
def test_a_poisoned_split_is_refused_in_words(
    tmp_path: pathlib.Path, split: str, poison: Callable[[int, Row], Row], sentence: str
) -> None:
    with pytest.raises(DataRefusedError, match=sentence) as refusal:
        run_gate(tmp_path, changed(make_splits(), split, poison))
    text = str(refusal.value)
    assert text.startswith("the data gate refused the data, nothing was trained: ")
    assert "Correct or remove these rows" in text
    assert "\n" not in text
    assert not (tmp_path / "approval").exists()
    assert not (tmp_path / "registry").exists()


def test_a_split_without_examples_is_refused_whatever_the_policy(tmp_path: pathlib.Path) -> None:
    lenient = GatePolicy(schema="ignore", skew="ignore", missing="ignore", balance="ignore", drift="ignore")
    with pytest.raises(DataRefusedError, match="split test has no example"):
        run_gate(tmp_path, {**make_splits(), "test": []}, lenient)


def test_every_failure_is_told_at_once_with_what_to_do(tmp_path: pathlib.Path) -> None:
    splits = changed(changed(make_splits(), "eval", large_drawings), "train", too_many_strokes)
    with pytest.raises(DataRefusedError) as refusal:
        run_gate(tmp_path, splits)
    assert re.search("1001.*split eval, feature points.*quickdraw schema diff.*--gate skew=warn", str(refusal.value))


def test_a_warning_is_told_and_stored(tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture) -> None:
    approval = run_gate(tmp_path, changed(make_splits(), "eval", large_drawings), GatePolicy(skew="warn"))
    (warning,) = approval["warnings"]
    assert warning.startswith("split eval, feature points: distributed otherwise")
    assert f"DataGate: warning: {warning}" in caplog.messages


def test_what_is_ignored_is_neither_told_nor_stored(tmp_path: pathlib.Path) -> None:
    approval = run_gate(tmp_path, changed(make_splits(), "eval", large_drawings), GatePolicy(skew="ignore"))
    assert approval["warnings"] == []


@pytest.fixture
def earlier(tmp_path: pathlib.Path) -> dict[str, Any]:
    """A registry with the statistics of one approved run."""
    registry = tmp_path / "registry"
    approval = run_gate(tmp_path / "earlier", make_splits(seed=1), registry=registry, data_key="earlier data")
    assert approval["notes"] == ["no statistics of other data in this workspace yet, so nothing to look for drift in"]
    return {"registry": registry, "previous_version": approval["statistics_version"]}


def test_like_data_has_not_drifted(tmp_path: pathlib.Path, earlier: dict[str, Any]) -> None:
    approval = run_gate(tmp_path / "now", make_splits(seed=2), **earlier)
    assert approval["warnings"] == []
    assert approval["notes"] == [f"compared with the data of statistics version {earlier['previous_version']}"]
    assert approval["statistics_version"] > earlier["previous_version"]


def larger_data() -> Splits:
    splits = make_splits(seed=2)
    for split in splits:
        splits = changed(splits, split, large_drawings)
    return splits


def test_drift_is_a_warning_unless_the_policy_says_more(tmp_path: pathlib.Path, earlier: dict[str, Any]) -> None:
    name = f"the data of statistics version {earlier['previous_version']}"
    sentence = f"split train, feature points: distributed otherwise than in {name}"
    approval = run_gate(tmp_path / "warned", larger_data(), **earlier)
    assert [warning[: len(sentence)] for warning in approval["warnings"]] == [sentence]
    with pytest.raises(DataRefusedError, match=f"{sentence}.*--gate drift=warn"):
        run_gate(tmp_path / "refused", larger_data(), GatePolicy(drift="fail"), **earlier)


def test_the_newest_of_other_data_is_found_when_the_node_runs(tmp_path: pathlib.Path, earlier: dict[str, Any]) -> None:
    now = run_gate(tmp_path / "now", larger_data(), registry=earlier["registry"], previous_version=-1)
    again = run_gate(tmp_path / "again", larger_data(), registry=earlier["registry"], previous_version=-1)
    assert now == again
    assert len(now["warnings"]) == 1


def test_other_words_are_told_and_do_not_count_as_drift(tmp_path: pathlib.Path, earlier: dict[str, Any]) -> None:
    words = ("ant", "bee", "dog")
    splits = {split: make_rows(1_200, number, words) for number, split in enumerate(("train", "eval", "test"))}
    approval = run_gate(tmp_path / "now", splits, GatePolicy(drift="fail"), **earlier)
    (warning,) = approval["warnings"]
    assert ": added dog; removed cat; only" in warning


def test_without_a_folder_for_statistics_nothing_is_kept(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    approval = run_gate(tmp_path / "run", make_splits(), registry="")
    assert approval["statistics_version"] == 0
    assert approval["notes"] == ["no folder keeps statistics, so there is nothing to look for drift in"]
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_statistics_tell_whose_they_are_where_the_graph_cannot(tmp_path: pathlib.Path) -> None:
    registry = tmp_path / "registry"

    def versions(run: str, key: str) -> tuple[int, str]:
        approval = run_gate(tmp_path / run, make_splits(), None, registry, "", origin={"examples_key": key})
        return approval["statistics_version"], approval["notes"][0]

    first, note = versions("a", "k1")
    assert note == "no statistics of other data in this workspace yet, so nothing to look for drift in"
    assert versions("b", "k1") == (first, note)
    second, note = versions("c", "k2")
    assert (second > first, note) == (True, f"compared with the data of statistics version {first}")
