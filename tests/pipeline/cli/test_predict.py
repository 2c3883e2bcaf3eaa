import json
import subprocess
import sys

import pytest

from components.errors import UsageError
from pipeline.cli.predict import predict
from serving.server.config import ServerConfig
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING, write_model

ANT = "ant 1.00  alarm_clock 0.20  angel 0.10"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base_path = tmp_path_factory.mktemp("base")
    write_model(base_path / "1", 1)
    with running_server(ServerConfig(base_path)) as running:
        yield running


@pytest.fixture
def ask(server, capsys):
    """Calls the verb and returns the lines it printed."""

    def ask_about(file):
        predict(str(file), server.target)
        return capsys.readouterr().out.splitlines()

    return ask_about


def test_one_line_a_drawing(ask, tmp_path):
    file = tmp_path / "drawings.ndjson"
    file.write_text(f"{DRAWING}\nbad\n\n  {DRAWING}  \n")
    assert ask(file) == [ANT, "not a drawing", ANT]


def test_standard_input(server):
    command = [sys.executable, "-m", "pipeline.cli.main", "predict", "-", "--server", server.target]
    done = subprocess.run(command, input=b"\xff\n" + DRAWING.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"not a drawing\n{ANT}\n", b"")


def test_a_csv_file_by_its_drawing_column(ask, tmp_path):
    file = tmp_path / "ALL.CSV"
    file.write_text(f'\ufeffkey_id,drawing,word\n1,"{DRAWING}",ant\n2,,ant\n3\n', encoding="utf-8")
    assert ask(file) == [ANT, "not a drawing", "not a drawing"]


def test_a_drawing_longer_than_the_csv_modules_own_limit(ask, tmp_path):
    xs = [0] * 100_000
    file = tmp_path / "long.csv"
    file.write_text(f'drawing\n"{json.dumps([[xs, xs]])}"\n')
    assert ask(file) == [ANT]


def test_bytes_that_are_no_text(ask, tmp_path):
    file = tmp_path / "bytes.ndjson"
    file.write_bytes(b"\xff\xfe\n" + DRAWING.encode())
    assert ask(file) == ["not a drawing", ANT]


def test_more_drawings_than_one_request_takes(ask, tmp_path):
    file = tmp_path / "many.ndjson"
    file.write_text("bad\n" * 299 + DRAWING)
    assert ask(file) == ["not a drawing"] * 299 + [ANT]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.ndjson", "", "it is empty"),
        ("blank.ndjson", "\n \n", "it is empty"),
        ("empty.csv", "", "it is empty"),
        ("header.csv", "drawing\n", "it is empty"),
        ("column.csv", "a,b\n1,2\n", "has no column named drawing: its header is a,b"),
        ("bad.ndjson", "bad\nworse\n", "Nothing in .* is a drawing"),
        ("nul.csv", "drawing\n\0\n", "is not a CSV file: after line 1"),
        ("header.csv", "\0\n", "is not a CSV file: after line 0"),
    ],
)
def test_files_without_a_drawing(ask, tmp_path, name, content, sentence):
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match=sentence):
        ask(tmp_path / name)


def test_a_file_that_is_not_there(ask, tmp_path):
    with pytest.raises(UsageError, match=r"Cannot read .*absent: No such file or directory\."):
        ask(tmp_path / "absent")


def test_nobody_answers(tmp_path):
    (tmp_path / "one.ndjson").write_text(DRAWING)
    with pytest.raises(UsageError, match=r"No server answers at 127\.0\.0\.1:1"):
        predict(str(tmp_path / "one.ndjson"), "127.0.0.1:1")
