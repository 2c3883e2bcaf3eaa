import json
import pathlib

import keras
import pytest
from typer.testing import CliRunner

from components.errors import UsageError
from components.trainer.model_card import write_model_card
from components.trainer.network_file import save_network
from pipeline.cli.models import models
from tests.pipeline.cli.test_main import quickdraw

RUN = {
    "run_key": "5a4c",
    "pushed_at": "2025-11-30T08:15:00+00:00",
    "examples": 1367,
    "metrics": {"accuracy": 0.87194, "map_at_3": 0.9144},
    "checks": [
        {"metric": "accuracy", "passed": True, "sentence": "accuracy 0.8719 is at least 0.7500."},
        {"metric": "map_at_3", "passed": False, "sentence": "map_at_3 0.9144 is below 0.9500."},
    ],
}
CARD = {
    "preset": "ten",
    "parameters": 121_994,
    "layers": [{"name": "not told twice", "class": "Dense", "output_shape": [3], "parameters": 9}],
    "commit": "674a293+changes",
    "training": {"network": "notebook", "learning_rate": 2e-05, "augmentation": None},
    "data": {"data_key": "0123456789abcdef"},
    "warm_start": {"name": "version 1700000000", "words_new": ["ant", "bee"]},
}


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> pathlib.Path:
    """Version 1700000000 as an older release pushed it, and version 1764490500 as this one does."""
    for version, labels in (("1700000000", ["ant"]), ("1764490500", ["ant", "bee", "cat"])):
        assets = tmp_path / "models" / "quickdraw" / version / "assets.extra"
        assets.mkdir(parents=True)
        (assets.parent / "saved_model.pb").touch()
        (assets / "labels.txt").write_text("".join(f"{label}\n" for label in labels))
        (assets / "run.json").write_text(json.dumps({"run_key": "01d"}))
    (assets / "run.json").write_text(json.dumps(RUN))
    write_model_card(assets.parent, CARD)
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, name="probabilities")], name="tiny")
    save_network(network, labels, assets / "network.keras")
    return tmp_path


def run(*arguments: str) -> str:
    done = CliRunner().invoke(models, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_list_is_a_table_with_the_served_version_first(workspace: pathlib.Path) -> None:
    assert run("list", "--workspace", str(workspace)) == (
        "   version  preset  words  accuracy  MAP@3  pushed (UTC)\n"
        "1764490500  ten         3     0.872  0.914  2025-11-30 08:15:00  serving\n"
        "1700000000  -           1         -      -  -\n"
        "\n"
        "no model card, as of an older release: 1700000000\n"
    )


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


@pytest.mark.parametrize("arguments", [("list",), ("show", "latest")])
def test_an_empty_workspace_says_what_to_do(arguments: tuple[str, ...], tmp_path: pathlib.Path) -> None:
    with pytest.raises(
        UsageError, match=r"nothing has been pushed to .*; `quickdraw run --data DIR` trains and pushes"
    ):
        run(*arguments, "--workspace", str(tmp_path))
