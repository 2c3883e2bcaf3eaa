"""Conditions of tasks: the part of CEL that TFX writes, over the input of a task."""

import re
from typing import Any


class _Message(dict[str, Any]):
    """A JSON object whose fields are read with a dot, as CEL reads protos."""

    __getattr__ = dict.__getitem__


def holds(condition: str, executor_input: dict[str, Any]) -> bool:
    """Evaluates a condition.

    Args:
        condition: such as `(inputs.artifacts['blessing'].artifacts[0].metadata['blessed'] == 0.0)`.
        executor_input: KFP's ExecutorInput, as JSON.

    Raises:
        KeyError: it names what is not there; KFP fails the task then.
    """
    expression = condition.replace("&&", " and ").replace("||", " or ")
    expression = re.sub(r"!(?!=)", " not ", expression)
    return bool(eval(expression, {"__builtins__": {}}, {"inputs": _messages(executor_input["inputs"])}))


def _messages(value: Any) -> Any:
    if isinstance(value, dict):
        return _Message({key: _messages(item) for key, item in value.items()})
    return [_messages(item) for item in value] if isinstance(value, list) else value
