import pathlib

from tests.pipeline.cli.models.verb import run
from tests.pipeline.cli.test_main import quickdraw


def test_show_tells_where_a_model_came_from(workspace: pathlib.Path) -> None:
    done = quickdraw("models", "show", "latest", "--workspace", str(workspace))
    assert (done.returncode, done.stderr) == (0, "")
    start, summary, card, training, data, warm, measured = done.stdout.split("\n\n")
    assert start.splitlines()[:4] == [
        "version 1764490500, serving",
        "  words         3",
        "  pushed (UTC)  2025-11-30 08:15:00",
        "  run           5a4c",
    ]
    assert 'Model: "tiny"' in summary
    assert "probabilities (Dense)" in summary
    assert "Total params: 9 (" in summary
    assert card == "model card\n  preset      ten\n  parameters  121,994\n  commit      674a293+changes"
    assert training == "training\n  network        notebook\n  learning_rate  2e-05\n  augmentation   -"
    assert data == "data\n  data_key  0123456789abcdef"
    assert warm == "warm start\n  name       version 1700000000\n  words_new  ant, bee"
    assert measured == (
        "on 1,367 test drawings\n"
        "  accuracy  0.8719\n"
        "  MAP@3     0.9144\n"
        "  pass: accuracy 0.8719 is at least 0.7500.\n"
        "  FAIL: map_at_3 0.9144 is below 0.9500.\n"
    )


def test_show_says_what_an_older_version_does_not_tell(workspace: pathlib.Path) -> None:
    start, *sentences = run("show", "1700000000", "--workspace", str(workspace)).rstrip().split("\n\n")
    assert start.startswith("version 1700000000\n  words         1\n  pushed (UTC)  -\n  run           01d\n")
    assert sentences == [
        "It has no assets.extra/network.keras, as of an older release: there is no network to summarize.",
        "It has no model card, as of an older release: preset, training, data and commit are not known.",
        "Its metrics were not kept, as of an older release.",
    ]


def test_an_unknown_version_is_one_sentence(workspace: pathlib.Path) -> None:
    done = quickdraw("models", "show", "7", "--workspace", str(workspace))
    assert done.returncode == 2
    assert done.stderr == (
        f"quickdraw: there is no version 7 in {workspace / 'models' / 'quickdraw'}; "
        "give latest or one of 1764490500, 1700000000.\n"
    )
