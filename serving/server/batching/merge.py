"""Several requests' arrays as one batch's, and a batch's outputs as each request's again.

Rules and texts are those of TensorFlow Serving's batching_session.cc and batching_util.h at 2.16.1.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import grpc
import numpy as np

from serving.server.errors import ServingError, invalid_argument
from serving.server.session import Arrays


def count_rows(inputs: Arrays) -> int:
    """Counts the rows of a request, which all of its inputs must have.

    Args:
        inputs: by alias.

    Raises:
        ServingError: INVALID_ARGUMENT, for no input, a scalar or inputs of different lengths.
    """
    arrays = [*inputs.values()]
    if not arrays:
        raise invalid_argument("Batching Run() must have at least one input tensor")
    if any(array.ndim == 0 for array in arrays):
        raise invalid_argument("Batching Run() input tensors must have at least one dimension")
    if any(len(array) != len(arrays[0]) for array in arrays):
        raise invalid_argument("Batching Run() input tensors must have equal 0th-dimension size")
    return len(arrays[0])


def merge(requests: Sequence[Arrays], pad_variable_length_inputs: bool) -> dict[str, np.ndarray]:
    """Puts the rows of several requests below one another.

    Args:
        requests: at least one, all with the same aliases, and of each alias the same dtype.
        pad_variable_length_inputs: whether other dimensions may differ; each is then padded to the longest with the
            array's first element.

    Raises:
        ServingError: FAILED_PRECONDITION, where other dimensions differ and are not padded.
    """
    if len(requests) == 1:
        return dict(requests[0])
    return {
        alias: _concatenate(alias, [request[alias] for request in requests], pad_variable_length_inputs)
        for alias in requests[0]
    }


def pad_rows(inputs: Arrays, rows: int) -> Arrays:
    """Adds copies of the first row until there are `rows`; a batch without any row stays as it is."""
    missing = rows - count_rows(inputs)
    if missing <= 0 or rows == missing:
        return inputs
    return {alias: np.concatenate([array, np.repeat(array[:1], missing, axis=0)]) for alias, array in inputs.items()}


def split(outputs: Arrays, sizes: Sequence[int], rows: int) -> list[dict[str, np.ndarray]]:
    """Gives every request its rows of a batch's outputs.

    Args:
        outputs: by alias.
        sizes: rows of each request, in the batch's order.
        rows: of the whole batch; what is not of a request is padding.

    Raises:
        ServingError: FAILED_PRECONDITION, for an output without a row for each row of the batch.
    """
    if any(array.ndim == 0 for array in outputs.values()):
        raise _failed_precondition("Batched output tensor has 0 dimensions")
    if any(len(array) != rows for array in outputs.values()):
        raise _failed_precondition(
            "Batched output tensor's 0th dimension does not equal the sum of the 0th dimension sizes of the input "
            "tensors"
        )
    edges = [0, *accumulate(sizes)]
    return [{alias: array[start:end] for alias, array in outputs.items()} for start, end in pairwise(edges)]


def _concatenate(alias: str, arrays: Sequence[np.ndarray], pad: bool) -> np.ndarray:
    shapes = {array.shape[1:] for array in arrays}
    if len(shapes) == 1:
        return np.concatenate(arrays)
    if not pad:
        raise _failed_precondition(
            f"Tensors with name '{alias}' from different tasks have different shapes and padding is turned off. "
            "Set pad_variable_length_inputs to true, or ensure that all tensors with the same name have equal "
            "dimensions starting with the first dim.",
        )
    if len({len(shape) for shape in shapes}) != 1:
        raise _failed_precondition(f"Tensors with name '{alias}' from different tasks differ in rank.")
    longest = tuple(map(max, zip(*shapes, strict=True)))
    return np.concatenate([_pad_dimensions(array, longest) for array in arrays])


def _pad_dimensions(array: np.ndarray, longest: tuple[int, ...]) -> np.ndarray:
    # An array without elements has no first one; NumPy's empty object arrays hold None, which is no string.
    blank = b"" if array.dtype == object else array.dtype.type(0)
    padded = np.full((len(array), *longest), array.flat[0] if array.size else blank, array.dtype)
    padded[tuple(slice(size) for size in array.shape)] = array
    return padded


def _failed_precondition(message: str) -> ServingError:
    return ServingError(grpc.StatusCode.FAILED_PRECONDITION, message)
