"""What stands in several files must be the same everywhere."""

import pytest
from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2

from components.trainer.warmup import MODEL_NAME
from serving.server.batching.parameters import read_batching_parameters
from serving.server.monitoring.monitoring_config import prometheus_path_of
from tests.serving.deploy.deploy_files import (
    DEPLOY,
    compose_service,
    container,
    document,
    flags_by_place,
    runtime_container,
)
from tests.serving.deploy.tf_serving_2_16_1 import FLAGS

CONFIG_FOLDER = "/etc/tensorflow-serving"
PLACES = ["compose", "kubernetes", "kserve"]


def config(name):
    return (DEPLOY / "config" / name).read_text()


def model():
    parsed = text_format.Parse(config("models.config"), model_server_config_pb2.ModelServerConfig())
    return parsed.model_config_list.config[0]


def test_one_image_of_tensorflow_serving_pinned_by_version():
    images = {compose_service()["image"], container()["image"], runtime_container()["image"]}
    assert images == {"tensorflow/serving:2.16.1"}


@pytest.mark.parametrize("name", document("compose.yaml")["services"])
def test_every_image_is_pinned_by_version(name):
    _, tag = compose_service(name)["image"].split(":")
    assert tag.removeprefix("v").count(".") == 2
    assert tag.removeprefix("v").replace(".", "").isdigit()


@pytest.mark.parametrize("place", PLACES)
def test_the_server_knows_every_flag(place):
    assert set(flags_by_place()[place]) <= FLAGS


def test_the_same_server_is_started_everywhere():
    differing = {"port", "rest_api_port", "model_name", "model_base_path", "model_config_file"}
    differing.add("grpc_channel_arguments")  # there is nothing to balance between on one machine
    common = [
        {name: value for name, value in given.items() if name not in differing} for given in flags_by_place().values()
    ]
    assert common[0] == common[1] == common[2]


@pytest.mark.parametrize("place", PLACES)
def test_every_configuration_file_that_a_flag_names_exists(place):
    files = [value for name, value in flags_by_place()[place].items() if name.endswith("_file")]
    for file in files:
        assert file.startswith(f"{CONFIG_FOLDER}/")
        assert (DEPLOY / "config" / file.removeprefix(f"{CONFIG_FOLDER}/")).is_file()


def test_the_configuration_is_mounted_where_the_flags_look():
    mounts = [mount for mount in compose_service()["volumes"] if isinstance(mount, str)]
    assert mounts == [f"./config:{CONFIG_FOLDER}:ro"]
    for server in (container(), runtime_container()):
        (mount,) = [mount for mount in server["volumeMounts"] if mount["name"] == "config"]
        assert mount["mountPath"] == CONFIG_FOLDER


def test_the_models_are_mounted_where_the_configuration_looks():
    (in_compose,) = [mount["target"] for mount in compose_service()["volumes"] if isinstance(mount, dict)]
    (in_pod,) = [mount["mountPath"] for mount in container()["volumeMounts"] if mount["name"] == "models"]
    assert {f"{in_compose}/quickdraw", f"{in_pod}/quickdraw"} == {model().base_path}


def test_one_model_name():
    service = document("kserve/inference-service.yaml")["metadata"]["name"]
    assert {model().name, service} == {MODEL_NAME}
    assert f"/v1/models/{MODEL_NAME} " in compose_service()["healthcheck"]["test"][-1]


@pytest.mark.parametrize("place", ["compose", "kubernetes"])
def test_the_ports_are_tensorflow_servings_own(place):
    given = flags_by_place()[place]
    assert (given["port"], given["rest_api_port"]) == ("8500", "8501")


def test_compose_publishes_the_ports():
    given = flags_by_place()["compose"]
    published = {port.rsplit(":", 1)[1] for port in compose_service()["ports"]}
    assert published == {given["port"], given["rest_api_port"]}
    assert f"/dev/tcp/127.0.0.1/{given['rest_api_port']} " in compose_service()["healthcheck"]["test"][-1]


def test_metrics_have_one_path():
    annotations = document("kubernetes/deployment.yaml")["spec"]["template"]["metadata"]["annotations"]
    (job,) = document("monitoring/prometheus.yml")["scrape_configs"]
    of_kserve = document("kserve/serving-runtime.yaml")["spec"]["annotations"]
    assert {
        annotations["prometheus.io/path"],
        of_kserve["prometheus.kserve.io/path"],
        job["metrics_path"],
    } == {prometheus_path_of(DEPLOY / "config" / "monitoring.config")}


def test_threads_are_as_many_as_the_container_has_cpus():
    cpus = {
        compose_service()["cpus"],
        int(container()["resources"]["limits"]["cpu"]),
        int(runtime_container()["resources"]["limits"]["cpu"]),
    }
    sessions = {int(given["tensorflow_session_parallelism"]) for given in flags_by_place().values()}
    batching = read_batching_parameters(DEPLOY / "config" / "batching.config")
    assert cpus == sessions == {batching.num_batch_threads}
