"""From counts to findings."""

import json

from components.example_gen.file_selection import select_files
from pipeline.explore.findings import WordFinding, find
from pipeline.explore.scan import scan
from tests.components.example_gen.csv_folder import row, write_csv
from tests.pipeline.explore.data_folder import write_folder


def _find(folder, **options):
    files = select_files(str(folder), **options)
    return find(files, scan(files))


def test_words_in_alphabetical_order_with_their_means(tmp_path):
    findings = _find(write_folder(tmp_path))
    assert list(findings.words) == ["ant", "bat", "ice_cream"]
    assert findings.words["ant"] == WordFinding(
        read=4, kept=3, recognized=0.75, strokes=8 / 3, points=16 / 3, near_blank=0
    )


def test_the_notebooks_two_findings(tmp_path):
    findings = _find(write_folder(tmp_path))
    assert (findings.memory.float64, findings.memory.packed) == (6 * 8192, 6 * 1024)
    assert findings.memory.available > 2**30
    balance = findings.balance
    assert (balance.fewest_word, balance.most_word, balance.ratio, balance.median) == ("ice_cream", "ant", 3, 2)


def test_malformed_rows_are_told_by_file_row_and_reason(tmp_path):
    found = _find(write_folder(tmp_path)).malformed
    assert [(bad.file, bad.row, bad.key_id, bad.reason) for bad in found] == [
        ("bat.csv", 2, "5", "drawing: x and y lists differ in length"),
        ("bat.csv", 4, "", "wrong number of columns"),
    ]


def test_json_has_every_number_and_no_drawing_but_the_first_rows(tmp_path):
    values = json.loads(json.dumps(_find(write_folder(tmp_path)).to_json()))
    assert values["read"] == values["kept"] + values["filtered"] + values["quarantined"] == 9
    assert values["countries"] == {"US": 5, "": 1}
    assert values["points"]["counts"] == {"2": 1, "4": 2, "6": 3}
    assert values["same_drawing"] == {"rows": 3, "texts": 2, "most": 3}
    assert values["near_blank"] == {"most_points": 8, "least_ink": 8, "drawings": 1}
    assert "samples" not in values


def test_a_word_whose_rows_are_all_malformed_is_there_all_the_same(tmp_path):
    write_csv(tmp_path / "cat.csv", [row(1, drawing="?")])
    findings = _find(tmp_path, least_words=1)
    assert findings.words == {"cat": WordFinding(0, 0, 0.0, 0.0, 0.0, 0)}
    assert (findings.strokes, findings.points, findings.reasons) == (None, None, {"drawing: not JSON": 1})
