import pathlib
import subprocess

import jsonschema
import kubernetes_validate
import pytest
from typer.testing import CliRunner

from pipeline.flink.settings import ClusterSettings
from tests.conftest import REPOSITORY
from tests.image.dockerfile import read_stages
from tests.pipeline.flink.manifests.flink_manifests import (
    KIND,
    MANIFESTS,
    OVERLAYS,
    build,
    document,
    resources,
    validate,
)
from tests.programs import find_program

KUBERNETES = "1.37"
CRON_JOB = ("CronJob", "quickdraw-flink-run")


@pytest.fixture(params=OVERLAYS)
def overlay(request):
    return resources(request.param)


def pods(found):
    """Every pod that comes of it, as far as it is ours to say."""
    spec = found[KIND]["spec"]
    return {
        "jobManager": spec["jobManager"]["podTemplate"],
        "taskManager": spec["taskManager"]["podTemplate"],
        "run": found[CRON_JOB]["spec"]["jobTemplate"]["spec"]["template"],
    }


def containers(template):
    return {each["name"]: each for each in template["spec"].get("initContainers", []) + template["spec"]["containers"]}


def run_arguments(found):
    return containers(pods(found)["run"])["run"]["args"]


def environment(container):
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in container.get("env", [])}


def mounts(container):
    return {each["name"]: each["mountPath"] for each in container["volumeMounts"]}


class TestSchema:
    @pytest.mark.parametrize("name", ["service-account", "persistent-volume-claim", "network-policy", "cron-job"])
    def test_a_file_keeps_the_schema_of_kubernetes(self, name):
        kubernetes_validate.validate(document(f"base/{name}.yaml"), KUBERNETES, strict=True)

    def test_the_deployment_keeps_the_operators_definition(self):
        validate(document("base/flinkdeployment.yaml"))

    def test_so_does_each_overlay(self, overlay):
        validate(overlay.pop(KIND))
        for resource in overlay.values():
            kubernetes_validate.validate(resource, KUBERNETES, strict=True)

    def test_the_pods_of_the_deployment_keep_the_schema_of_kubernetes(self, overlay):
        for name, template in pods(overlay).items():
            pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name.lower()}, "spec": template["spec"]}
            kubernetes_validate.validate(pod, KUBERNETES, strict=True)

    @pytest.mark.parametrize(
        ("path", "field", "value"),
        [
            ((), "flinkVersions", "v1_16"),
            ((), "flinkVersion", "v1_61"),
            (("flinkConfiguration",), "heartbeat.timeout", 15000),
            (("taskManager",), "replica", 2),
            (("taskManager", "podTemplate", "spec"), "securityContexts", {}),
            (("taskManager", "podTemplate", "spec", "containers", 1), "volumeMount", []),
        ],
    )
    def test_a_mistake_would_be_seen(self, path, field, value):
        deployment = document("base/flinkdeployment.yaml")
        part = deployment["spec"]
        for step in path:
            part = part[step]
        part[field] = value
        with pytest.raises(jsonschema.ValidationError, match=str(value if field == "flinkVersion" else field)):
            validate(deployment)

    @pytest.mark.parametrize("name", OVERLAYS)
    def test_kubectl_validate_has_nothing_to_say_of_what_kubernetes_itself_knows(self, name, tmp_path):
        sentence = "no kubectl-validate; install.sh of the tests of pipeline/kubeflow/manifests gets it"
        program = find_program("kubectl-validate", sentence, "QUICKDRAW_KUBERNETES_TESTS")
        known = [each for each in build(name).split("\n---\n") if "kind: FlinkDeployment" not in each]
        (tmp_path / "built.yaml").write_text("\n---\n".join(known))
        done = subprocess.run([program, tmp_path / "built.yaml"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


class TestBothOverlays:
    def test_all_of_it_is_in_the_namespace_of_the_served_models(self, overlay):
        namespace = REPOSITORY / "serving/deploy/kubernetes/namespace.yaml"
        (name,) = {each["metadata"]["namespace"] for each in overlay.values()}
        assert f"name: {name}\n" in namespace.read_text()

    def test_each_image_is_named_once(self, overlay):
        assert overlay[KIND]["spec"]["image"] == "registry.example/quickdraw-flink:1"
        images = {
            name: each.get("image")
            for template in pods(overlay).values()
            for name, each in containers(template).items()
        }
        ours, flink = "registry.example/quickdraw:1", "registry.example/quickdraw-flink:1"
        assert images == {"flink-main-container": None, "workers": ours, "java": flink, "run": ours}

    def test_every_container_is_confined_and_the_same_user(self, overlay):
        users = {read_stages(path)[-1].all("USER")[0] for path in (REPOSITORY / "Dockerfile", MANIFESTS / "Dockerfile")}
        for template in pods(overlay).values():
            context = template["spec"]["securityContext"]
            assert context["runAsNonRoot"]
            assert {f"{context['runAsUser']}:{context['runAsGroup']}"} == users
            assert context["fsGroup"] == context["runAsGroup"]
            assert context["seccompProfile"] == {"type": "RuntimeDefault"}
            assert not template["spec"]["automountServiceAccountToken"]
            for name, container in containers(template).items():
                assert container["securityContext"] == {
                    "allowPrivilegeEscalation": False,
                    "readOnlyRootFilesystem": True,
                    "capabilities": {"drop": ["ALL"]},
                }
                assert name == "flink-main-container" or container["resources"]["limits"]["memory"]

    def test_every_volume_that_is_mounted_is_there_and_the_other_way_round(self, overlay):
        for template in pods(overlay).values():
            volumes = {each["name"] for each in template["spec"]["volumes"]}
            assert set().union(*(mounts(each) for each in containers(template).values())) == volumes

    def test_what_is_shared_has_the_same_path_everywhere(self, overlay):
        run = containers(pods(overlay)["run"])["run"]
        workers, flink = (
            containers(pods(overlay)["taskManager"])[each] for each in ("workers", "flink-main-container")
        )
        shared = {name: path for name, path in mounts(run).items() if name not in ("java", "tmp")}
        assert shared.items() <= mounts(workers).items()
        for name in shared.keys() - {"models"}:
            assert mounts(flink)[name] == shared[name]
        claims = [
            {
                each["name"]: each.get("persistentVolumeClaim", {}).get("claimName")
                for each in pods(overlay)[pod]["spec"]["volumes"]
            }
            for pod in ("run", "taskManager")
        ]
        assert all(claims[0][name] == claims[1][name] for name in shared)

    def test_a_claim_is_made_here_or_with_the_servers(self, overlay):
        used = {
            each["persistentVolumeClaim"]["claimName"]
            for template in pods(overlay).values()
            for each in template["spec"]["volumes"]
            if "persistentVolumeClaim" in each
        }
        made = {name for kind, name in overlay if kind == "PersistentVolumeClaim"}
        assert used - made <= {"quickdraw-models"}
        assert made <= used
        assert (
            "name: quickdraw-models\n"
            in (REPOSITORY / "serving/deploy/kubernetes/persistent-volume-claim.yaml").read_text()
        )

    def test_the_workspace_and_what_is_staged_lie_on_the_shared_volume(self, overlay):
        run = containers(pods(overlay)["run"])["run"]
        workspace = mounts(run)["workspace"]
        assert f"--workspace={workspace}/quickdraw" in run["args"]
        assert environment(run)["TMPDIR"] == f"{workspace}/tmp"

    def test_a_run_finds_java_and_the_job_server_where_they_are_copied_to(self, overlay):
        java, run = containers(pods(overlay)["run"]).values()
        assert mounts(java)["java"] == mounts(run)["java"] == "/java"
        for variable in ("JAVA_HOME", "QUICKDRAW_FLINK_JARS"):
            folder = pathlib.PurePosixPath(environment(run)[variable])
            assert folder.parent == pathlib.PurePosixPath("/java")
            assert f"/{folder.name} " in java["command"][2]
        assert "/opt/quickdraw-flink " in java["command"][2]

    def test_the_command_knows_the_options_of_a_run(self, overlay):
        from pipeline.cli.main import app

        verb, *options = run_arguments(overlay)
        help_text = CliRunner().invoke(app, [verb, "--help"], env={"COLUMNS": "200"}).output
        assert all(each.partition("=")[0] in help_text for each in options)
        assert f"--flink-master={KIND[1]}-rest:{ClusterSettings().rest_port}" in options

    def test_nothing_runs_by_itself(self, overlay):
        assert overlay[CRON_JOB]["spec"]["suspend"] is True

    def test_only_runs_the_operator_and_the_cluster_itself_are_let_in(self, overlay):
        policy = overlay["NetworkPolicy", "quickdraw-flink"]["spec"]
        own = policy["podSelector"]["matchLabels"]
        templates = pods(overlay)
        for name in ("jobManager", "taskManager"):
            assert own.items() <= templates[name]["metadata"]["labels"].items()
        among, rest = policy["ingress"]
        assert among == {"from": [{"podSelector": {"matchLabels": own}}]}
        assert rest["ports"] == [{"port": ClusterSettings().rest_port}]
        client, operator = rest["from"]
        assert client["podSelector"]["matchLabels"] == templates["run"]["metadata"]["labels"]
        assert set(operator) == {"namespaceSelector", "podSelector"}
        assert {"to": [{"podSelector": {"matchLabels": own}}]} in policy["egress"]


class TestObjectStore:
    def test_runs_and_workers_ask_the_same_store_with_the_same_keys_and_flink_has_none(self):
        templates = pods(resources("object-store"))
        workers = containers(templates["taskManager"])["workers"]
        run = environment(containers(templates["run"])["run"])
        assert environment(workers)
        assert environment(workers).items() <= run.items()
        assert "env" not in containers(templates["taskManager"])["flink-main-container"]

    def test_the_keys_are_those_of_the_overlay_of_kubeflow(self):
        workers = containers(pods(resources("object-store"))["taskManager"])["workers"]
        mirror = document("../../kubeflow/manifests/overlays/s3/mirror.yaml")
        (theirs,) = mirror["spec"]["template"]["spec"]["containers"]
        assert environment(workers) == environment(theirs)

    def test_workers_are_let_out_to_the_store(self):
        found = resources("object-store")
        store = environment(containers(pods(found)["run"])["run"])["AWS_ENDPOINT_URL"]
        ports = [
            each["ports"] for each in found["NetworkPolicy", "quickdraw-flink"]["spec"]["egress"] if "to" not in each
        ]
        assert int(store.rpartition(":")[2]) in {each["port"] for each in ports[-1]}

    def test_only_the_pipeline_root_is_a_volume(self):
        assert [name for kind, name in resources("object-store") if kind == "PersistentVolumeClaim"] == [
            "quickdraw-flink-workspace"
        ]
