"""`quickdraw run` and `quickdraw submit` with `--runner flink`, beside the same at home."""

import subprocess

import pytest

from tests.conftest import REAL_DATA
from tests.end_to_end.commands import NODES, node_states
from tests.flink.conftest import output, run
from tests.flink.contents import evaluation, leftovers, records, statistics, vocabulary
from tests.flink.running_cluster import QUICKDRAW

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def away(cluster, options, tmp_path_factory):
    """The workspace of a run on the cluster, and what it said."""
    workspace = tmp_path_factory.mktemp("away")
    cluster.wait_until_whole()
    return workspace, run("run", *options, "--workspace", workspace, *runner(cluster))


def runner(cluster):
    return ("--runner", "flink", "--flink-master", cluster.master)


def test_all_nodes_run_and_tell_how_far_they_are(away, cluster):
    _, lines = away
    assert node_states(lines) == dict.fromkeys(NODES, "ran")
    assert f"  on Flink: http://{cluster.master}/#/job/running/" in lines


def test_every_artifact_is_the_one_that_is_made_at_home(away, home_workspace):
    workspace, _ = away

    def both(read, node, key):
        return [read(output(where, node, key)) for where in (workspace, home_workspace)]

    for read, node, key in (
        (records, "DrawingExampleGen", "examples"),
        (statistics, "StatisticsGen", "statistics"),
        (vocabulary, "Transform", "transform_graph"),
        (records, "Transform", "transformed_examples"),
        (evaluation, "Evaluator", "evaluation"),
    ):
        there, here = both(read, node, key)
        assert there == here, (node, key)
    assert leftovers(workspace / "artifacts") == []


def test_both_hosts_worked_at_every_component(away, cluster):
    everybody = {each.resource_id for each in cluster.rest.task_managers()}
    prefixes = {job.name.rsplit("-", 2)[0] for job in cluster.rest.jobs() if "evaluator" in job.name}
    command = max(prefixes).rsplit("-", 1)[0]
    for node in ("drawingexamplegen", "statisticsgen", "transform", "evaluator"):
        assert cluster.hosts_of(f"{command}-{node}-") == everybody, node


def test_at_home_the_same_command_finds_everything_in_the_cache(away, options):
    workspace, _ = away
    lines = run("run", *options, "--workspace", workspace)
    assert node_states(lines) == dict.fromkeys(NODES, "cached")


def test_a_submission_from_the_cluster_has_the_same_bytes(away, cluster, tmp_path):
    workspace, _ = away
    test = REAL_DATA / "test_simplified.csv"
    if not test.is_file():
        run("synth", "--out", tmp_path / "doodles", "--words", "10", "--per-word", "50")
        test = tmp_path / "doodles" / "test_simplified.csv"
    for name, where in (("away", runner(cluster)), ("home", ())):
        run("submit", "--test", test, "--out", tmp_path / name, "--workspace", workspace, *where)
    assert (tmp_path / "away").read_bytes() == (tmp_path / "home").read_bytes()


def test_a_cluster_that_is_not_there(options, tmp_path):
    command = [*QUICKDRAW, "run", *options, "--workspace", str(tmp_path / "w"), "--runner", "flink"]
    done = subprocess.run([*command, "--flink-master", "127.0.0.1:9"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("quickdraw: --flink-master: Flink at 127.0.0.1:9 does not answer")
    assert done.stderr.count("\n") == 1
