import json
import pathlib

from components.pusher.pins import pin
from tests.pipeline.cli.models.verb import run


def test_list_is_a_table_with_the_served_version_first(workspace: pathlib.Path) -> None:
    assert run("list", "--workspace", str(workspace)) == (
        "   version  preset  words  accuracy  MAP@3  pushed (UTC)         run\n"
        "1764490500  ten         3     0.872  0.914  2025-11-30 08:15:00  5a4c  serving\n"
        "1700000000  -           1         -      -  -                    01d\n"
        "\n"
        "no model card, as of an older release: 1700000000\n"
    )


def test_list_tells_what_is_pinned_and_what_is_a_copy(workspace: pathlib.Path) -> None:
    registry = workspace / "models" / "quickdraw"
    copy = registry / "1764490600" / "assets.extra"
    copy.mkdir(parents=True)
    (copy.parent / "saved_model.pb").touch()
    (copy / "run.json").write_text(json.dumps({"run_key": "01d", "rollback_of": 1700000000}))
    pin(registry, 1700000000)
    lines = run("list", "--workspace", str(workspace)).splitlines()
    assert [line.split("  ")[-1].strip() for line in lines[1:4]] == [
        "serving, rollback of 1700000000",
        "5a4c",
        "pinned",
    ]
