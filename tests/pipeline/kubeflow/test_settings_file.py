import pathlib
from typing import Any

import pytest

from components.errors import UsageError
from pipeline.kubeflow.settings import NODE_IDS, Resources, Retries, Secret, Settings, Toleration, Volume
from pipeline.kubeflow.settings_file import read_settings, settings_from_dict


def test_no_settings_are_the_defaults() -> None:
    settings, defaults = settings_from_dict({}, NODE_IDS), Settings()
    assert {node: settings.node(node) for node in NODE_IDS} == {node: defaults.node(node) for node in NODE_IDS}
    assert {node for node in NODE_IDS if not defaults.node(node).cache} == {
        "DrawingExampleGen",
        "DataGate",
        "Baseline",
        "Pusher",
        "NotBlessed",
    }


def test_what_fails_to_say_something_is_retried_only_where_asked_for_by_name() -> None:
    file = {"defaults": {"retries": {"count": 5}}}
    assert settings_from_dict(file, NODE_IDS).node("NotBlessed").retries == Retries(count=0)
    own = {**file, "nodes": {"NotBlessed": {"retries": {"count": 1}}}}
    assert settings_from_dict(own, NODE_IDS).node("NotBlessed").retries.count == 1


def test_a_nodes_own_settings_lie_over_the_defaults() -> None:
    settings = settings_from_dict(
        {
            "defaults": {"resources": {"cpu_limit": 3, "memory_limit": "5Gi"}, "env": {"A": "1", "B": "2"}},
            "nodes": {"Trainer": {"resources": {"memory_limit": "9Gi", "gpus": 1}, "env": {"B": 3}}},
        },
        NODE_IDS,
    )
    assert settings.node("Report").resources == Resources(cpu_limit="3", memory_limit="5Gi")
    assert settings.node("Trainer").resources == Resources(
        cpu_request="1", cpu_limit="3", memory_request="2Gi", memory_limit="9Gi", gpus=1
    )
    assert (settings.node("Report").env, settings.node("Trainer").env) == ({"A": "1", "B": "2"}, {"A": "1", "B": "3"})


def test_every_kind_of_setting(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "kubeflow.yaml"
    path.write_text(
        "workspace: /mnt/quickdraw\n"
        "pipeline_root: minio://mlpipeline/quickdraw\n"
        "defaults:\n"
        "  retries: {count: 1, backoff: 2m, factor: 3, longest_backoff: 1h}\n"
        "  timeout: 1d\n"
        "  secrets: [{name: keys, env: {TOKEN: token}}]\n"
        "  volumes: [{claim: data, mount: /mnt/quickdraw, sub_path: a/b}]\n"
        "  tolerations: [{key: spot, effect: NoExecute, seconds: 60}, {operator: Exists}]\n"
        "  image_pull_policy: Always\n"
        "  image_pull_secrets: [registry]\n"
    )
    settings = read_settings(path, NODE_IDS)
    node = settings.node("Report")
    assert (settings.workspace, settings.pipeline_root) == ("/mnt/quickdraw", "minio://mlpipeline/quickdraw")
    assert node.retries == Retries(count=1, backoff=120, factor=3.0, longest_backoff=3600)
    assert node.timeout == 86_400
    assert node.secrets == (Secret("keys", {"TOKEN": "token"}),)
    assert node.volumes == (Volume("data", "/mnt/quickdraw", "a/b"),)
    assert node.tolerations == (Toleration("spot", effect="NoExecute", seconds=60), Toleration(operator="Exists"))
    assert (node.image_pull_policy, node.image_pull_secrets) == ("Always", ("registry",))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "it must be a mapping of names to values, not []."),
        ({"default": {}}, "there is no 'default'; there are workspace, pipeline_root, defaults, nodes."),
        ({"workspace": "work"}, "workspace: 'work' must be the folder of a claim"),
        ({"pipeline_root": "file:///a"}, "pipeline_root: the pipeline root 'file:///a' must be"),
        ({"nodes": {"Tuner": {}}}, "nodes: there is no 'Tuner'; there are DrawingExampleGen,"),
        ({"nodes": {"Trainer": None}}, "nodes.Trainer: it must be a mapping"),
        ({"nodes": {"Trainer": {"gpu": 1}}}, "nodes.Trainer: there is no 'gpu'; there are resources,"),
        (
            {"nodes": {"Trainer": {"resources": {"gpus": "one"}}}},
            "nodes.Trainer.resources.gpus: it must be a whole number",
        ),
        (
            {"nodes": {"Trainer": {"resources": {"gpus": -1}}}},
            "nodes.Trainer.resources.gpus: it must be a whole number",
        ),
        ({"nodes": {"Trainer": {"cache": "yes"}}}, "nodes.Trainer.cache: it must be true or false, not 'yes'."),
        ({"defaults": {"cache": True}}, "defaults: cache is a node's own; DrawingExampleGen,"),
        ({"defaults": {"timeout": 60}}, "defaults.timeout: it must be a time such as 30s, 10m, 6h or 1d, not 60."),
        ({"defaults": {"retries": {"factor": "x"}}}, "defaults.retries.factor: it must be a number of zero or more"),
        ({"defaults": {"env": {"A": True}}}, "defaults.env.A: it must be text, not True; put it between quotes."),
        ({"defaults": {"env": {True: "a"}}}, "defaults.env: it must be text, not True"),
        ({"defaults": {"secrets": {}}}, "defaults.secrets: it must be a list, not {}."),
        ({"defaults": {"secrets": [{"env": {}}]}}, "defaults.secrets.0: it needs a name."),
        (
            {"defaults": {"secrets": [{"name": "a"}]}},
            "defaults.secrets.0: a Secret needs env (VARIABLE: key) or a mount",
        ),
        ({"defaults": {"volumes": [{"claim": "a"}]}}, "defaults.volumes.0: it needs a mount."),
        ({"defaults": {"image_pull_secrets": [1]}}, "defaults.image_pull_secrets.0: it must be text, not 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(values: Any, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        settings_from_dict(values, NODE_IDS)
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"a: [", "are not YAML ("), (b"\xff", "are not YAML ("), (b"a: 1", ": there is no 'a'")]
)
def test_the_file_is_named(tmp_path: pathlib.Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "kubeflow.yaml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"the settings .*kubeflow\.yaml") as error:
        read_settings(path, NODE_IDS)
    assert sentence in str(error.value)


def test_a_file_that_is_not_there(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be read \(No such file or directory\)\."):
        read_settings(tmp_path / "none.yaml", NODE_IDS)


def test_an_empty_file_says_nothing(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty.yaml").write_text("# nothing yet\n")
    assert read_settings(tmp_path / "empty.yaml", NODE_IDS).workspace == ""
