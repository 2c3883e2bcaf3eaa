"""The gRPC API: TensorFlow Serving's two services, health and reflection."""
