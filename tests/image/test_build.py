"""Builds the image in a plain folder, from an empty one to an answer; minutes, and a gigabyte from the registry."""

import os
import pathlib
import tempfile

import pytest

from tests.conftest import REPOSITORY
from tests.image.plain_folder import PlainFolder, disk_bytes

pytestmark = pytest.mark.exhaustive
GIGABYTE = 1e9


@pytest.fixture(scope="module")
def image():
    # Not in pytest's own folder, which only its owner may enter; the image's user is another.
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        image = PlainFolder(REPOSITORY, pathlib.Path(folder))
        image.build()
        yield image


def packages(image):
    return image.root / "opt/packages/lib/python3.10/site-packages"


def test_the_layer_of_the_code_is_small_and_that_of_the_packages_bounded(image):
    (of_packages, package_bytes), (of_code, code_bytes) = image.layers
    largest = sorted(
        ((disk_bytes(path), path.name) for path in packages(image).iterdir() if path.is_dir()), reverse=True
    )
    print(f"\n{of_packages}: {package_bytes / 1e6:.0f} MB; {of_code}: {code_bytes / 1e6:.1f} MB")
    print(*(f"{name} {size / 1e6:.0f} MB" for size, name in largest[:12]), sep=", ")
    assert package_bytes < 3.0 * GIGABYTE
    assert code_bytes < 0.01 * GIGABYTE


def test_the_command_works_for_a_user_without_rights(image):
    done = image.run("quickdraw", "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage: quickdraw" in done.stdout


def test_it_is_not_root_and_may_write_to_its_home_only(image):
    done = image.run("sh", "-c", 'id -u; touch "$HOME/file"; ls "$HOME"; touch "$0"', str(packages(image) / "file"))
    if os.geteuid() == 0:
        assert done.stdout.split() == ["10001", "file"]
        assert "Permission denied" in done.stderr


def test_the_entrypoint_of_every_pod_and_its_stores_are_there(image):
    code = (
        "import gcsfs, s3fs, kfp_server_api, pipeline.kubeflow.entrypoint, keras, pipeline.pipeline;"
        "from tfx.orchestration.kubeflow.v2.container import kubeflow_v2_run_executor"
    )
    done = image.run("python", "-c", code)
    assert done.returncode == 0, done.stderr
    usage = image.run("python", "-m", "pipeline.kubeflow.entrypoint", "--help")
    assert usage.returncode == 0, usage.stderr
    assert "--json_serialized_invocation_args" in usage.stdout


def test_the_code_is_the_installed_one_for_a_process_that_ignores_the_environment_too(image):
    done = image.run("python", "-I", "-c", "import pipeline; print(pipeline.__file__)")
    assert done.stdout.strip() == str(image.root / "opt/quickdraw/pipeline/__init__.py")


@pytest.mark.parametrize("package", ["pipeline", "components", "schema", "serving"])
def test_every_file_that_the_code_reads_is_installed(image, package):
    source = REPOSITORY / package
    kinds = {".py", ".pbtxt", ".html", ".css", ".js", ".svg"}
    wanted = {path.relative_to(REPOSITORY) for path in source.rglob("*") if path.suffix in kinds}
    wanted = {path for path in wanted if path.parts[1:2] != ("deploy",) and "examples" not in path.parts}
    assert not [path for path in wanted if not (image.root / "opt/quickdraw" / path).is_file()]


def test_no_compiler_is_left(image):
    names = {"cc", "gcc", "g++", "c++", "clang", "ld", "as", "make", "rustc", "go", "uv", "pip"}
    assert not [
        path for path in image.root.rglob("*") if path.name in names and os.access(path, os.X_OK) and path.is_file()
    ]


def test_a_drawing_becomes_an_image_in_tensorflow(image):
    code = (
        "from components.transform.rasterizer import rasterize;"
        "print((rasterize(['[[[0,255],[0,255]]]']).numpy() < 255).sum() > 0)"
    )
    done = image.run("python", "-c", code)
    assert done.stdout.strip() == "True", done.stderr


def test_the_whole_pipeline_runs_in_it(image):
    # As compose.yaml does: relative paths lie in the home, and nothing else may be written to.
    assert image.run("quickdraw", "synth", "--out", "doodles", "--words", "3", "--per-word", "120").returncode == 0
    done = image.run("quickdraw", "run", "--data", "doodles/train_simplified", "--epochs", "2", timeout=900)
    # Trained for two epochs it need not be blessed.
    assert done.returncode in (0, 3), done.stdout[-2000:] + done.stderr[-2000:]
    assert (image.root / "tmp/workspace/report.html").is_file()
