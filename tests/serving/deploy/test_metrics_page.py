"""The dashboard and the alerts are made for TensorFlow Serving, and hold for the embedded server too."""

import re
import shutil
import urllib.request

import pytest

from serving.server.batching.parameters import read_batching_parameters
from serving.server.config import ServerConfig
from serving.server.monitoring.monitoring_config import prometheus_path_of
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.deploy.deploy_files import DEPLOY
from tests.serving.deploy.queries import queries, selectors
from tests.serving.deploy.tf_serving_2_16_1 import SCRAPE_LABELS, SERIES
from tests.serving.predict_requests import predict_request
from tests.serving.running_server import running_server


@pytest.fixture(scope="module")
def page(tmp_path_factory, exported_models):
    """The labels of every series by its name, from a server that runs as it is deployed and has been asked."""
    base_path = tmp_path_factory.mktemp("base")
    shutil.copytree(exported_models[1], base_path / "1")
    path = prometheus_path_of(DEPLOY / "config" / "monitoring.config")
    batching = read_batching_parameters(DEPLOY / "config" / "batching.config")
    with running_server(ServerConfig(base_path, batching=batching, rest=RestSettings(prometheus_path=path))) as running:
        running.prediction.Predict(predict_request(), timeout=20)
        text = urllib.request.urlopen(running.rest_url + path).read().decode()
    samples = re.findall(r"^([^#{]+)\{(.*)\} \S+$", text, re.MULTILINE)
    return {name: set(re.findall(r'(\w+)="', labels)) for name, labels in samples}


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for query, _, name in queries()])
def test_every_query_finds_its_series_after_traffic(page, query):
    for selector in selectors(query):
        if selector.name != "up":  # Prometheus's own
            asked = {matcher.name for matcher in selector.matchers.matchers}
            assert asked <= page[selector.name] | SCRAPE_LABELS


def test_nothing_has_a_name_or_label_that_tensorflow_serving_does_not_know(page):
    assert page == {name: SERIES[name] for name in page}
