"""The compiled pipeline: KFP's two YAML documents, and how they are written and read. Imports nothing heavy."""

import dataclasses
import pathlib
from typing import Any

import yaml

from components.errors import UsageError

# Plain JSON: what a protobuf message looks like in YAML.
Json = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Documents:
    """A compiled pipeline.

    Attributes:
        spec: `ml_pipelines.PipelineSpec`.
        platform: `ml_pipelines.PlatformSpec`; {} for none.
    """

    spec: Json
    platform: Json = dataclasses.field(default_factory=dict)

    def to_yaml(self) -> str:
        """Returns the text that KFP takes; the same documents give the same bytes."""
        parts = [part for part in (self.spec, self.platform) if part]
        # No aliases: KFP reads them, people do not.
        return yaml.dump_all(parts, Dumper=_Dumper, sort_keys=True, default_flow_style=False, width=120)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 - PyYAML's signature
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text of several lines as several lines, which a person can read and compare."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def read_documents(path: pathlib.Path) -> Documents:
    """Reads a compiled pipeline, ours or another's.

    Args:
        path: a YAML of one or two documents.

    Returns:
        The documents, unchecked.

    Raises:
        UsageError: the file cannot be read, or is no such YAML.
    """
    try:
        parts = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"the pipeline {path} cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"the pipeline {path} is not YAML ({' '.join(str(error).split())}).") from error
    if not 1 <= len(parts) <= 2 or not all(isinstance(part, dict) for part in parts):
        raise UsageError(
            f"{path} is no compiled pipeline: it needs one YAML document, and may have a platform's after it."
        )
    return Documents(*parts)
