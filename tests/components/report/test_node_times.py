"""The part that only the runner can fill in."""

from components.report.node_times import PLACE, NodeTime, add_node_times


def test_each_node_has_its_time_and_a_bar_against_the_longest():
    page = f"<main>{PLACE}</main>"
    filled = add_node_times(page, [NodeTime("Trainer", "ran", 8.0), NodeTime("Pusher", "cached", 2.0)])
    assert filled.startswith("<main><section")
    assert "<li>Trainer" in filled
    assert "--at: 1.000" in filled
    assert "<li>Pusher" in filled
    assert "cached" in filled
    assert "--at: 0.250" in filled
    assert "2.0 s" in filled
    assert PLACE not in filled


def test_nodes_that_took_no_time_at_all():
    assert "0.0 s" in add_node_times(PLACE, [NodeTime("Pusher", "cached", 0.0)])
