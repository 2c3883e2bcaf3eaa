import pytest
from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2

from tests.serving.deploy.deploy_files import DEPLOY, document
from tests.serving.deploy.text_protos import batching_parameters, monitoring_config

# The most drawings that DoodleClient and `quickdraw predict` put into one request.
LARGEST_REQUEST = 256


def read(name):
    return (DEPLOY / "config" / name).read_text()


def test_one_model_whose_newest_version_serves():
    config = text_format.Parse(read("models.config"), model_server_config_pb2.ModelServerConfig())
    (model,) = config.model_config_list.config
    assert (model.name, model.base_path, model.model_platform) == ("quickdraw", "/models/quickdraw", "tensorflow")
    assert model.model_version_policy.latest.num_versions == 1
    # Labels in the first configuration fail the start unless a flag allows them.
    assert not model.version_labels


def test_the_largest_request_of_a_client_fits_into_a_batch():
    parameters = batching_parameters(read("batching.config"))
    assert parameters.max_batch_size.value >= LARGEST_REQUEST


def test_the_queue_holds_some_batches_for_each_thread_and_not_many():
    parameters = batching_parameters(read("batching.config"))
    threads = parameters.num_batch_threads.value
    assert threads <= parameters.max_enqueued_batches.value <= 4 * threads


def test_the_last_allowed_batch_size_is_the_largest():
    # Else no version loads (servables/tensorflow/bundle_factory_util.cc).
    parameters = batching_parameters(read("batching.config"))
    sizes = list(parameters.allowed_batch_sizes) or [parameters.max_batch_size.value]
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == parameters.max_batch_size.value


def test_metrics_are_on():
    config = monitoring_config(read("monitoring.config")).prometheus_config
    assert (config.enable, config.path) == (True, "/monitoring/prometheus/metrics")


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (batching_parameters, "max_batchsize { value: 4 }"),
        (batching_parameters, "max_batch_size: 4"),
        (batching_parameters, "allowed_batch_sizes { value: 4 }"),
        (monitoring_config, "prometheus { enable: true }"),
    ],
)
def test_a_misspelt_parameter_would_be_seen(parse, text):
    with pytest.raises(text_format.ParseError):
        parse(text)


def test_every_file_goes_into_the_config_map():
    (config_map,) = document("config/kustomization.yaml")["configMapGenerator"]
    files = {path.name for path in (DEPLOY / "config").glob("*.config")}
    assert set(config_map["files"]) == files
    assert len(config_map["files"]) == len(files)
