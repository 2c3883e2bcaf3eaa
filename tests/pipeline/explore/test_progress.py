"""The bar."""

import io

from rich.console import Console

from components.example_gen.data_file import DataFile
from components.example_gen.work_plan import plan_units
from pipeline.explore.progress import progress_bar
from pipeline.explore.tally import Tally

FILES = [DataFile("a.csv", "a", "csv", 300), DataFile("b.csv", "b", "csv", 100)]


def _shown(is_terminal):
    text = io.StringIO()
    console = Console(file=text, force_terminal=is_terminal, width=100)
    with progress_bar(FILES, console) as on_unit:
        first, _ = plan_units(FILES, unit_bytes=300)
        on_unit(first, Tally(read=1_234))
    return text.getvalue()


def test_tells_share_rows_rate_and_time_left_on_a_terminal():
    shown = _shown(is_terminal=True)
    assert "75%" in shown
    assert "1,234 rows, " in shown
    assert " a second" in shown
    assert shown.rstrip("\r\n").endswith("\x1b[2K")


def test_says_nothing_where_nobody_watches():
    assert _shown(is_terminal=False) == ""
