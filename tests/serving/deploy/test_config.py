from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2

from serving.client.batches import MOST_DRAWINGS
from serving.server.batching.parameters import read_batching_parameters
from serving.server.monitoring.monitoring_config import prometheus_path_of
from tests.serving.deploy.deploy_files import DEPLOY, document


def read(name):
    return (DEPLOY / "config" / name).read_text()


def batching():
    """Refuses a list of allowed sizes that does not end in the largest, with which no version would load."""
    return read_batching_parameters(DEPLOY / "config" / "batching.config")


def test_one_model_whose_newest_version_serves():
    config = text_format.Parse(read("models.config"), model_server_config_pb2.ModelServerConfig())
    (model,) = config.model_config_list.config
    assert (model.name, model.base_path, model.model_platform) == ("quickdraw", "/models/quickdraw", "tensorflow")
    assert model.model_version_policy.latest.num_versions == 1
    # Labels in the first configuration fail the start unless a flag allows them.
    assert not model.version_labels


def test_the_largest_request_of_a_client_fits_into_a_batch():
    assert batching().max_batch_size >= MOST_DRAWINGS


def test_the_queue_holds_some_batches_for_each_thread_and_not_many():
    threads = batching().num_batch_threads
    assert threads <= batching().max_enqueued_batches <= 4 * threads


def test_metrics_are_on():
    assert prometheus_path_of(DEPLOY / "config" / "monitoring.config") == "/monitoring/prometheus/metrics"


def test_every_file_goes_into_the_config_map():
    (config_map,) = document("config/kustomization.yaml")["configMapGenerator"]
    files = {path.name for path in (DEPLOY / "config").glob("*.config")}
    assert set(config_map["files"]) == files
    assert len(config_map["files"]) == len(files)
