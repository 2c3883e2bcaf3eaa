"""The model that the conformance cases ask: one signature for each kind of fact.

`python -m tests.serving.conformance.conformance_model DIR` writes it as DIR/3, for a TensorFlow Serving to serve.
"""

import pathlib
import sys

import tensorflow as tf

MODEL_NAME = "conformance"
VERSION = 3


def _spec(name, dtype, *inner):
    return tf.TensorSpec([None, *inner], dtype, name=name)


class ConformanceModel(tf.Module):
    """Multiplies by its version, so that an answer tells who computed it."""

    def __init__(self, version):
        super().__init__()
        self.version = tf.Variable(float(version))

    @tf.function(input_signature=[_spec("x", tf.float32)])
    def serving_default(self, x):
        return {"y": x * self.version}

    @tf.function(input_signature=[_spec("a", tf.float32, 2), _spec("b", tf.float32, 2)])
    def two(self, a, b):
        return {"sum": a + b, "difference": a - b}

    @tf.function(input_signature=[_spec("a", tf.float32, 2), _spec("b", tf.float32, 2)])
    def product(self, a, b):
        return {"product": tf.matmul(a, tf.transpose(b))}

    @tf.function(input_signature=[_spec("x", tf.float32)])
    def scalar(self, x):
        return {"total": tf.reduce_sum(x), "x": tf.identity(x)}

    @tf.function(input_signature=[_spec("text", tf.string)])
    def strings(self, text):
        return {"text": tf.identity(text), "text_bytes": tf.identity(text)}

    @tf.function(input_signature=[_spec("n", tf.int64), _spec("b", tf.bool)])
    def integers(self, n, b):
        return {"n": tf.identity(n), "b": tf.identity(b)}

    @tf.function(input_signature=[_spec("h", tf.half)])
    def half(self, h):
        return {"h": tf.identity(h)}

    @tf.function(input_signature=[_spec("x", tf.float32, None)])
    def rectangle(self, x):
        return {"x": tf.identity(x)}

    @tf.function(input_signature=[_spec("x", tf.float32)])
    def longer(self, x):
        return {"y": tf.concat([x, x], axis=0)}

    @tf.function(input_signature=[_spec("seconds", tf.float64)])
    def batch(self, seconds):
        """Takes as long as its slowest row; tells each row how many it was computed with, and their sum."""
        end, turns = tf.timestamp() + tf.reduce_max(seconds), tf.constant(0)
        while tf.timestamp() < end:
            turns += 1
        with tf.control_dependencies([turns]):
            rows = tf.size(seconds)
        return {"rows": tf.fill([rows], rows), "sum": tf.fill([rows], tf.reduce_sum(seconds))}

    @tf.function(input_signature=[])
    def no_inputs(self):
        return {"version": tf.identity(self.version)}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def classify(self, inputs):
        x = _read(inputs)
        scores = tf.stack([x * self.version, tf.zeros_like(x)], axis=1)
        return {"classes": tf.tile([["big", "small"]], [tf.size(inputs), 1]), "scores": scores}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def classes(self, inputs):
        return {"classes": tf.tile([["only"]], [tf.size(inputs), 1])}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def scores(self, inputs):
        return {"scores": _read(inputs)[:, tf.newaxis]}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def flat_scores(self, inputs):
        return {"scores": _read(inputs)}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def regress(self, inputs):
        return {"outputs": _read(inputs) * self.version}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def wide_regress(self, inputs):
        return {"outputs": tf.tile(_read(inputs)[:, tf.newaxis], [1, 2])}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def classify_batch(self, inputs):
        return {"scores": tf.fill([tf.size(inputs), 1], tf.cast(tf.size(inputs), tf.float32))}

    @tf.function(input_signature=[_spec("inputs", tf.string)])
    def regress_batch(self, inputs):
        return {"outputs": tf.fill([tf.size(inputs)], tf.cast(tf.size(inputs), tf.float32))}

    @tf.function(input_signature=[_spec("examples", tf.string)])
    def other_name(self, examples):
        return {"scores": _read(examples)[:, tf.newaxis]}


def _read(examples):
    return tf.io.parse_example(examples, {"x": tf.io.FixedLenFeature([], tf.float32, default_value=0.0)})["x"]


SIGNATURES = (
    *("serving_default", "two", "product", "scalar", "strings", "integers", "half", "no_inputs"),
    *("rectangle", "longer", "batch", "classify_batch", "regress_batch"),
    *("classify", "classes", "scores", "flat_scores", "regress", "wide_regress", "other_name"),
)


def write_conformance_model(folder, version=VERSION):
    """Writes one version beside its place and renames it into it, as every writer should (fact 2.5)."""
    model = ConformanceModel(version)
    staging = pathlib.Path(folder, f"staging-{version}")
    signatures = {name: getattr(model, name) for name in SIGNATURES}
    tf.saved_model.save(model, str(staging), signatures=signatures)
    return staging.rename(pathlib.Path(folder, str(version)))


if __name__ == "__main__":
    print(write_conformance_model(sys.argv[1]))
