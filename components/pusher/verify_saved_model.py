"""Loads a SavedModel as a stranger would and compares its answers with the exporting process's.

Run as a script in a fresh interpreter (`python -I verify_saved_model.py DIRECTORY`): nothing of this project is
imported, so a model that secretly needs our code fails here and not in TF Serving.
"""

import pathlib
import sys

_WARMUP_FILE = "assets.extra/tf_serving_warmup_requests"
_TOLERANCE = 1e-5


def main(directory: str) -> None:
    """Checks the SavedModel in `directory`.

    Args:
        directory: a SavedModel with warm-up requests that carry the expected answers.

    Raises:
        SystemExit: with a sentence, if an answer differs or there is nothing to compare.
    """
    import numpy as np
    import tensorflow as tf
    from tensorflow_serving.apis import prediction_log_pb2

    signatures = tf.saved_model.load(directory).signatures
    compared = 0
    for record in tf.data.TFRecordDataset(str(pathlib.Path(directory, _WARMUP_FILE))):
        log = prediction_log_pb2.PredictionLog.FromString(record.numpy()).predict_log
        inputs = {name: tf.constant(tf.make_ndarray(value)) for name, value in log.request.inputs.items()}
        answers = signatures[log.request.model_spec.signature_name](**inputs)
        for name, value in log.response.outputs.items():
            expected, actual = tf.make_ndarray(value), answers[name].numpy()
            same = (
                np.allclose(expected, actual, atol=_TOLERANCE)
                if np.issubdtype(expected.dtype, np.floating)
                else np.array_equal(expected, actual)
            )
            if not same:
                raise SystemExit(f"output '{name}' is {actual.tolist()}, the Trainer answered {expected.tolist()}")
            compared += 1
    if not compared:
        raise SystemExit("there are no warm-up requests to compare with")


if __name__ == "__main__":
    main(sys.argv[1])
