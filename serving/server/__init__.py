"""The embedded server: TensorFlow Serving's gRPC and REST protocol on the pushed models, in Python."""
