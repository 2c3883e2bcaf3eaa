"""`kubeflow.yaml` -> settings: what a cluster gives to the nodes, in a small file of the user's."""

import dataclasses
import pathlib
import re
from collections.abc import Mapping
from typing import Any

import yaml

from components.errors import UsageError
from pipeline.kubeflow.lint.paths import check_pipeline_root
from pipeline.kubeflow.settings import (
    NEVER_RETRIED,
    NODE_DEFAULTS,
    UNCACHED,
    NodeSettings,
    Resources,
    Retries,
    Secret,
    Settings,
    Toleration,
    Volume,
)

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(\d+)([smhd])", re.ASCII)
# Fields of `NodeSettings` and `Retries` that the file gives as durations such as 30s or 6h.
_DURATIONS = ("timeout", "backoff", "longest_backoff")
_LISTS: dict[str, type] = {"secrets": Secret, "volumes": Volume, "tolerations": Toleration}
_NESTED: dict[str, type] = {"resources": Resources, "retries": Retries}
_REQUIRED = {Secret: ("name",), Volume: ("claim", "mount")}


class _Place(str):
    """Where in the file something stands; its errors begin with it."""

    def at(self, key: str | int) -> "_Place":
        return _Place(f"{self}.{key}" if self else str(key))

    def error(self, sentence: str) -> UsageError:
        return UsageError(f"{self}: {sentence}" if self else sentence)


def read_settings(path: pathlib.Path, node_ids: tuple[str, ...]) -> Settings:
    """Reads a file of settings.

    Args:
        path: YAML with any of `workspace`, `pipeline_root`, `defaults` (for every node) and `nodes` (for one node each,
            on top of the defaults). Mappings are merged, everything else is replaced.
        node_ids: the nodes that there are.

    Returns:
        The settings of every node.

    Raises:
        UsageError: the file cannot be read, a name is unknown, or a value is not of its kind.
    """
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        return settings_from_dict({} if values is None else values, node_ids)
    except OSError as error:
        raise UsageError(f"the settings {path} cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"the settings {path} are not YAML ({' '.join(str(error).split())}).") from error
    except UsageError as error:
        raise UsageError(f"the settings {path}: {error}") from error


def settings_from_dict(values: Any, node_ids: tuple[str, ...]) -> Settings:  # noqa: ANN401 - whatever a file holds
    """Reads settings from what YAML gave.

    Args:
        values: see `read_settings`.
        node_ids: the nodes that there are.

    Returns:
        The settings of every node.

    Raises:
        UsageError: a name is unknown, or a value is not of its kind.
    """
    top = _Place()
    values = _mapping(values, top)
    _refuse_unknown(values, ("workspace", "pipeline_root", "defaults", "nodes"), top)
    workspace = _text(values.get("workspace", ""), top.at("workspace"))
    if workspace and not workspace.startswith("/"):
        raise top.at("workspace").error(
            f"'{workspace}' must be the folder of a claim in the container, such as /mnt/data."
        )
    root = _text(values.get("pipeline_root", ""), top.at("pipeline_root"))
    if sentence := check_pipeline_root(root):
        raise top.at("pipeline_root").error(sentence)
    defaults = _mapping(values.get("defaults", {}), top.at("defaults"))
    if "cache" in defaults:
        raise top.at("defaults").error(f"cache is a node's own; {', '.join(UNCACHED)} are not cached.")
    nodes = _mapping(values.get("nodes", {}), top.at("nodes"))
    _refuse_unknown(nodes, node_ids, top.at("nodes"))
    return Settings(
        workspace=workspace,
        pipeline_root=root,
        nodes={node: _node(node, defaults, nodes.get(node, {})) for node in node_ids},
    )


def _node(node: str, defaults: Mapping[str, Any], own: Any) -> NodeSettings:  # noqa: ANN401
    settings = NODE_DEFAULTS.get(node, NodeSettings())
    settings = _overlay(settings, defaults, _Place("defaults"))
    if node in NEVER_RETRIED:
        settings = dataclasses.replace(settings, retries=Retries(count=0))
    return _overlay(settings, own, _Place("nodes").at(node))


def _overlay(base: Any, values: Any, place: _Place) -> Any:  # noqa: ANN401 - any of the dataclasses of `settings`
    """Replaces the fields that `values` names."""
    values = _mapping(values, place)
    fields = {field.name: field for field in dataclasses.fields(base)}
    _refuse_unknown(values, tuple(fields), place)
    return dataclasses.replace(
        base, **{name: _value(name, getattr(base, name), value, place.at(name)) for name, value in values.items()}
    )


def _value(name: str, base: Any, value: Any, place: _Place) -> Any:  # noqa: ANN401
    if name in _NESTED:
        return _overlay(base, value, place)
    if name in _LISTS:
        return tuple(_entry(_LISTS[name], each, place.at(i)) for i, each in enumerate(_list(value, place)))
    if name == "image_pull_secrets":
        return tuple(_text(each, place.at(i)) for i, each in enumerate(_list(value, place)))
    if name in _DURATIONS:
        return _duration(value, place)
    if isinstance(base, Mapping):
        return {
            **base,
            **{_text(key, place): _scalar(each, place.at(key)) for key, each in _mapping(value, place).items()},
        }
    return _plain(base, value, place)


def _plain(base: Any, value: Any, place: _Place) -> Any:  # noqa: ANN401
    """A number, a truth value or a text, whichever the default is."""
    if isinstance(base, bool):
        if not isinstance(value, bool):
            raise place.error(f"it must be true or false, not {value!r}.")
        return value
    if isinstance(base, str):
        return _scalar(value, place)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # None is the default of seconds that never end.
    if not is_number or (not isinstance(base, float) and not isinstance(value, int)) or value < 0:
        raise place.error(
            f"it must be {'a' if isinstance(base, float) else 'a whole'} number of zero or more, not {value!r}."
        )
    return type(base)(value) if base is not None else value


def _entry(kind: type, values: Any, place: _Place) -> Any:  # noqa: ANN401
    required = _REQUIRED.get(kind, ())
    values = _mapping(values, place)
    for name in required:
        if not values.get(name):
            raise place.error(f"it needs a {name}.")
    entry = _overlay(kind(**dict.fromkeys(required, "")), values, place)
    if isinstance(entry, Secret) and not entry.env and not entry.mount:
        raise place.error("a Secret needs env (VARIABLE: key) or a mount, or no node would see it.")
    return entry


def _duration(value: Any, place: _Place) -> int:  # noqa: ANN401
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise place.error(f"it must be a time such as 30s, 10m, 6h or 1d, not {value!r}.")
    return int(match[1]) * _SECONDS[match[2]]


def _scalar(value: Any, place: _Place) -> str:  # noqa: ANN401
    """Text, or a number that YAML read where Kubernetes wants text: `cpu_limit: 4`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _text(value, place)


def _text(value: Any, place: _Place) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise place.error(f"it must be text, not {value!r}; put it between quotes.")
    return value


def _list(value: Any, place: _Place) -> list[Any]:  # noqa: ANN401
    if not isinstance(value, list):
        raise place.error(f"it must be a list, not {value!r}.")
    return value


def _mapping(value: Any, place: _Place) -> Mapping[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise place.error(f"it must be a mapping of names to values, not {value!r}.")
    return value


def _refuse_unknown(values: Mapping[str, Any], known: tuple[str, ...], place: _Place) -> None:
    for name in values:
        if name not in known:
            raise place.error(f"there is no '{name}'; there are {', '.join(known)}.")
