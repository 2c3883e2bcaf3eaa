"""The peer of `benchmarks.serving`: the gRPC server that a first look at the documentation leads to.

One thread a request out of a pool, one call of the model a request, tensors by TensorFlow's own converters.

Usage: python -m benchmarks.naive_server MODEL PORT
"""

import sys
from concurrent import futures

import grpc
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc


class NaiveService(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Predict and nothing else."""

    def __init__(self, model: str) -> None:
        """Loads a SavedModel."""
        self._model = tf.saved_model.load(model)
        self._function = self._model.signatures["serving_default"]

    def Predict(
        self, request: predict_pb2.PredictRequest, context: grpc.ServicerContext
    ) -> predict_pb2.PredictResponse:
        """Runs the model."""
        inputs = {alias: tf.constant(tf.make_ndarray(tensor)) for alias, tensor in request.inputs.items()}
        outputs = self._function(**inputs)
        response = predict_pb2.PredictResponse(model_spec=request.model_spec)
        for alias in request.output_filter or outputs:
            response.outputs[alias].CopyFrom(tf.make_tensor_proto(outputs[alias]))
        return response


def main() -> None:
    """Serves until killed."""
    model, port = sys.argv[1:]
    # As many threads as concurrent.futures gives without being asked.
    server = grpc.server(futures.ThreadPoolExecutor())
    prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(NaiveService(model), server)
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    print("serving", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
