"""The requests of the cases, made as a client without TensorFlow would."""

from tensorflow.core.example.example_pb2 import Example
from tensorflow.core.framework import tensor_pb2, types_pb2
from tensorflow_serving.apis.input_pb2 import Input
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.config.model_server_config_pb2 import ModelConfig


def tensor(dtype=types_pb2.DT_FLOAT, shape=None, **fields):
    """A TensorProto with these fields; no shape is a scalar."""
    message = tensor_pb2.TensorProto(dtype=dtype, **fields)
    for size in shape or ():
        message.tensor_shape.dim.add(size=size)
    return message


def floats(*values):
    """A vector in typed fields."""
    return tensor(shape=[len(values)], float_val=values)


def with_spec(message, name, signature_name="", version=None, label=None):
    """The message, with its model spec filled in."""
    message.model_spec.name = name
    message.model_spec.signature_name = signature_name
    if version is not None:
        message.model_spec.version.value = version
    if label is not None:
        message.model_spec.version_label = label
    return message


def predict_request(name, signature_name="", version=None, label=None, **inputs):
    """A Predict request of these tensors; a vector `x` if none is given."""
    message = with_spec(PredictRequest(), name, signature_name, version, label)
    for alias, value in (inputs or {"x": floats(1, 2)}).items():
        message.inputs[alias].CopyFrom(value)
    return message


def reload_request(*models):
    """A HandleReloadConfigRequest of these ModelConfigs."""
    request = ReloadConfigRequest()
    request.config.model_config_list.config.extend(models)
    return request


def model_config(name, base_path, versions=None, labels=None, platform="tensorflow"):
    """A ModelConfig of the model in a folder, of its latest version or of these."""
    config = ModelConfig(name=name, base_path=str(base_path), model_platform=platform)
    if versions is not None:
        config.model_version_policy.specific.versions.extend(versions)
    config.version_labels.update(labels or {})
    return config


def example(x):
    """An example of one number."""
    message = Example()
    message.features.feature["x"].float_list.value.append(x)
    return message


def input_of(*numbers, context=None):
    """An Input of one example a number, None for an empty one; with a context number if there is one."""
    examples = [Example() if number is None else example(number) for number in numbers]
    message = Input()
    if context is None:
        message.example_list.examples.extend(examples)
    else:
        message.example_list_with_context.examples.extend(examples)
        message.example_list_with_context.context.CopyFrom(example(context))
    return message
