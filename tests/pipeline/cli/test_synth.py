"""`quickdraw synth`: its defaults, what it prints, and that it needs no TensorFlow."""

import subprocess
import sys

import typer
from typer.testing import CliRunner

from components.errors import UsageError
from pipeline.cli.synth import synth

_APP = typer.Typer()
_APP.command()(synth)


def test_defaults_write_five_words_of_three_hundred_rows(tmp_path):
    result = CliRunner().invoke(_APP, ["--out", str(tmp_path / "demo")])
    assert result.exit_code == 0
    files = sorted((tmp_path / "demo" / "train_simplified").iterdir())
    assert [file.stem for file in files] == ["envelope", "house", "ladder", "snowman", "sun"]
    assert all(len(file.read_text().splitlines()) == 301 for file in files)
    assert "Wrote 1,500 doodles of 5 words (sun, house, envelope, ladder, snowman)" in result.output
    assert f"quickdraw run --data {tmp_path / 'demo' / 'train_simplified'}" in result.output


def test_a_users_mistake_is_a_usage_error(tmp_path):
    result = CliRunner().invoke(_APP, ["--out", str(tmp_path), "--words", "0"])
    assert isinstance(result.exception, UsageError)


def test_drawing_needs_no_tensorflow():
    code = "import sys, pipeline.cli.synth; sys.exit('tensorflow' in sys.modules or 'apache_beam' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
