import pathlib

import jsonschema
import kubernetes_validate
import pytest
import yaml

from tests.serving.deploy.deploy_files import document, flags, runtime_container

SCHEMA = yaml.safe_load(pathlib.Path(__file__).with_name("kserve_schema.yaml").read_text())


def runtime():
    return document("kserve/serving-runtime.yaml")


def predictor():
    return document("kserve/inference-service.yaml")["spec"]["predictor"]


def validate(resource):
    jsonschema.Draft202012Validator(SCHEMA).validate(resource)


@pytest.mark.parametrize("name", ["serving-runtime", "inference-service"])
def test_a_resource_keeps_the_schema(name):
    validate(document(f"kserve/{name}.yaml"))


def test_a_misspelt_field_would_be_seen():
    resource = document("kserve/inference-service.yaml")
    resource["spec"]["predictor"]["model"]["storageURI"] = "pvc://somewhere"
    with pytest.raises(jsonschema.ValidationError, match="storageURI"):
        validate(resource)


def test_the_runtimes_containers_and_volumes_are_a_pods():
    spec = {name: runtime()["spec"][name] for name in ("containers", "volumes")}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "predictor"}, "spec": spec}
    kubernetes_validate.validate(pod, "1.37", strict=True)


def test_kustomize_takes_both_resources_and_finds_the_config_maps_name_in_the_runtime():
    kustomization = document("kserve/kustomization.yaml")
    assert set(kustomization["resources"]) == {"../config", "serving-runtime.yaml", "inference-service.yaml"}
    assert kustomization["configurations"] == ["name-references.yaml"]
    (reference,) = document("kserve/name-references.yaml")["nameReference"]
    assert reference["kind"] == "ConfigMap"
    assert reference["fieldSpecs"] == [{"kind": "ServingRuntime", "path": "spec/volumes/configMap/name"}]


def test_the_service_asks_for_our_runtime_and_a_format_that_it_has():
    assert predictor()["model"]["runtime"] == runtime()["metadata"]["name"]
    assert predictor()["model"]["modelFormat"] in runtime()["spec"]["supportedModelFormats"]


def test_ports_and_model_folder_are_where_kserve_looks():
    given = flags(runtime_container()["args"])
    assert runtime_container()["name"] == "kserve-container"
    assert (given["port"], given["rest_api_port"]) == ("9000", "8080")
    assert (given["model_base_path"], given["model_name"]) == ("/mnt/models", "{{.Name}}")


def test_prometheus_is_told_where_the_metrics_are():
    assert runtime()["spec"]["annotations"] == {
        "prometheus.kserve.io/port": flags(runtime_container()["args"])["rest_api_port"],
        "prometheus.kserve.io/path": "/monitoring/prometheus/metrics",
    }


def test_the_storage_is_the_claim_and_the_folder_that_the_deployment_reads():
    claim = document("kubernetes/persistent-volume-claim.yaml")["metadata"]["name"]
    assert predictor()["model"]["storageUri"] == f"pvc://{claim}/quickdraw"


def test_every_mount_has_a_volume():
    volumes = {volume["name"]: volume for volume in runtime()["spec"]["volumes"]}
    assert {mount["name"] for mount in runtime_container()["volumeMounts"]} == set(volumes)
    (config_map,) = document("config/kustomization.yaml")["configMapGenerator"]
    assert volumes["config"]["configMap"] == {"name": config_map["name"]}
