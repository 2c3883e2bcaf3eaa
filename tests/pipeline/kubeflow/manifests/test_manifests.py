import subprocess

import kubernetes_validate
import pytest
import yaml
from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2

from pipeline.kubeflow.settings import NODE_IDS
from pipeline.kubeflow.settings_file import read_settings
from tests.conftest import REPOSITORY
from tests.image.dockerfile import read_stages
from tests.pipeline.kubeflow.manifests.overlays import MANIFESTS, OVERLAYS, REQUIRED, build, documents, resource_files
from tests.programs import find_program

KUBERNETES = "1.37"


@pytest.fixture(scope="module", params=OVERLAYS)
def overlay(request):
    """What is sent to the cluster, and the settings to compile with."""
    resources, _ = build(request.param)
    return resources, read_settings(MANIFESTS / "overlays" / request.param / "kubeflow.yaml", NODE_IDS)


@pytest.fixture(scope="module")
def pvc():
    return build("pvc")[0]


@pytest.fixture(scope="module")
def s3():
    return build("s3")[0]


def pods(resources):
    return {
        name: each["spec"]["template"]["spec"] for name, each in resources.items() if name[0] in ("Deployment", "Job")
    }


@pytest.mark.parametrize("path", resource_files())
def test_a_file_keeps_the_schema_of_kubernetes(path):
    for document in documents(path):
        kubernetes_validate.validate(document, KUBERNETES, strict=True)


@pytest.mark.parametrize("name", OVERLAYS)
def test_kubectl_validate_has_nothing_to_say(name, tmp_path):
    validate = find_program("kubectl-validate", "no kubectl-validate; install.sh beside this test gets it", REQUIRED)
    (tmp_path / "built.yaml").write_text(build(name)[1])
    done = subprocess.run([validate, tmp_path / "built.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


class TestBothOverlays:
    def test_each_resource_keeps_the_schema(self, overlay):
        for resource in overlay[0].values():
            kubernetes_validate.validate(resource, KUBERNETES, strict=True)

    def test_all_of_it_is_in_the_namespace_of_the_runs_which_is_not_touched(self, overlay):
        resources, _ = overlay
        assert {each["metadata"]["namespace"] for each in resources.values()} == {"kubeflow"}
        assert not [kind for kind, _ in resources if kind == "Namespace"]

    def test_the_account_of_the_runs_has_the_role(self, overlay):
        binding = overlay[0]["RoleBinding", "quickdraw-pipeline"]
        assert binding["subjects"] == [
            {"kind": "ServiceAccount", "name": "quickdraw-pipeline", "namespace": "kubeflow"}
        ]
        assert ("ServiceAccount", "quickdraw-pipeline") in overlay[0]
        assert ("Role", binding["roleRef"]["name"]) in overlay[0]

    def test_the_role_gives_nothing_wholesale(self, overlay):
        for rule in overlay[0]["Role", "quickdraw-pipeline"]["rules"]:
            assert "*" not in rule["verbs"] + rule["resources"] + rule["apiGroups"]
            if {"secrets", "configmaps"} & set(rule["resources"]):
                assert rule["resourceNames"]

    def test_our_image_is_named_once(self, overlay):
        ours = {
            container["image"]
            for pod in pods(overlay[0]).values()
            for container in pod["containers"]
            if not container["image"].startswith("tensorflow/serving:")
        }
        assert ours == {"registry.example/quickdraw:1"}

    def test_every_container_is_confined(self, overlay):
        for pod in pods(overlay[0]).values():
            assert pod["securityContext"]["runAsNonRoot"]
            for container in pod["containers"]:
                assert container["securityContext"]["readOnlyRootFilesystem"]
                assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
                assert container["resources"]["limits"]["memory"]

    def test_every_volume_that_is_mounted_is_there(self, overlay):
        for pod in pods(overlay[0]).values():
            volumes = {volume["name"] for volume in pod["volumes"]}
            for container in pod["containers"]:
                assert {mount["name"] for mount in container["volumeMounts"]} <= volumes

    def test_tensorflow_serving_reads_where_the_pipeline_pushes(self, overlay):
        pod = overlay[0]["Deployment", "quickdraw-serving"]["spec"]["template"]["spec"]
        (serving,) = [container for container in pod["containers"] if container["name"] == "serving"]
        (mount,) = [mount for mount in serving["volumeMounts"] if mount["name"] == "models"]
        assert model_base_path() == f"{mount['mountPath']}/quickdraw"


class TestClaims:
    def test_every_claim_of_the_settings_is_made(self, pvc):
        made = {name for kind, name in pvc if kind == "PersistentVolumeClaim"}
        settings = read_settings(MANIFESTS / "overlays/pvc/kubeflow.yaml", NODE_IDS)
        for node in NODE_IDS:
            assert {volume.claim for volume in settings.node(node).volumes} == made
        assert all(pvc["PersistentVolumeClaim", name]["spec"]["accessModes"] == ["ReadWriteMany"] for name in made)

    def test_the_job_prepares_what_the_nodes_mount_and_where(self, pvc):
        pod = pods(pvc)["Job", "quickdraw-prepare-claims"]
        claims = {volume["name"]: volume["persistentVolumeClaim"]["claimName"] for volume in pod["volumes"]}
        (container,) = pod["containers"]
        mounted = {(claims[mount["name"]], mount["mountPath"]) for mount in container["volumeMounts"]}
        settings = read_settings(MANIFESTS / "overlays/pvc/kubeflow.yaml", NODE_IDS)
        assert mounted == {(volume.claim, volume.mount) for volume in settings.node("Pusher").volumes}

    def test_the_job_is_the_user_of_the_image(self, pvc):
        context = pods(pvc)["Job", "quickdraw-prepare-claims"]["securityContext"]
        (user,) = read_stages(REPOSITORY / "Dockerfile")[-1].all("USER")
        assert user == f"{context['runAsUser']}:{context['runAsGroup']}"
        assert context["fsGroup"] == context["runAsGroup"]

    def test_the_job_makes_the_registry_and_fails_where_it_may_not_write(self, pvc, tmp_path):
        (container,) = pods(pvc)["Job", "quickdraw-prepare-claims"]["containers"]
        shell, option, script = container["command"]
        for name in ("models", "workspace", "data"):
            (tmp_path / name).mkdir()
            script = script.replace(f"/{name}", str(tmp_path / name))
        assert subprocess.run([shell, option, script], check=False).returncode == 0
        assert (tmp_path / "models/quickdraw").is_dir()
        (tmp_path / "workspace").rmdir()
        assert subprocess.run([shell, option, script], capture_output=True, check=False).returncode != 0


class TestStore:
    def mirror(self, s3):
        pod = pods(s3)["Deployment", "quickdraw-serving"]
        (mirror,) = [container for container in pod["containers"] if container["name"] == "mirror"]
        return mirror

    def test_no_claim_is_left(self, s3):
        assert not [name for kind, name in s3 if kind == "PersistentVolumeClaim"]
        assert "persistentVolumeClaim" not in str(pods(s3))

    def test_the_mirror_fills_the_folder_that_is_served(self, s3):
        arguments = self.mirror(s3)["args"]
        assert arguments[arguments.index("--folder") + 1] == model_base_path()
        assert arguments[arguments.index("--registry") + 1] in (MANIFESTS / "overlays/s3/kubeflow.yaml").read_text()

    def test_the_command_knows_the_mirrors_options(self, s3, capsys):
        from typer.testing import CliRunner

        from pipeline.cli.main import app

        arguments = self.mirror(s3)["args"]
        help_text = CliRunner().invoke(app, [*arguments[:2], "--help"]).output
        assert all(option in help_text for option in arguments if option.startswith("--"))

    def test_pods_and_mirror_ask_the_same_store_with_the_same_keys(self, s3):
        node = read_settings(MANIFESTS / "overlays/s3/kubeflow.yaml", NODE_IDS).node("Pusher")
        values = {each["name"]: each["value"] for each in self.mirror(s3)["env"] if "value" in each}
        assert values == dict(node.env)
        keys = {
            each["name"]: each["valueFrom"]["secretKeyRef"]["key"]
            for each in self.mirror(s3)["env"]
            if "valueFrom" in each
        }
        (secret,) = node.secrets
        assert keys == dict(secret.env)

    def test_kfp_keeps_artifacts_in_the_same_store(self, s3):
        launcher = s3["ConfigMap", "kfp-launcher"]["data"]
        store = yaml.safe_load(launcher["providers"])["s3"]["default"]
        settings = read_settings(MANIFESTS / "overlays/s3/kubeflow.yaml", NODE_IDS)
        node = settings.node("Pusher")
        assert launcher["defaultPipelineRoot"] == settings.pipeline_root
        assert f"https://{store['endpoint']}" == node.env["AWS_ENDPOINT_URL"]
        assert store["region"] == node.env["AWS_REGION"]
        reference = store["credentials"]["secretRef"]
        (secret,) = node.secrets
        assert reference["secretName"] == secret.name
        assert {reference["accessKeyKey"], reference["secretKeyKey"]} == set(secret.env.values())
        (rule,) = [rule for rule in s3["Role", "quickdraw-pipeline"]["rules"] if rule["resources"] == ["secrets"]]
        assert secret.name in rule["resourceNames"]

    def test_the_mirror_is_let_out_to_the_store(self, s3):
        (to_names, to_store) = s3["NetworkPolicy", "quickdraw-serving"]["spec"]["egress"]
        assert {(port["port"], port["protocol"]) for port in to_names["ports"]} == {(53, "UDP"), (53, "TCP")}
        port = int(self.mirror(s3)["env"][0]["value"].rpartition(":")[2])
        assert port in {each["port"] for each in to_store["ports"]}


def model_base_path():
    text = (REPOSITORY / "serving/deploy/config/models.config").read_text()
    (model,) = text_format.Parse(text, model_server_config_pb2.ModelServerConfig()).model_config_list.config
    return model.base_path


def test_the_base_is_part_of_every_overlay():
    for name in OVERLAYS:
        assert "../../base" in documents(f"overlays/{name}/kustomization.yaml")[0]["resources"]
