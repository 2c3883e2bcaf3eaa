"""The messages and stubs of `tensorflow-serving-api`, imported without TensorFlow.

The generated messages lie in packages below `tensorflow`, whose `__init__` loads the whole runtime: about eight seconds
and hundreds of megabytes that a client has no use for. While they are imported here, an empty package with the same
search path stands in for it. Only the messages stay: a later import of TensorFlow, or of further messages below it,
then works as ever and finds the same classes.
"""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def _without_initializing(name: str) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    package = ModuleType(name)
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[name] = package
    try:
        yield
    finally:
        # A package below it that stayed would be taken for loaded: the next module imported from there would load
        # TensorFlow in the middle of itself, which fails.
        for module in [module for module in sys.modules if module == name or module.startswith(f"{name}.")]:
            if hasattr(sys.modules[module], "__path__"):
                del sys.modules[module]


with _without_initializing("tensorflow"):
    from tensorflow.core.framework import types_pb2
    from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

__all__ = ["predict_pb2", "prediction_service_pb2_grpc", "types_pb2"]
