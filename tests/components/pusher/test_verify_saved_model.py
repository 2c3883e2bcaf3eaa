import pathlib
import shutil

import pytest
import tensorflow as tf

from components.pusher.verify_saved_model import main
from components.trainer.warmup import write_warmup_requests


def test_equal_answers_pass(saved_model: pathlib.Path) -> None:
    main(str(saved_model))


def test_other_answers_are_told(saved_model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(saved_model, copy)
    write_warmup_requests(lambda drawings: {"words": tf.fill([tf.size(drawings), 3], "sun")}, str(copy))
    with pytest.raises(SystemExit, match=r"output 'words' is .*, the Trainer answered"):
        main(str(copy))


def test_nothing_to_compare_is_no_proof(saved_model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(saved_model, copy)
    (copy / "assets.extra" / "tf_serving_warmup_requests").write_bytes(b"")
    with pytest.raises(SystemExit, match="no warm-up requests"):
        main(str(copy))
