"""What comes of every way in which a file can be wrong: `outcomes.csv` says it, this test holds the ingest to it.

Each folder of `files/` has the files of the word cat: 50 good rows and something hostile. Beside them lies a good
`dog.csv` of 50 rows.
"""

import csv
import pathlib
import shutil

import pytest

from components.errors import QuickdrawError
from tests.components.example_gen.csv_folder import Ingested, run_executor

HERE = pathlib.Path(__file__).parent
with (HERE / "outcomes.csv").open(newline="", encoding="utf-8") as table:
    OUTCOMES = {row.pop("files"): row for row in csv.DictReader(table)}


def ingest(case: str, folder: pathlib.Path) -> Ingested:
    """Runs the executor on the files of a case, with a tolerance that a single bad row does not exceed."""
    shutil.copytree(HERE / "files" / case, folder / "data")
    shutil.copy(HERE / "good" / "dog.csv", folder / "data")
    return run_executor(folder / "data", folder / "out", max_bad_fraction=0.1)


def test_every_case_has_an_outcome():
    assert {path.name for path in (HERE / "files").iterdir()} == set(OUTCOMES)


@pytest.mark.parametrize("case", [case for case, row in OUTCOMES.items() if row["exit code"] == "0"])
def test_good_rows_are_kept_and_bad_ones_are_listed(case, tmp_path):
    expected = OUTCOMES[case]
    ingested = ingest(case, tmp_path)
    summary = ingested.summary
    reasons = "; ".join(f"{count} {reason}" for reason, count in sorted(summary["reasons"].items()))
    assert {
        "cats kept": str(summary["words"]["cat"]["kept"]),
        "filtered": str(summary["filtered"]),
        "duplicate": str(summary["duplicate"]),
        "quarantined": reasons,
    } == {name: expected[name] for name in ("cats kept", "filtered", "duplicate", "quarantined")}
    assert summary["words"]["dog"]["kept"] == 50
    listed = [line["reason"] for lines in ingested.quarantine.values() for line in lines]
    assert {reason: listed.count(reason) for reason in listed} == summary["reasons"]


@pytest.mark.parametrize("case", [case for case, row in OUTCOMES.items() if row["exit code"] != "0"])
def test_unusable_files_are_refused_in_one_sentence(case, tmp_path):
    with pytest.raises(QuickdrawError) as refusal:
        ingest(case, tmp_path)
    assert str(refusal.value.exit_code) == OUTCOMES[case]["exit code"]
    assert OUTCOMES[case]["sentence"] in str(refusal.value)
    assert "\n" not in str(refusal.value)
