"""Where examples came from, as a property of artifacts: what only the ingest knows and later nodes need.

At home the command looks at the data before the graph is made, and tells every node. Where nodes run in pods of their
own nobody has seen the data before the ingest, so it says what it read, and each node hands that on.
"""

import json
from typing import Any

from tfx import types

_PROPERTY = "data_origin"


def write_origin(artifact: types.Artifact, origin: dict[str, Any]) -> None:
    """Notes where an artifact's data came from.

    Args:
        artifact: an output of the running node.
        origin: JSON values, among them `examples_key`, which changes when other examples would come out.
    """
    artifact.set_string_custom_property(_PROPERTY, json.dumps(origin, sort_keys=True))


def read_origin(artifact: types.Artifact) -> dict[str, Any]:
    """Reads what `write_origin` noted.

    Args:
        artifact: an input of the running node.

    Returns:
        The origin; {} if the artifact was made by a node that notes none.
    """
    return json.loads(artifact.get_string_custom_property(_PROPERTY) or "{}")


def hand_on_origin(source: types.Artifact, target: types.Artifact) -> None:
    """Notes that an output was made of an input's data.

    Args:
        source: an input of the running node.
        target: an output of it.
    """
    write_origin(target, read_origin(source))
