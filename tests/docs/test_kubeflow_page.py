"""The commands of docs/kubeflow.md exist, and so do their options."""

import re

import kubernetes_validate
import pytest
import yaml

from pipeline.kubeflow.parameters import RUN_PARAMETERS
from tests.conftest import REPOSITORY
from tests.docs.commands import unknown_options

TEXT = (REPOSITORY / "docs/kubeflow.md").read_text()
BLOCKS = "\n".join(re.findall(r"```bash\n(.*?)```", TEXT, flags=re.DOTALL)).replace("\\\n", " ")
COMMANDS = [line for line in BLOCKS.splitlines() if line.startswith("quickdraw ")]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_and_its_options_exist(command):
    assert not unknown_options(command.replace("$IMAGE", "image"))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"pipeline/kubeflow/manifests/[\w/.]*\w", BLOCKS))))
def test_a_path_exists(path):
    assert (REPOSITORY / path).exists()


def test_the_pod_for_the_data_keeps_the_schema():
    (manifest,) = re.findall(r"<<'EOF'\n(.*?)\nEOF\n", TEXT, flags=re.DOTALL)
    kubernetes_validate.validate(yaml.safe_load(manifest), "1.37", strict=True)


def test_every_run_parameter_is_named():
    section = TEXT.split("## 4. Run")[1].split("\n## ")[0]
    assert all(f"`{parameter.name}`" in section for parameter in RUN_PARAMETERS)
    used = re.findall(r"--param (\w+)=", section)
    assert used
    assert set(used) <= {parameter.name for parameter in RUN_PARAMETERS}


def test_the_settings_in_it_are_settings():
    from pipeline.kubeflow.settings import NODE_IDS
    from pipeline.kubeflow.settings_file import settings_from_dict

    (settings,) = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)
    assert settings_from_dict(yaml.safe_load(settings), NODE_IDS).node("Trainer").resources.gpus == 1
