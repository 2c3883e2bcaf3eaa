import re

import kubernetes_validate
import pytest

from tests.serving.deploy.deploy_files import DEPLOY, container, document, documents, flags, pod

# The oldest version whose gRPC probes are stable, and the newest that the schemas know.
VERSIONS = ["1.27", "1.37"]


def manifest(name):
    return document(f"kubernetes/{name}.yaml")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", documents("kubernetes"))
def test_a_manifest_keeps_the_schema_and_has_no_unknown_field(name, version):
    kubernetes_validate.validate(document(f"kubernetes/{name}"), version, strict=True)


def test_kustomize_takes_every_manifest():
    resources = manifest("kustomization")["resources"]
    assert sorted(resources) == sorted(["../config", *documents("kubernetes")])
    assert (DEPLOY / "kubernetes" / "../config/kustomization.yaml").exists()


def test_kustomize_puts_everything_into_the_namespace_that_it_makes():
    assert manifest("kustomization")["namespace"] == manifest("namespace")["metadata"]["name"] == "quickdraw"


def test_every_selector_finds_the_pods():
    labels = pod()["metadata"]["labels"]
    deployment = manifest("deployment")["spec"]
    (spread,) = pod()["spec"]["topologySpreadConstraints"]
    selectors = [
        deployment["selector"]["matchLabels"],
        manifest("service")["spec"]["selector"],
        manifest("pod-disruption-budget")["spec"]["selector"]["matchLabels"],
        manifest("network-policy")["spec"]["podSelector"]["matchLabels"],
        spread["labelSelector"]["matchLabels"],
    ]
    assert all(selector.items() <= labels.items() and selector for selector in selectors)


def test_the_autoscaler_scales_the_deployment_and_nothing_else_does():
    target = manifest("horizontal-pod-autoscaler")["spec"]["scaleTargetRef"]
    deployment = manifest("deployment")
    assert target == {
        "apiVersion": deployment["apiVersion"],
        "kind": "Deployment",
        "name": deployment["metadata"]["name"],
    }
    assert "replicas" not in deployment["spec"]


def test_a_node_can_be_drained_and_a_replica_still_serves():
    at_least = manifest("horizontal-pod-autoscaler")["spec"]["minReplicas"]
    assert 0 < manifest("pod-disruption-budget")["spec"]["maxUnavailable"] < at_least


def container_ports():
    return {port["name"]: port["containerPort"] for port in container()["ports"]}


def test_the_server_listens_on_the_ports_of_the_container():
    given = flags(container()["args"])
    assert container_ports() == {"grpc": int(given["port"]), "rest": int(given["rest_api_port"])}


def test_the_service_leads_to_ports_of_the_container():
    for port in manifest("service")["spec"]["ports"]:
        assert port["name"] == port["targetPort"]
        assert port["port"] == container_ports()[port["targetPort"]]


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_a_probe_asks_a_port_that_exists(probe):
    asked = container()[probe]
    if "grpc" in asked:
        assert asked["grpc"]["port"] == container_ports()["grpc"]
        # The names that TensorFlow Serving gives its services there have no package.
        assert asked["grpc"]["service"] in ("PredictionService", "ModelService")
        assert flags(container()["args"])["enable_grpc_healthcheck_service"] == "true"
    else:
        assert asked["tcpSocket"]["port"] in container_ports()


def test_the_network_policy_admits_the_ports_of_the_service_and_no_other():
    clients, prometheus = manifest("network-policy")["spec"]["ingress"]
    assert {port["port"] for port in clients["ports"]} == {
        port["port"] for port in manifest("service")["spec"]["ports"]
    }
    assert prometheus["ports"] == [{"port": container_ports()["rest"]}]
    assert manifest("network-policy")["spec"]["egress"] == []


def test_prometheus_is_told_where_the_metrics_are():
    annotations = pod()["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(container_ports()["rest"])
    assert annotations["prometheus.io/path"] == "/monitoring/prometheus/metrics"


def test_the_pod_keeps_the_restricted_pod_security_standard():
    assert manifest("namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    of_pod, of_container = pod()["spec"]["securityContext"], container()["securityContext"]
    assert of_pod["runAsNonRoot"]
    assert of_pod["runAsUser"] != 0
    assert of_pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert of_container == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {kind for volume in pod()["spec"]["volumes"] for kind in volume} <= {
        "name",
        "configMap",
        "emptyDir",
        "persistentVolumeClaim",
    }


def test_the_pod_gets_no_token():
    assert pod()["spec"]["serviceAccountName"] == manifest("service-account")["metadata"]["name"]
    assert pod()["spec"]["automountServiceAccountToken"] is False
    assert manifest("service-account")["automountServiceAccountToken"] is False


def test_every_mount_has_a_volume_and_every_volume_a_source():
    volumes = {volume.pop("name"): volume for volume in pod()["spec"]["volumes"]}
    assert {mount["name"] for mount in container()["volumeMounts"]} == set(volumes)
    claim = volumes["models"]["persistentVolumeClaim"]
    assert claim == {"claimName": manifest("persistent-volume-claim")["metadata"]["name"], "readOnly": True}
    (config_map,) = document("config/kustomization.yaml")["configMapGenerator"]
    assert volumes["config"] == {"configMap": {"name": config_map["name"]}}


def test_only_tmp_can_be_written():
    writable = [mount["mountPath"] for mount in container()["volumeMounts"] if not mount.get("readOnly")]
    assert writable == ["/tmp"]


_UNITS = {"": 1, "m": 1e-3, "Mi": 2**20, "Gi": 2**30}


def quantity(text):
    number, unit = re.fullmatch(r"(\d+)(\D*)", text).groups()
    return int(number) * _UNITS[unit]


@pytest.mark.parametrize("resource", ["cpu", "memory"])
def test_the_limits_are_no_less_than_the_requests(resource):
    resources = container()["resources"]
    assert quantity(resources["requests"][resource]) <= quantity(resources["limits"][resource])


class TestARollout:
    """Nobody's request is lost, though TensorFlow Serving does nothing on SIGTERM."""

    def test_no_pod_goes_before_the_new_one_is_ready(self):
        assert manifest("deployment")["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}

    def test_connections_have_left_when_pre_stop_ends(self):
        command, seconds = container()["lifecycle"]["preStop"]["exec"]["command"]
        name, milliseconds = flags(container()["args"])["grpc_channel_arguments"].split("=")
        assert (command, name) == ("sleep", "grpc.max_connection_age_ms")
        # gRPC stretches the age by up to a tenth, and the endpoint's removal takes seconds to reach every node.
        assert int(seconds) >= 1.1 * int(milliseconds) / 1000 + 10

    def test_the_last_requests_get_time_after_pre_stop(self):
        pre_stop = int(container()["lifecycle"]["preStop"]["exec"]["command"][1])
        assert pod()["spec"]["terminationGracePeriodSeconds"] >= pre_stop + 10

    def test_a_slow_first_load_is_waited_for(self):
        probe, given = container()["startupProbe"], flags(container()["args"])
        retries = 5  # the default of --max_num_load_retries
        assert (
            probe["periodSeconds"] * probe["failureThreshold"]
            >= 2 * retries * int(given["load_retry_interval_micros"]) / 1e6
        )
