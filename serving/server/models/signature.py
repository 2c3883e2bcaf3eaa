"""One signature of a loaded SavedModel: its aliases, the checks on a request, and the call into the runtime."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

from serving.server.errors import ServingError, invalid_argument, status_code
from serving.server.models.tensor_codec import STRING_DTYPE, data_type_name, data_type_of


class Signature:
    """A named function of the model, called with named arrays.

    Attributes:
        definition: As the SavedModel stores it.
        inputs: TensorInfo by input alias.
        outputs: TensorInfo by output alias.
    """

    def __init__(self, definition: meta_graph_pb2.SignatureDef, function: Callable[..., dict[str, tf.Tensor]]) -> None:
        self.definition = definition
        self.inputs: Mapping[str, meta_graph_pb2.TensorInfo] = dict(sorted(definition.inputs.items()))
        self.outputs: Mapping[str, meta_graph_pb2.TensorInfo] = dict(sorted(definition.outputs.items()))
        self._function = function

    def check_input_aliases(self, sent: Iterable[str]) -> None:
        """Checks that exactly the inputs of the signature were sent (predict_util.cc:51-73 and GetInputValues).

        Raises:
            ServingError: INVALID_ARGUMENT, with the aliases that are surplus or missing.
        """
        sent_names = set(sent)
        if len(sent_names) != len(self.inputs):
            raise invalid_argument(
                f"input size does not match signature: {len(sent_names)}!={len(self.inputs)} "
                f"len({_braced(sent_names)}) != len({_braced(self.inputs)}). "
                f"Sent extra: {_braced(sent_names - set(self.inputs))}. "
                f"Missing but required: {_braced(set(self.inputs) - sent_names)}."
            )
        for alias, info in self.inputs.items():
            if alias not in sent_names:
                raise invalid_argument(
                    f"Signature input alias: {alias}(feed name: {info.name}) not found in request and no default "
                    f"value provided. Inputs expected to be in the request {_braced(self.inputs)}."
                )

    def select_outputs(self, output_filter: Sequence[str]) -> list[str]:
        """Returns the output aliases to answer with: those of the filter, all of them for an empty filter.

        Raises:
            ServingError: INVALID_ARGUMENT, for an unknown or repeated alias (predict_util.cc:129-160).
        """
        for position, alias in enumerate(output_filter):
            if alias not in self.outputs:
                raise invalid_argument(
                    f"output tensor alias not found in signature: {alias} "
                    f"Outputs expected to be in the set {_braced(self.outputs)}."
                )
            if alias in output_filter[:position]:
                raise invalid_argument(f"duplicate output tensor alias: {alias}")
        return list(output_filter) or list(self.outputs)

    def check_data_types(self, inputs: Mapping[str, np.ndarray]) -> None:
        """Checks dtypes, in the words of the C++ session; the Python runtime's would name internal functions.

        Raises:
            ServingError: INVALID_ARGUMENT, for the first input of another dtype.
        """
        for position, (alias, info) in enumerate(self.inputs.items()):
            sent = data_type_of(inputs[alias])
            if sent != info.dtype:
                raise invalid_argument(
                    f"Expects arg[{position}] to be {data_type_name(info.dtype)} but {data_type_name(sent)} is provided"
                )

    def run(self, inputs: Mapping[str, np.ndarray], output_aliases: Sequence[str]) -> dict[str, np.ndarray]:
        """Runs the model; blocks, so call it from a worker thread.

        Shapes are left to the kernels, as in TensorFlow Serving: what they accept is answered.

        Args:
            inputs: One array for each input alias; strings are object arrays of bytes.
            output_aliases: Which outputs to return.

        Returns:
            One array for each of `output_aliases`.

        Raises:
            ServingError: With the runtime's own code and text.
        """
        self.check_data_types(inputs)
        tensors = {
            alias: tf.constant(array, tf.string if array.dtype == STRING_DTYPE else None)
            for alias, array in inputs.items()
        }
        try:
            outputs = self._function(**tensors)
        except tf.errors.OpError as error:
            raise ServingError(status_code(error.error_code), _kernel_text(error.message)) from error
        return {alias: outputs[alias].numpy() for alias in output_aliases}


def _braced(names: Iterable[str]) -> str:
    return "{" + ",".join(sorted(names)) + "}"


def _kernel_text(message: str) -> str:
    """Cuts what the Python runtime puts around a kernel's message: the stack trace before and `[Op:...]` after."""
    kernel = message.rpartition("<stack traces unavailable>\n")[2]
    return kernel.partition(" [Op:")[0]
