import os
import re
import shutil
import subprocess
import sysconfig

from tests.image.dockerfile import read_stages
from tests.pipeline.flink.manifests.flink_manifests import MANIFESTS

FILE = MANIFESTS / "Dockerfile"
(IMAGE,) = read_stages(FILE)
JARS = [line.split()[1] for line in (MANIFESTS.parent / "jars/checksums.sha256").read_text().splitlines()]


def test_hadolint_has_nothing_to_say():
    hadolint = shutil.which("hadolint", path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))
    assert hadolint, "make env installs it"
    done = subprocess.run([hadolint, FILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_its_flink_is_that_of_the_jars():
    (version,) = re.findall(r"<flink\.version>(.*)</", (MANIFESTS.parent / "jars/pom.xml").read_text())
    assert f"flink:{version}-java11" == IMAGE.base


def test_it_runs_as_a_numeric_user_that_is_not_root():
    assert IMAGE.all("USER") == ["10001:10001"]


def test_flink_gets_every_jar_that_it_does_not_bring_and_the_job_server_all(tmp_path):
    jars, lib, programs = tmp_path / "jars", tmp_path / "flink/lib", tmp_path / "bin"
    for folder in (jars / "lib", lib, programs):
        folder.mkdir(parents=True)
    for name in JARS:
        (jars / "lib" / name).touch()
    (programs / "useradd").write_text("#!/bin/sh\n")
    (programs / "useradd").chmod(0o755)
    (script,) = IMAGE.all("RUN")
    script = script.replace("/opt/quickdraw-flink", str(jars)).replace("/opt/flink", str(tmp_path / "flink"))
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-c", script], check=True, env={**os.environ, "PATH": path})
    brought = {name for name in JARS if name.startswith(("flink-", "log4j", "slf4j"))}
    linked = {each.name for each in lib.iterdir() if each.is_symlink() and each.resolve().is_file()}
    assert linked == set(JARS) - brought
    assert "beam-runners-flink-1.16-2.56.0.jar" in linked
    assert IMAGE.all("COPY") == ["job-server.jar /opt/quickdraw-flink/", "lib /opt/quickdraw-flink/lib"]
