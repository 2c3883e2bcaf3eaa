import json
import os
import pty
import ssl
import subprocess
import sys

import pytest

from components.errors import UsageError
from pipeline.cli.predict.verb import predict
from serving.server.config import ServerConfig
from tests.serving.certificates import Authority
from tests.serving.client.shaky_servers import shaky_rest_server
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING, write_model

ANT = "ant 1.00  alarm_clock 0.20  angel 0.10"
QUICKDRAW = [sys.executable, "-m", "pipeline.cli.main", "predict"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base_path = tmp_path_factory.mktemp("base")
    write_model(base_path / "1", 1)
    with running_server(ServerConfig(base_path)) as running:
        yield running


@pytest.fixture(params=["grpc", "rest"])
def ask(server, capsys, request):
    """Calls the verb over either protocol and returns the lines it printed, and what it said beside them."""
    where = {"server": server.target} if request.param == "grpc" else {"rest": server.rest_url}

    def ask_about(drawings, **options):
        predict(str(drawings), **where, **options)
        output = capsys.readouterr()
        return output.out.splitlines(), output.err

    return ask_about


def in_a_terminal(*arguments):
    """Runs the verb with a terminal for standard output; returns what a reader sees."""
    reader, writer = pty.openpty()
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    done = subprocess.run([*QUICKDRAW, *arguments], stdout=writer, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    shown = b""
    while True:
        try:
            shown += os.read(reader, 4096)
        except OSError:  # nothing more comes
            break
    os.close(reader)
    return shown.decode().splitlines()


def test_a_drawing_on_the_command_line(ask):
    assert ask(DRAWING) == ([ANT], "")


def test_a_single_bad_drawing_is_one_sentence(server):
    command = [*QUICKDRAW, "[[[1,2],[3]]]", "--server", server.target]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "not a drawing\n")
    assert done.stderr == (
        "quickdraw: the command line, row 1 is not a drawing: x, y and time lists differ in length; "
        "give a JSON list of strokes [[x...], [y...]] for each drawing.\n"
    )


def test_one_line_a_row_and_a_sentence_for_a_bad_one(ask, tmp_path):
    file = tmp_path / "drawings.ndjson"
    file.write_text(f"{DRAWING}\nbad\n\n  {DRAWING}  \n[[[1,2],[3]]]\n")
    assert ask(file) == (
        [ANT, "not a drawing", ANT, "not a drawing"],
        f"quickdraw: {file}, row 2 is not a drawing: not JSON.\n"
        f"quickdraw: {file}, row 4 is not a drawing: x, y and time lists differ in length.\n",
    )


def test_json(ask):
    lines, _ = ask(f'[{DRAWING}, "bad"]', is_json=True, top=2)
    assert [json.loads(line) for line in lines] == [
        {"row": 1, "words": ["ant", "alarm_clock"], "scores": [1.0, 0.2], "error": None},
        {"row": 2, "words": [], "scores": [], "error": "not JSON"},
    ]


def test_more_rows_than_one_request_takes(ask, tmp_path):
    file = tmp_path / "many.ndjson"
    file.write_text("bad\n" * 299 + f"{DRAWING}\n" * 600 + "bad\n")
    lines, sentences = ask(file)
    assert lines == ["not a drawing"] * 299 + [ANT] * 600 + ["not a drawing"]
    assert sentences.splitlines()[-1] == f"quickdraw: {file}, row 900 is not a drawing: not JSON."


def test_a_picture_when_it_is_wanted(ask):
    lines, _ = ask(DRAWING, picture=True)
    assert lines[0] == "⠑⢄"
    assert lines[-1] == ANT
    assert len(lines) == 17


def test_a_terminal_shows_a_picture_of_a_single_drawing(server):
    assert in_a_terminal(DRAWING, "--server", server.target)[0] == "⠑⢄"
    assert in_a_terminal(f"[{DRAWING},{DRAWING}]", "--server", server.target) == [ANT, ANT]
    assert json.loads(*in_a_terminal(DRAWING, "--server", server.target, "--json"))["words"][0] == "ant"


def test_standard_input(server):
    command = [*QUICKDRAW, "-", "--server", server.target]
    done = subprocess.run(command, input=b"\xff\n" + DRAWING.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode()) == (0, f"not a drawing\n{ANT}\n")
    assert done.stderr == b"quickdraw: standard input, row 1 is not a drawing: not JSON.\n"


def test_a_reader_that_goes(server):
    command = [*QUICKDRAW, "-", "--server", server.target]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        asking.stdout.close()
        asking.stdin.write(DRAWING.encode())
        asking.stdin.close()
        assert asking.stderr.read() == b""
    assert asking.returncode == 0


def test_https_with_the_authority_that_signed(server, tmp_path, capsys):
    authority = Authority(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*authority.issue("server"))
    with shaky_rest_server(server.rest_url, context=context) as (url, _):
        predict(DRAWING, rest=url, ca_file=authority.ca_file)
        assert capsys.readouterr().out == f"{ANT}\n"
        with pytest.raises(UsageError, match="No TLS connection to https"):
            predict(DRAWING, rest=url)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.ndjson", "", "it is empty"),
        ("header.csv", "drawing\n", "it is empty"),
        ("column.csv", "a,b\n1,2\n", "has no column named drawing: its header is a,b"),
        ("bad.ndjson", "bad\nworse\n", "nothing in .* is a drawing; give a JSON list of strokes"),
    ],
)
def test_files_without_a_drawing(ask, tmp_path, name, content, sentence):
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match=sentence):
        ask(tmp_path / name)


def test_nobody_answers():
    done = subprocess.run([*QUICKDRAW, DRAWING, "--server", "127.0.0.1:1"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "quickdraw: No server answers at 127.0.0.1:1: start one with `quickdraw serve`.\n"


def test_a_model_that_is_not_there(server):
    command = [*QUICKDRAW, DRAWING, "--server", server.target, "--model-name", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "refused the request: Servable not found for request: Latest(x)" in done.stderr


def test_a_picture_is_no_json():
    with pytest.raises(UsageError, match="A picture is no JSON"):
        predict(DRAWING, is_json=True, picture=True)


def test_a_terminal_without_braille():
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [*QUICKDRAW, DRAWING, "--picture"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 2
    assert done.stderr.startswith("quickdraw: Pictures are braille, which iso8859-1 has not")
