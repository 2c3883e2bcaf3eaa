"""`quickdraw report`: the path, the browser, and no report yet."""

import pathlib
import stat

import pytest
import typer
from typer.testing import CliRunner

from components.errors import UsageError
from pipeline.cli.report import report
from tests.pipeline.cli.test_main import quickdraw

_APP = typer.Typer()
_APP.command()(report)


@pytest.fixture
def page(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "my work" / "report.html"
    path.parent.mkdir()
    path.write_text("<!DOCTYPE html>")
    return path


def test_prints_the_path(page: pathlib.Path) -> None:
    result = CliRunner().invoke(_APP, ["--workspace", str(page.parent)])
    assert (result.exit_code, result.output) == (0, f"{page}\n")


def test_without_a_report_says_what_writes_one(tmp_path: pathlib.Path) -> None:
    done = quickdraw("report", "--workspace", str(tmp_path))
    assert done.returncode == 2
    path = tmp_path / "report.html"
    assert done.stderr == (
        f"quickdraw: there is no report {path} yet; `quickdraw run --data DIR` writes it when it has finished.\n"
    )


def test_opens_it_in_the_default_browser(page: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The browser is a program that writes down what it is asked to show.
    browser = page.parent / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{page.parent}/shown"\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", f'"{browser}" %s')
    done = quickdraw("report", "--workspace", str(page.parent), "--open")
    assert (done.returncode, done.stdout) == (0, f"{page}\n")
    assert (page.parent / "shown").read_text() == f"{page.as_uri()}\n"


def test_says_so_where_there_is_no_browser(page: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser._tryorder", [])
    result = CliRunner().invoke(_APP, ["--workspace", str(page.parent), "--open"])
    assert isinstance(result.exception, UsageError)
    assert "no browser was found" in str(result.exception)
