"""The golden pipeline: how it is compiled, and the file that holds what it was.

`python -m tests.kubeflow.golden_pipeline` writes the file anew; look at its difference before you commit it.
"""

import pathlib
import re

from pipeline.kubeflow.compile import compile_pipeline
from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.options import CompileOptions, make_config
from pipeline.kubeflow.settings import NODE_IDS
from pipeline.kubeflow.settings_file import read_settings

FOLDER = pathlib.Path(__file__).with_name("golden")
GOLDEN = FOLDER / "pipeline.yaml"
SETTINGS = FOLDER / "kubeflow.yaml"
IMAGE = f"images.example/quickdraw:1.0@sha256:{'0123456789abcdef' * 4}"
# Of code and schema: any commit changes one of them.
_FINGERPRINT = re.compile(r"\b[0-9a-f]{16}\b")


def compile_golden() -> Documents:
    settings = read_settings(SETTINGS, NODE_IDS)
    options = CompileOptions(
        image=IMAGE,
        data="s3://quickdraw/csv",
        registry="s3://quickdraw/models",
        workspace=settings.workspace,
        words=("cat", "ice cream"),
        per_word=500,
        epochs=7,
    )
    return compile_pipeline(make_config(options), IMAGE, settings)


def masked(text: str) -> str:
    return _FINGERPRINT.sub("FINGERPRINT", text)


if __name__ == "__main__":
    GOLDEN.write_text(masked(compile_golden().to_yaml()), encoding="utf-8")
