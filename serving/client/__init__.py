"""The client of TensorFlow Serving's gRPC protocol: drawings in, ranked words out, without TensorFlow."""

from serving.client.doodle_client import DoodleClient, Guess

__all__ = ["DoodleClient", "Guess"]
