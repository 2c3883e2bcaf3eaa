"""Builds the image without an engine: the Dockerfile's own steps, with a folder in the place of the file system.

What it stands for: RUN and COPY do what they say, a stage sees only what it copies from another, and paths stay the
same from stage to stage, as scripts with a path in their first line need. What it does not: the base images. Python,
the C compiler and the shell are this machine's.
"""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

from tests.image.dockerfile import Context, environment, read_stages

_OURS = re.compile(r"(?<![\w./-])/(?=(?:opt|src|tmp)\b)")
# To read this machine's interpreter, which may lie in the home of root; in the image everybody may.
_READ = "-all,+dac_read_search"
_UNPRIVILEGED = [
    "--clear-groups",
    "--no-new-privs",
    f"--inh-caps={_READ}",
    f"--ambient-caps={_READ}",
    f"--bounding-set={_READ}",
]


@dataclasses.dataclass
class PlainFolder:
    """An image that is built in `folder`.

    Attributes:
        root: the file system, "/" of the stage at hand, and of the image in the end.
        layers: what each COPY of the last stage added: its text and bytes.
    """

    repository: pathlib.Path
    folder: pathlib.Path
    layers: list[tuple[str, int]] = dataclasses.field(default_factory=list)

    @property
    def root(self):
        return self.folder / "root"

    def build(self):
        self._install_python()
        stages = read_stages(self.repository / "Dockerfile")
        for stage in stages:
            self.layers = []
            self._workdir = self.root
            for name in ("tmp", "opt"):
                (self.root / name).mkdir(parents=True)
            for instruction in stage.instructions:
                self._do(instruction)
            if stage.name:
                self.root.rename(self.folder / stage.name)
        self.stage = stages[-1]
        (self.root / "tmp").chmod(0o1777)
        (self._scripts / "cc").unlink()

    def run(self, *command, **options):
        """Starts a command as a container does: the image's variables and user, an empty `/tmp`, no way to root."""
        user, group = self.stage.all("USER")[-1].split(":")
        as_user = []
        if os.geteuid() == 0:
            as_user = ["setpriv", f"--reuid={user}", f"--regid={group}", *_UNPRIVILEGED]
        return subprocess.run(
            [*as_user, *command],
            cwd=self._workdir,
            env=self.variables(),
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    def variables(self):
        """The image's own, with `/opt` and `/tmp` in the folder."""
        own = environment(self.stage, {"PATH": "BASE"})
        base = f"{self._scripts}:/usr/bin:/bin"
        return {name: self._inside(value).replace("BASE", base) for name, value in own.items()}

    @property
    def _scripts(self):
        return self.folder / "base"

    def _install_python(self):
        """The base image's `python`; a script, since an interpreter finds its libraries by its own path."""
        self._scripts.mkdir(parents=True)
        script = self._scripts / "python"
        script.write_text(f'#!/bin/sh\nexec {os.path.realpath(sys.executable)} "$@"\n')
        script.chmod(0o755)
        (self._scripts / "cc").symlink_to(shutil.which("cc"))

    def _do(self, instruction):
        if instruction.keyword == "RUN":
            path = f"{self._scripts}:{os.environ['PATH']}"
            command = ["bash", "-e", "-c", self._inside(instruction.text)]
            subprocess.run(command, cwd=self._workdir, env={**os.environ, "PATH": path}, check=True)
        elif instruction.keyword == "WORKDIR":
            self._workdir = pathlib.Path(self._inside(instruction.text))
            self._workdir.mkdir(exist_ok=True)
        elif instruction.keyword == "COPY":
            self._copy(instruction.text)

    def _copy(self, text):
        *sources, target = text.split()
        if sources[0].startswith("--from="):
            stage, source = sources
            copied = pathlib.Path(self._inside(target))
            shutil.copytree(self.folder / stage.removeprefix("--from=") / source.lstrip("/"), copied, symlinks=True)
            self.layers.append((text, disk_bytes(copied)))
            return
        for source in sources:
            self._copy_from_context(source, self._workdir / target)

    def _copy_from_context(self, source, target):
        start = self.repository / source
        found = Context(self.repository).files(source)
        assert found, f"COPY {source}: nothing there that .dockerignore leaves in"
        for path in found:
            place = target / (path.name if start.is_file() else path.relative_to(start))
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)

    def _inside(self, text):
        return _OURS.sub(f"{self.root}/", text)


def disk_bytes(folder):
    """Bytes of the files below a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
