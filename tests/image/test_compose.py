import pathlib
import subprocess
import sys

import pytest
import typer
import yaml

from pipeline.cli.main import app
from tests.conftest import REPOSITORY
from tests.image.dockerfile import read_stages

FILE = REPOSITORY / "compose.yaml"
SERVICES = yaml.safe_load(FILE.read_text())["services"]


def test_the_file_keeps_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", FILE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_a_verb_with_options_that_it_has(name):
    verb, *options = SERVICES[name]["command"]
    command = typer.main.get_command(app).commands[verb]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_write_to_its_home_only(name):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["tmp:/tmp"]
    # Where relative paths of the commands lead.
    assert read_stages(REPOSITORY / "Dockerfile")[-1].all("WORKDIR") == ["/tmp"]


def test_each_waits_for_what_it_reads():
    order = {name: list(service.get("depends_on", {})) for name, service in SERVICES.items()}
    assert order == {"synth": [], "run": ["synth"], "serve": ["run"]}
    assert SERVICES["synth"]["command"][-1] == pathlib.PurePath(SERVICES["run"]["command"][-1]).parts[0]


def test_ports_are_for_this_machine():
    assert SERVICES["serve"]["ports"] == ["127.0.0.1:8500:8500", "127.0.0.1:8501:8501"]
