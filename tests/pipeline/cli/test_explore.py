"""`quickdraw explore`: what it prints and writes, and what it says of folders that it cannot look at."""

import json
import pathlib
import shutil
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from components.errors import QuickdrawError
from pipeline.cli.explore import explore
from tests.end_to_end.commands import quickdraw, synth
from tests.pipeline.explore.data_folder import write_folder

_APP = typer.Typer()
_APP.command()(explore)
HOSTILE = pathlib.Path(__file__).parents[2] / "hostile" / "files"


def _json(*arguments):
    result = CliRunner().invoke(_APP, [*map(str, arguments), "--json"])
    assert result.exit_code == 0
    return json.loads(result.output)


def _refusal(*arguments):
    result = CliRunner().invoke(_APP, list(map(str, arguments)))
    assert isinstance(result.exception, QuickdrawError)
    assert result.output == ""
    return result.exception


def test_writes_the_page_and_prints_the_counts(tmp_path):
    page = tmp_path / "page.html"
    done = quickdraw("explore", "--data", write_folder(tmp_path / "data"), "--out", page)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "6 drawings"
    assert lines[1].startswith("read 9 rows of 3 files in ")
    assert "malformed 2" in lines
    assert "- wrong number of columns 1" in lines
    assert "near-blank 1" in lines
    assert lines[-1] == f"The page is {page}"
    assert "6 drawings of 3 words" in page.read_text()
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["page.html"]


def test_json_is_all_that_is_printed(tmp_path):
    done = quickdraw("explore", "--data", write_folder(tmp_path / "data"), "--words", "ant, ice cream", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    values = json.loads(done.stdout)
    assert (values["read"], values["kept"], values["data"]) == (5, 4, str(tmp_path / "data"))
    assert list(values["words"]) == ["ant", "ice_cream"]
    assert values["seconds"] > 0


def test_json_and_page_together(tmp_path):
    page = tmp_path / "page.html"
    assert _json("--data", write_folder(tmp_path / "data"), "--out", page)["read"] == 9
    assert page.exists()


def test_looks_at_what_synth_draws(tmp_path):
    data = synth(tmp_path, words=3, per_word=40)
    values = _json("--data", data)
    assert (values["read"], values["quarantined"], values["same_key"]["rows"]) == (120, 0, 0)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a_column_missing", "cat.csv lacks the column 'recognized'; its header is 'countrycode, drawing, key_id, "),
        ("a_picture", "cat.csv lacks the column 'drawing'; its header is"),
        ("gzip_cut_short", "cat.csv.gz is cut short: its gzip stream has no end; copy the file again"),
        ("not_gzip", "cat.csv.gz cannot be read: Not a gzipped file"),
        ("utf16", "cat.csv lacks the column 'drawing'; its header is"),
        ("zero_bytes", "cat.csv is empty; remove it or copy it again"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(tmp_path, name, sentence):
    shutil.copytree(HOSTILE / name, tmp_path / "data")
    _assert_refused(tmp_path, 2, sentence)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("lists_of_unequal_length", {"drawing: x and y lists differ in length": 1}),
        ("latin1_in_the_word", {"word is empty or not UTF-8": 1}),
        ("too_many_columns", {"wrong number of columns": 1}),
        ("unbalanced_quote_before_a_good_row", {"wrong number of columns": 1}),
        ("nul_bytes", {"drawing: not JSON": 1}),
    ],
)
def test_malformed_rows_are_counted_by_reason(tmp_path, name, reasons):
    shutil.copytree(HOSTILE / name, tmp_path / "data")
    values = _json("--data", tmp_path / "data")
    assert values["reasons"] == reasons
    (bad,) = values["malformed"]
    assert bad["file"].startswith("cat.csv")
    assert bad["row"] >= 1


def test_a_row_of_ten_megabytes_is_a_row(tmp_path):
    data = write_folder(tmp_path / "data")
    with (tmp_path / "data" / "ant.csv").open("a") as stream:
        stream.write(f'US,"[[[{"1," * 5_000_000}",9,True,t,ant\n')
    values = _json("--data", data)
    assert values["read"] == 10
    assert values["reasons"]["drawing: not JSON"] == 1
    assert max(len(bad["text"]) for bad in values["malformed"]) == 200


def test_folders_without_data(tmp_path):
    (tmp_path / "data").mkdir()
    _assert_refused(tmp_path, 2, "has no .csv or .ndjson file; --data names the folder with the <word>.csv")
    (tmp_path / "data" / "notes.txt").write_text("no data")
    _assert_refused(tmp_path, 2, "has no .csv or .ndjson file")
    (tmp_path / "data" / "cat.csv").write_text("countrycode,drawing,key_id,recognized,timestamp,word\n")
    _assert_refused(tmp_path, 4, "holds no row: its files have headers only; copy them again")
    shutil.rmtree(tmp_path / "data")
    _assert_refused(tmp_path, 2, "is not a folder; --data names the folder")


def _assert_refused(folder, exit_code, sentence):
    refusal = _refusal("--data", folder / "data", "--out", folder / "page.html")
    assert refusal.exit_code == exit_code
    assert sentence in str(refusal)
    assert "\n" not in str(refusal)
    assert not (folder / "page.html").exists()


def test_the_command_ends_with_one_sentence_and_the_exit_code(tmp_path):
    done = quickdraw("explore", "--data", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"quickdraw: {tmp_path / 'nowhere'} is not a folder")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("out", ["", "missing/page.html"])
def test_a_page_that_cannot_be_written_is_told_before_reading(tmp_path, out):
    refusal = _refusal("--data", tmp_path / "nowhere", "--out", tmp_path / out)
    assert refusal.exit_code == 2
    assert "cannot be written: it names the page's file, in a folder that exists" in str(refusal)


def test_looking_needs_neither_tensorflow_nor_beam(tmp_path):
    data = write_folder(tmp_path)
    code = (
        "import sys\n"
        "from pipeline.explore.look import look\n"
        "from pipeline.explore.page import render_page\n"
        f"render_page(look({data!r}), 'data')\n"
        "sys.exit('tensorflow' in sys.modules or 'apache_beam' in sys.modules or 'tfx' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
