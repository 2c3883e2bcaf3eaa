from pathlib import Path

import pytest
from google.protobuf import text_format
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from components.errors import UsageError
from serving.server.errors import ServingError
from serving.server.models.model_config import ModelSource, model_sources, read_model_config
from serving.server.models.version_policy import VersionPolicy

TWO_MODELS = """
model_config_list: {
  config: {
    name: "ant",
    base_path: "/models/ant",
    model_platform: "tensorflow",
    model_version_policy: { specific: { versions: 1, versions: 2 } }
    version_labels: { key: "stable", value: 1 },
    version_labels: { key: "canary", value: 2 },
  },
  config: { name: "bee", base_path: "file:///models/bee", model_type: TENSORFLOW }
}
"""


def sources(text, served=()):
    config = text_format.Parse(f"model_config_list {{ {text} }}", ModelServerConfig())
    return model_sources(config.model_config_list.config, served)


def test_a_file_of_two_models(tmp_path):
    file = tmp_path / "models.config"
    file.write_text(TWO_MODELS)
    assert read_model_config(file) == [
        ModelSource(
            "ant", Path("/models/ant"), VersionPolicy(None, frozenset([1, 2])), labels={"stable": 1, "canary": 2}
        ),
        ModelSource("bee", Path("/models/bee"), VersionPolicy(1)),
    ]


@pytest.mark.parametrize(("text", "models"), [("", None), ("# soon\n", None), ("model_config_list {}", [])])
def test_no_list_is_not_a_list_of_no_models(tmp_path, text, models):
    file = tmp_path / "models.config"
    file.write_text(text)
    assert read_model_config(file) == models


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"model_config_list {", "is not a ModelServerConfig in protobuf's text format: "),
        (b"model_config_list { config { nmae: 'x' } }", 'has no field named "nmae"'),
        (b"\xff", "is not a ModelServerConfig in protobuf's text format: "),
        (b"custom_model_config {}", "only model_config_list can be served"),
    ],
)
def test_a_file_that_is_no_config(tmp_path, content, words):
    file = tmp_path / "models.config"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=r"models\.config") as caught:
        read_model_config(file)
    assert words in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(UsageError, match=r"Cannot read the ModelServerConfig .*absent \(No such file or directory\)"):
        read_model_config(tmp_path / "absent")


PLATFORM = 'model_platform: "tensorflow"'


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f'config {{ name: "m" base_path: "/a" {PLATFORM} }} config {{ name: "m" base_path: "/b" {PLATFORM} }}',
            "INVALID_ARGUMENT: Illegal to list model m multiple times in config list",
        ),
        (
            f'config {{ name: "m" base_path: "a/b" {PLATFORM} }}',
            "INVALID_ARGUMENT: Expected model m to have an absolute path or URI; got base_path()=a/b",
        ),
        (
            f'config {{ name: "m" {PLATFORM} }}',
            "INVALID_ARGUMENT: Expected model m to have an absolute path or URI; got base_path()=",
        ),
        (
            f'config {{ name: "m" base_path: "gs://b/m" {PLATFORM} }}',
            "UNIMPLEMENTED: Cannot serve model m from gs://b/m: only local folders are read",
        ),
        (
            'config { name: "m" base_path: "/a" }',
            "INVALID_ARGUMENT: Illegal setting neither ModelServerConfig::model_type (deprecated) nor "
            "ModelServerConfig::model_platform.",
        ),
        (
            f'config {{ name: "m" base_path: "/a" model_type: TENSORFLOW {PLATFORM} }}',
            "INVALID_ARGUMENT: Illegal setting both ModelServerConfig::model_type (deprecated) and "
            "ModelServerConfig::model_platform.",
        ),
        (
            'config { name: "m" base_path: "/a" model_type: OTHER }',
            "INVALID_ARGUMENT: ModelServerConfig::model_type choice 2 not supported.",
        ),
        (
            'config { name: "m" base_path: "/a" model_platform: "x" }',
            "INVALID_ARGUMENT: Model m requests unsupported platform x",
        ),
        (
            'config { name: "served" base_path: "/a" model_platform: "x" }',
            "INVALID_ARGUMENT: Illegal to change a model's platform. For model served platform was tensorflow and new "
            "platform requested is x",
        ),
    ],
    ids=lambda value: "",
)
def test_what_is_refused_as_by_tensorflow_serving(text, refusal):
    with pytest.raises(ServingError) as caught:
        sources(text, served={"served"})
    assert str(caught.value) == refusal
