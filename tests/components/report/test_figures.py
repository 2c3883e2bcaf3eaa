"""The closing figures of a run that pushed nothing."""

from components.report.figures import closing_figures
from components.report.run_results import read_run_results


def test_nothing_pushed_is_version_zero(run):
    run.blessed = False
    run.push = {"pushed": False, "version": 0, "path": "", "sentence": "not pushed: the model is not blessed."}
    run.verdict["baseline_version"] = 0
    figures = closing_figures(read_run_results(run.inputs()), "report.html")
    assert figures["blessed"] is False
    assert figures["pushed_version"] == 0
    assert figures["model_path"] == ""
    assert figures["baseline_version"] == 0
