"""One version of the model in memory: loaded, warmed, ready to run."""

from collections.abc import Mapping

import grpc
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2, saved_model_pb2
from tensorflow_serving.apis import get_model_metadata_pb2

from serving.server.errors import ServingError, invalid_argument
from serving.server.models.signature import Signature
from serving.server.models.versions import Version


class LoadedModel:
    """A SavedModel version and its signatures.

    A request holds on to the object it started with, so that a swap cannot mix versions and the memory of the old
    version is freed when its last request ends.

    Attributes:
        version: The version's number.
        path: The version's folder, for what lies there beside the graph; it may be gone before the model is.
        signatures: By name, those that can be called.
        signature_defs: By name, all that the SavedModel stores, `__saved_model_init_op` among them.
    """

    def __init__(
        self,
        version: Version,
        saved_model: object,
        signatures: Mapping[str, Signature],
        signature_defs: get_model_metadata_pb2.SignatureDefMap,
    ) -> None:
        self.version = version.number
        self.path = version.path
        self.signatures = signatures
        self.signature_defs = signature_defs
        self._saved_model = saved_model  # owns the variables that the signatures' functions read

    def signature(self, name: str) -> Signature:
        """Returns the signature of that name.

        Raises:
            ServingError: FAILED_PRECONDITION, as gRPC Predict answers (predict_util.cc:88-92).
        """
        if name not in self.signatures:
            raise ServingError(grpc.StatusCode.FAILED_PRECONDITION, f'Serving signature key "{name}" not found.')
        return self.signatures[name]

    def example_signature(self, name: str) -> Signature:
        """Returns the signature of that name for a method that takes `tf.Example`s.

        Raises:
            ServingError: INVALID_ARGUMENT, as Classify and Regress answer (classifier.cc:157-161).
        """
        if name not in self.signatures:
            raise invalid_argument(f"No signature was found with the name: {name}")
        return self.signatures[name]


def load_model(version: Version) -> LoadedModel:
    """Loads a version folder; takes seconds, so call it from a worker thread.

    Raises:
        Exception: The files are damaged, incomplete or not a SavedModel of one meta graph. TensorFlow's loader has no
            error of its own for that: OpError, OSError, IndexError, KeyError and ValueError have been seen.
    """
    meta_graph = _read_meta_graph(version)
    saved_model = tf.saved_model.load(str(version.path))
    signatures = {
        name: Signature(meta_graph.signature_def[name], function) for name, function in saved_model.signatures.items()
    }
    signature_defs = get_model_metadata_pb2.SignatureDefMap(signature_def=dict(meta_graph.signature_def))
    return LoadedModel(version, saved_model, signatures, signature_defs)


def _read_meta_graph(version: Version) -> meta_graph_pb2.MetaGraphDef:
    """Reads the signatures as stored: the loaded functions do not tell their feed names."""
    stored = saved_model_pb2.SavedModel.FromString((version.path / "saved_model.pb").read_bytes())
    if len(stored.meta_graphs) != 1:
        raise ValueError(f"{version.path} has {len(stored.meta_graphs)} meta graphs instead of one")
    return stored.meta_graphs[0]
