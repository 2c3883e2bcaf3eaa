"""Parses a compiled pipeline as strictly as Kubeflow Pipelines does; for the environment of requirements/kfp-spec.lock.

Run as a script: `python parse.py PIPELINE.yaml`, or `python parse.py --describe` for the messages themselves. Nothing
of this project is imported: its protobuf is another one.
"""

import importlib.util
import pathlib
import sys
import types

import kfp
import yaml
from google.protobuf import descriptor_pb2, json_format, text_format
from kfp.pipeline_spec import pipeline_spec_pb2


def kubernetes_messages() -> types.ModuleType:
    # `import kfp.kubernetes` would import the whole SDK, which is not here.
    (folder,) = (path for path in map(pathlib.Path, kfp.__path__) if (path / "kubernetes").is_dir())
    path = folder / "kubernetes" / "kubernetes_executor_config_pb2.py"
    spec = importlib.util.spec_from_file_location("kubernetes_executor_config_pb2", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parse(path: str) -> None:
    kubernetes = kubernetes_messages()
    spec, *platforms = yaml.safe_load_all(pathlib.Path(path).read_text(encoding="utf-8"))
    json_format.ParseDict(spec, pipeline_spec_pb2.PipelineSpec())
    # KFP reads this part later, and forgives; we do not.
    json_format.ParseDict(spec["deploymentSpec"], pipeline_spec_pb2.PipelineDeploymentConfig())
    for platform in platforms:
        json_format.ParseDict(platform, pipeline_spec_pb2.PlatformSpec())
        for config in platform["platforms"]["kubernetes"]["deploymentSpec"]["executors"].values():
            json_format.ParseDict(config, kubernetes.KubernetesExecutorConfig())


def describe() -> str:
    messages = descriptor_pb2.FileDescriptorSet()
    for module in (pipeline_spec_pb2, kubernetes_messages()):
        module.DESCRIPTOR.CopyToProto(messages.file.add())
    return text_format.MessageToString(messages)


if __name__ == "__main__":
    if sys.argv[1] == "--describe":
        print(describe(), end="")
    else:
        parse(sys.argv[1])
