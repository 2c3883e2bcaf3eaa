"""Facts 2.5: folders that are still being copied."""

import shutil

import pytest

from tests.serving.conformance.target import served, wait_until

pytestmark = pytest.mark.own_server


def cut_graph(version):
    (version / "saved_model.pb").write_bytes((version / "saved_model.pb").read_bytes()[:1000])


def without_graph(version):
    (version / "saved_model.pb").unlink()


def without_shard(version):
    next((version / "variables").glob("*data*")).unlink()


@pytest.mark.parametrize("damage", [without_graph, cut_graph, without_shard])
def test_what_does_not_load_leaves_the_old_version_and_heals(start, publish, tmp_path, conformance_models, damage):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    copying = tmp_path / "copying"
    shutil.copytree(conformance_models(4), copying)
    damage(copying)
    copying.rename(tmp_path / "base" / "4")
    wait_until(lambda: len(target.states()) == 2)
    assert served(target) == 3
    shutil.copytree(conformance_models(4), tmp_path / "base" / "4", dirs_exist_ok=True)
    wait_until(lambda: served(target) == 4)


def test_without_variables_is_refused_where_tensorflow_serving_would_load_it(
    start, publish, tmp_path, conformance_models
):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    copying = tmp_path / "copying"
    shutil.copytree(conformance_models(4), copying)
    shutil.rmtree(copying / "variables")
    copying.rename(tmp_path / "base" / "4")
    wait_until(lambda: len(target.states()) == 2)
    assert served(target) == 3
