import re

import kubernetes_validate
import yaml

from tests.serving.deploy.deploy_files import DEPLOY, container, document

TEXT = (DEPLOY / "README.md").read_text()


def registry_pod():
    (manifest,) = re.findall(r"<<'EOF'\n(.*?)\nEOF\n", TEXT, flags=re.DOTALL)
    return yaml.safe_load(manifest)


def test_the_pod_that_copies_a_model_keeps_the_schema():
    kubernetes_validate.validate(registry_pod(), "1.37", strict=True)


def test_it_is_the_user_that_serves_and_may_be_made_in_the_namespace():
    spec = registry_pod()["spec"]
    (shell,) = spec["containers"]
    serving = document("kubernetes/deployment.yaml")["spec"]["template"]["spec"]["securityContext"]
    assert spec["securityContext"].items() >= {name: serving[name] for name in ("runAsUser", "runAsNonRoot")}.items()
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert shell["securityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    assert shell["image"] == container()["image"]


def test_it_writes_to_the_claim_that_is_served():
    (volume,) = registry_pod()["spec"]["volumes"]
    claim = document("kubernetes/persistent-volume-claim.yaml")["metadata"]["name"]
    assert volume["persistentVolumeClaim"] == {"claimName": claim}


def test_every_alert_and_every_panel_it_speaks_of_exists():
    (group,) = document("monitoring/alerts.yml")["groups"]
    section = TEXT.split("## Alerts")[1].split("\n## ")[0]
    assert re.findall(r"^\| (Quickdraw\w+) \|", section, flags=re.MULTILINE) == [
        rule["alert"] for rule in group["rules"]
    ]
    panels = (DEPLOY / "monitoring/grafana/serving.json").read_text()
    named = re.findall(r"\*([A-Z][^*]+)\*", section)
    assert named
    assert all(f'"title": "{title}"' in panels for title in named)


def test_every_folder_that_a_command_names_exists():
    named = re.findall(r"serving/deploy/[\w./-]*\w", TEXT)
    assert named
    assert all((DEPLOY.parents[1] / path).exists() for path in named)
