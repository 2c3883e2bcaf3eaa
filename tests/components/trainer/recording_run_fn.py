"""A `run_fn` that trains nothing and writes down what it was told."""

import json
import pathlib

from tfx import v1 as tfx


def run_fn(fn_args: tfx.components.FnArgs) -> None:
    folder = pathlib.Path(fn_args.serving_model_dir)
    folder.mkdir(parents=True)
    (folder / "told.json").write_text(json.dumps(fn_args.custom_config))
