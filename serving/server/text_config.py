"""TensorFlow Serving's config files: messages in protobuf's text format, read by protobuf's own parser.

`tensorflow-serving-api` ships ModelServerConfig and leaves out the others. They are declared here field by field as in
session_bundle_config.proto, monitoring_config.proto and ssl_config.proto at 2.16.1. Needs no TensorFlow.
"""

from pathlib import Path
from typing import Any, TypeVar

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format, wrappers_pb2
from google.protobuf.message import Message

from components.errors import UsageError

_MessageType = TypeVar("_MessageType", bound=Message)

_PACKAGE = "quickdraw.serving"
_FIELD = descriptor_pb2.FieldDescriptorProto
_SCALARS = {"bool": _FIELD.TYPE_BOOL, "string": _FIELD.TYPE_STRING, "int64": _FIELD.TYPE_INT64}
_MESSAGES = {
    "BatchingParameters": {
        "max_batch_size": (1, "Int64Value"),
        "batch_timeout_micros": (2, "Int64Value"),
        "max_enqueued_batches": (3, "Int64Value"),
        "num_batch_threads": (4, "Int64Value"),
        "thread_pool_name": (5, "StringValue"),
        "allowed_batch_sizes": (6, "repeated int64"),
        "pad_variable_length_inputs": (7, "bool"),
        "enable_large_batch_splitting": (8, "BoolValue"),
        "max_execution_batch_size": (9, "Int64Value"),
    },
    "PrometheusConfig": {"enable": (1, "bool"), "path": (2, "string")},
    "MonitoringConfig": {"prometheus_config": (1, "PrometheusConfig")},
    "SSLConfig": {
        "server_key": (1, "string"),
        "server_cert": (2, "string"),
        "custom_ca": (3, "string"),
        "client_verify": (4, "bool"),
    },
}


def new_message(name: str) -> Any:  # noqa: ANN401 - the classes exist at run time only
    """Returns an empty BatchingParameters, MonitoringConfig or SSLConfig."""
    descriptor = _POOL.FindMessageTypeByName(f"{_PACKAGE}.{name}")
    return message_factory.MessageFactory(_POOL).GetPrototype(descriptor)()


def read_text_config(file: Path, message: _MessageType, *, is_secret: bool = False) -> _MessageType:
    """Reads a file into a message.

    Args:
        file: in protobuf's text format.
        message: filled in.
        is_secret: whether nothing of the file's text may be repeated.

    Returns:
        The message.

    Raises:
        UsageError: the file cannot be read or holds no such message.
    """
    name = message.DESCRIPTOR.name
    try:
        return text_format.Parse(file.read_text(encoding="utf-8"), message)
    except OSError as error:
        raise UsageError(f"Cannot read the {name} {file} ({error.strerror}).") from error
    except (text_format.ParseError, UnicodeDecodeError) as error:
        where = f"line {error.GetLine()}" if isinstance(error, text_format.ParseError) else "no UTF-8"
        refusal = UsageError(
            f"{file} is not a {name} in protobuf's text format: {where if is_secret else str(error).rstrip('.')}."
        )
        raise refusal from (None if is_secret else error)


def _declare() -> descriptor_pool.DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(
        name="quickdraw/serving.proto", package=_PACKAGE, syntax="proto3", dependency=[wrappers_pb2.DESCRIPTOR.name]
    )
    for message_name, fields in _MESSAGES.items():
        message = file.message_type.add(name=message_name)
        for name, (number, declared) in fields.items():
            repeated, _, kind = declared.rpartition(" ")
            label = _FIELD.LABEL_REPEATED if repeated else _FIELD.LABEL_OPTIONAL
            field = message.field.add(name=name, number=number, label=label)
            if kind in _SCALARS:
                field.type = _SCALARS[kind]
            else:
                package = _PACKAGE if kind in _MESSAGES else "google.protobuf"
                field.type, field.type_name = _FIELD.TYPE_MESSAGE, f".{package}.{kind}"
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    pool.Add(file)
    return pool


_POOL = _declare()
