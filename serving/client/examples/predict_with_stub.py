"""A client as TensorFlow Serving's own tutorials write it: the stub of `tensorflow-serving-api` and TensorFlow.

Usage: python predict_with_stub.py HOST:PORT DRAWING...     a drawing is the JSON text of its strokes

It takes the words of drawings from a server without any code of this project. `serving.client` does more, and does
without TensorFlow.
"""

import sys

import grpc
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc


def main(target: str, *drawings: str) -> None:
    """Prints a line of words and scores for each drawing, best first."""
    with grpc.insecure_channel(target) as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        request = predict_pb2.PredictRequest()
        request.model_spec.name = "quickdraw"
        request.model_spec.signature_name = "serving_default"
        request.inputs["drawing"].CopyFrom(tf.make_tensor_proto(list(drawings)))
        response = stub.Predict(request, timeout=10.0)
    words = tf.make_ndarray(response.outputs["words"])
    scores = tf.make_ndarray(response.outputs["scores"])
    for row in zip(words, scores, strict=True):
        print("  ".join(f"{word.decode()} {score:.2f}" for word, score in zip(*row, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
