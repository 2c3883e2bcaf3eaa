"""The REST API: TensorFlow Serving's URLs and JSON over HTTP."""
