import re
from urllib.parse import urlsplit

import promql_parser
import pytest

from tests.serving.deploy.deploy_files import compose_service, document, flags
from tests.serving.deploy.queries import alerts, dashboard, nodes, queries, selectors
from tests.serving.deploy.tf_serving_2_16_1 import SCRAPE_LABELS, SERIES


@pytest.mark.parametrize(("query", "shown"), [pytest.param(query, shown, id=name) for query, shown, name in queries()])
class TestAQuery:
    def test_it_is_prom_ql_about_metrics_of_tensorflow_serving(self, query, shown):
        names = {selector.name for selector in selectors(query)}
        assert names
        assert names <= set(SERIES)

    def test_it_asks_for_labels_that_the_metric_has(self, query, shown):
        asked = [node.modifier.labels for node in nodes(query, promql_parser.AggregateExpr) if node.modifier]
        grouped = {label for labels in asked for label in labels}
        for selector in selectors(query):
            has = SERIES[selector.name] | SCRAPE_LABELS
            assert {matcher.name for matcher in selector.matchers.matchers} | grouped <= has

    def test_it_selects_by_the_job_that_prometheus_scrapes(self, query, shown):
        (job,) = document("monitoring/prometheus.yml")["scrape_configs"]
        for selector in selectors(query):
            assert ("job", job["job_name"]) in [(match.name, match.value) for match in selector.matchers.matchers]

    def test_the_labels_shown_are_left_in_its_result(self, query, shown):
        labels = set(re.findall(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}", shown))
        aggregations = nodes(query, promql_parser.AggregateExpr)
        left = [set(node.modifier.labels if node.modifier else ()) for node in aggregations]
        left = left or [SERIES[selector.name] | SCRAPE_LABELS for selector in selectors(query)]
        assert labels <= set.intersection(*left)

    def test_quantiles_come_from_buckets(self, query, shown):
        if "histogram_quantile" in query:
            assert all(selector.name.endswith("_bucket") for selector in selectors(query))
            assert "by (le" in query


def test_the_check_sees_a_metric_that_does_not_exist():
    (selector,) = selectors("rate(:tensorflow:serving:requests[5m])")
    assert selector.name not in SERIES


class TestPrometheus:
    def test_it_scrapes_the_server_where_the_metrics_are(self):
        (job,) = document("monitoring/prometheus.yml")["scrape_configs"]
        (static,) = job["static_configs"]
        assert static["targets"] == [f"serving:{flags(compose_service()['command'])['rest_api_port']}"]
        assert job["metrics_path"] == "/monitoring/prometheus/metrics"

    def test_its_files_are_mounted_where_it_looks(self):
        mounted = [volume.split(":")[:2] for volume in compose_service("prometheus")["volumes"]]
        options = flags(compose_service("prometheus")["command"])
        assert ["./monitoring/prometheus.yml", options["config.file"]] in mounted
        (rules,) = document("monitoring/prometheus.yml")["rule_files"]
        # Relative to the configuration file.
        assert [f"./monitoring/{rules}", f"/etc/prometheus/{rules}"] in mounted
        assert ["prometheus-data", options["storage.tsdb.path"]] in mounted

    def test_its_files_have_no_unknown_field(self):
        assert set(document("monitoring/prometheus.yml")) == {"global", "rule_files", "scrape_configs"}
        assert set(document("monitoring/prometheus.yml")["global"]) == {"scrape_interval", "evaluation_interval"}
        (job,) = document("monitoring/prometheus.yml")["scrape_configs"]
        assert set(job) == {"job_name", "metrics_path", "static_configs"}
        for rule in alerts():
            assert (
                {"alert", "expr", "labels", "annotations"}
                <= set(rule)
                <= {"alert", "expr", "for", "labels", "annotations"}
            )


class TestGrafana:
    def test_every_panel_asks_the_provisioned_data_source(self):
        (source,) = document("monitoring/grafana/datasource.yaml")["datasources"]
        reference = {"type": source["type"], "uid": source["uid"]}
        for panel in dashboard()["panels"]:
            assert panel["datasource"] == reference
            assert all(target["datasource"] == reference for target in panel["targets"])

    def test_the_data_source_is_the_service_prometheus(self):
        (source,) = document("monitoring/grafana/datasource.yaml")["datasources"]
        url = urlsplit(source["url"])
        published = compose_service(url.hostname)["ports"]
        assert published == [f"127.0.0.1:{url.port}:{url.port}"]

    def test_the_dashboard_is_mounted_where_the_provider_looks(self):
        (provider,) = document("monitoring/grafana/provider.yaml")["providers"]
        home = compose_service("grafana")["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
        mounted = {volume.split(":")[0]: volume.split(":")[1] for volume in compose_service("grafana")["volumes"]}
        assert mounted["./monitoring/grafana/serving.json"] == home
        assert home.startswith(provider["options"]["path"] + "/")

    def test_provisioning_is_mounted_where_grafana_looks(self):
        mounted = {volume.split(":")[0]: volume.split(":")[1] for volume in compose_service("grafana")["volumes"]}
        provisioning = "/etc/grafana/provisioning"
        assert mounted["./monitoring/grafana/datasource.yaml"].startswith(f"{provisioning}/datasources/")
        assert mounted["./monitoring/grafana/provider.yaml"].startswith(f"{provisioning}/dashboards/")

    def test_no_panel_lies_on_another(self):
        covered = [
            (x, y)
            for place in (panel["gridPos"] for panel in dashboard()["panels"])
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        ]
        assert len(set(covered)) == len(covered)
        assert all(x < 24 for x, _ in covered)

    def test_panels_have_different_ids_and_say_what_they_show(self):
        panels = dashboard()["panels"]
        assert len({panel["id"] for panel in panels}) == len(panels)
        assert all(panel["title"] and panel["description"] for panel in panels)
