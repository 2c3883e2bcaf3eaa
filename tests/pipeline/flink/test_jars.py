"""The pins: what Maven resolves from pom.xml is what checksums.sha256 lists, and nothing says where it comes from."""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from tests.conftest import REPOSITORY

FOLDER = REPOSITORY / "pipeline" / "flink" / "jars"
SUMS = (FOLDER / "checksums.sha256").read_text().splitlines()
JARS = {line.split("  ")[1] for line in SUMS}
POM = ET.parse(FOLDER / "pom.xml").getroot()
IN_POM = {"maven": "http://maven.apache.org/POM/4.0.0"}


def dependencies(place):
    """Artifact -> version, with the properties put in."""
    versions = {each.tag.split("}")[1]: each.text for each in POM.find("maven:properties", IN_POM)}
    return {
        each.find("maven:artifactId", IN_POM).text: re.sub(
            r"\$\{(.+)\}", lambda found: versions[found[1]], each.find("maven:version", IN_POM).text
        )
        for each in POM.findall(f"{place}/maven:dependency", IN_POM)
    }


MANAGED = dependencies("maven:dependencyManagement/maven:dependencies")


def test_each_line_is_a_sha256_and_a_jar():
    assert [line for line in SUMS if not re.fullmatch(r"[0-9a-f]{64}  [\w.-]+\.jar", line)] == []
    assert len(JARS) == len(SUMS) > 100


def test_the_lines_are_sorted_so_that_a_change_is_a_small_one():
    assert sorted(SUMS, key=lambda line: line.split("  ")[1]) == SUMS


@pytest.mark.parametrize("place", ["maven:dependencies", "maven:dependencyManagement/maven:dependencies"])
def test_what_the_pom_names_is_pinned_in_its_version(place):
    assert {f"{artifact}-{version}.jar" for artifact, version in dependencies(place).items()} <= JARS


def test_all_of_flink_is_of_one_version():
    """But what it shades: that is released apart."""
    flink = {jar for jar in JARS if jar.startswith("flink-") and not jar.startswith("flink-shaded-")}
    assert {jar.removesuffix(".jar").rpartition("-")[2] for jar in flink} == {"1.16.3"}
    # Else Maven takes an older one that Beam names.
    assert {jar.removesuffix("-1.16.3.jar") for jar in flink} == set(MANAGED)


def test_the_runner_is_made_for_this_flink():
    assert {jar for jar in JARS if jar.startswith("beam-runners-flink-")} == {"beam-runners-flink-1.16-2.56.0.jar"}


@pytest.mark.parametrize(
    "file", sorted(path for path in FOLDER.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_no_file_says_where_jars_come_from(file):
    """A pom's namespace looks like an address and is none."""
    text = file.read_text().replace(IN_POM["maven"], "")
    assert re.findall(r"\w+://|<repositor|<pluginRepositor|<mirror", text) == []


@pytest.mark.parametrize(("there", "missing"), [([], "javac"), (["javac"], "jar"), (["javac", "jar"], "mvn")])
def test_the_install_says_which_program_is_missing(tmp_path, there, missing):
    path, copy = tmp_path / "bin", tmp_path / "a" / "b" / "c"
    path.mkdir()
    # In a copy: nothing may be written to the real .flink/, whatever happens.
    shutil.copytree(FOLDER, copy)
    for program in ("bash", "dirname"):
        (path / program).symlink_to(shutil.which(program))
    for program in there:
        (path / program).write_text("#!/bin/sh\n")
        (path / program).chmod(0o755)
    done = subprocess.run(
        [path / "bash", copy / "install.sh"],
        env={"PATH": str(path), "HOME": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"flink-jars: {missing} is missing; install a JDK and Maven "
        "(Debian: apt-get install default-jdk-headless maven).\n"
    )
    assert not (tmp_path / ".flink").exists()
