"""Text protos read with protobuf's own parser, which refuses an unknown field.

`tensorflow-serving-api` has ModelServerConfig, but neither BatchingParameters nor MonitoringConfig: these two are
declared here, field by field as in TensorFlow Serving's session_bundle_config.proto and monitoring_config.proto.
"""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format, wrappers_pb2

_FIELDS = descriptor_pb2.FieldDescriptorProto
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
}
_SCALARS = {"bool": _FIELDS.TYPE_BOOL, "string": _FIELDS.TYPE_STRING, "int64": _FIELDS.TYPE_INT64}


def _declare():
    file = descriptor_pb2.FileDescriptorProto(
        name="tests/serving/deploy.proto",
        package="tensorflow_serving_deploy_tests",
        syntax="proto3",
        dependency=["google/protobuf/wrappers.proto"],
    )
    for message_name, fields in _MESSAGES.items():
        message = file.message_type.add(name=message_name)
        for name, (number, declared) in fields.items():
            label = _FIELDS.LABEL_REPEATED if declared.startswith("repeated ") else _FIELDS.LABEL_OPTIONAL
            field = message.field.add(name=name, number=number, label=label)
            kind = declared.removeprefix("repeated ")
            if kind in _SCALARS:
                field.type = _SCALARS[kind]
            else:
                package = file.package if kind in _MESSAGES else "google.protobuf"
                field.type, field.type_name = _FIELDS.TYPE_MESSAGE, f".{package}.{kind}"
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    pool.Add(file)
    return pool


_POOL = _declare()


def _message(name):
    descriptor = _POOL.FindMessageTypeByName(f"tensorflow_serving_deploy_tests.{name}")
    return message_factory.MessageFactory(_POOL).GetPrototype(descriptor)()


def batching_parameters(text):
    return text_format.Parse(text, _message("BatchingParameters"))


def monitoring_config(text):
    return text_format.Parse(text, _message("MonitoringConfig"))
