"""The client of TensorFlow Serving's protocol: drawings in, ranked words out, without TensorFlow."""

from serving.client.async_doodle_client import AsyncDoodleClient
from serving.client.connection import TlsFiles
from serving.client.doodle_client import DoodleClient
from serving.client.drawings import Drawing
from serving.client.guesses import Guess
from serving.client.retry import RetryPolicy

__all__ = ["AsyncDoodleClient", "DoodleClient", "Drawing", "Guess", "RetryPolicy", "TlsFiles"]
