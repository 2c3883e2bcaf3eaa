"""Micro-batching: requests that wait at the same time run as one, as TensorFlow Serving's batching session does."""
