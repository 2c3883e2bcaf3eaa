"""REST predict bodies to arrays: the row format (`instances`) and the column format (`inputs`).

Rules and texts are those of TensorFlow Serving's json_tensor.cc at 2.16.1.
"""

from collections.abc import Mapping
from typing import TypeGuard

import numpy as np
from tensorflow.core.protobuf import meta_graph_pb2

from serving.server.errors import ServingError, invalid_argument
from serving.server.models.tensor_codec import shape_text
from serving.server.rest_api.json_tensor import array_from_json, is_base64
from serving.server.rest_api.json_text import Json, shown

TensorInfos = Mapping[str, meta_graph_pb2.TensorInfo]


def arrays_from_rows(instances: Json, infos: TensorInfos) -> dict[str, np.ndarray]:
    """Returns one array for each input, row i of it from element i of `instances`.

    Args:
        instances: A list of values, lists or `{"b64": ...}` (one input), or of objects with exactly the input aliases.
        infos: The signature's inputs.

    Raises:
        ServingError: INVALID_ARGUMENT, naming the element that is wrong.
    """
    if not isinstance(instances, list):
        raise invalid_argument(f"JSON Value: {shown(instances)} Excepting 'instances' to be an list/array")
    if not instances:
        raise invalid_argument(f"JSON Value: {shown(instances)} No values in 'instances' array")
    if not isinstance(instances[0], dict) and len(infos) > 1:
        raise invalid_argument(
            "instances is a plain list, but expecting list of objects as multiple input tensors required as per "
            "tensorinfo_map"
        )
    named = _is_named(instances[0])
    rows: dict[str, list[np.ndarray]] = {alias: [] for alias in infos}
    for position, element in enumerate(instances):
        if named:
            _add_named_element(position, element, infos, rows)
        else:
            _add_plain_element(position, element, infos, rows)
    return {alias: np.stack(arrays) for alias, arrays in rows.items()}


def arrays_from_columns(inputs: Json, infos: TensorInfos) -> dict[str, np.ndarray]:
    """Returns one array for each input from the column format.

    Args:
        inputs: The value of the only input, or an object of values by alias; surplus aliases are ignored.
        infos: The signature's inputs.

    Raises:
        ServingError: INVALID_ARGUMENT for a missing alias, ragged lists or a wrong type; UNIMPLEMENTED for an input of
            a type that REST does not carry.
    """
    if _is_named(inputs):
        for alias in infos:
            if alias not in inputs:
                raise invalid_argument(f"Missing named input: {alias} in 'inputs' object.")
        return {alias: array_from_json(inputs[alias], info.dtype) for alias, info in infos.items()}
    if len(infos) > 1:
        raise invalid_argument(
            "inputs is a plain value/list, but expecting an object as multiple input tensors required as per "
            "tensorinfo_map"
        )
    return {alias: array_from_json(inputs, info.dtype) for alias, info in infos.items()}


def _add_named_element(position: int, element: Json, infos: TensorInfos, rows: dict[str, list[np.ndarray]]) -> None:
    if not _is_named(element):
        raise invalid_argument(f"Expecting object but got list at item {position} of input list")
    for alias, value in element.items():
        where = f"{position} key: {alias}"
        if alias not in infos:
            raise _element_error(where, invalid_argument(f"JSON object: does not have named input: {alias}"))
        _add_row(where, value, infos[alias].dtype, rows[alias])
    if set(element) != set(infos):
        raise invalid_argument(
            f"Failed to process element: {position} of 'instances' list. JSON object: {shown(element)} "
            f"keys must be equal to: {','.join(sorted(infos))}"
        )


def _add_plain_element(position: int, element: Json, infos: TensorInfos, rows: dict[str, list[np.ndarray]]) -> None:
    if _is_named(element):
        raise invalid_argument(f"Expecting value/list but got object at item {position} of input list")
    for alias, info in infos.items():
        _add_row(str(position), element, info.dtype, rows[alias])


def _add_row(where: str, value: Json, data_type: int, rows: list[np.ndarray]) -> None:
    try:
        row = array_from_json(value, data_type)
        if rows and rows[0].size != row.size:
            raise invalid_argument(f"Expecting tensor size: {rows[0].size} but got: {row.size}")
        if rows and rows[0].shape != row.shape:
            raise invalid_argument(f"Expecting shape {shape_text(rows[0].shape)} but got: {shape_text(row.shape)}")
    except ServingError as error:
        raise _element_error(where, error) from error
    rows.append(row)


def _element_error(where: str, error: ServingError) -> ServingError:
    return invalid_argument(f"Failed to process element: {where} of 'instances' list. Error: {error}")


def _is_named(value: Json) -> TypeGuard[dict[str, Json]]:
    """An object of named tensors, not the `{"b64": ...}` form of one string."""
    return isinstance(value, dict) and not is_base64(value)
