"""What the dashboard and the alerts ask Prometheus."""

import json

import promql_parser

from tests.serving.deploy.deploy_files import DEPLOY, document


def dashboard():
    return json.loads((DEPLOY / "monitoring/grafana/serving.json").read_text())


def alerts():
    (group,) = document("monitoring/alerts.yml")["groups"]
    return group["rules"]


def queries():
    """Every query, the text that shows its labels, and where it stands; Grafana's own variable gets a value."""
    for panel in dashboard()["panels"]:
        for target in panel["targets"]:
            query = target["expr"].replace("$__rate_interval", "1m")
            yield query, target.get("legendFormat", ""), f"{panel['title']} {target['refId']}"
    for rule in alerts():
        yield rule["expr"], rule["annotations"]["summary"], rule["alert"]


def nodes(query, kind):
    found = []
    promql_parser.walk(promql_parser.parse(query), lambda node: found.append(node) if isinstance(node, kind) else None)
    return found


def selectors(query):
    return nodes(query, promql_parser.VectorSelector)
