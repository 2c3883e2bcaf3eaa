"""Reads a Dockerfile and a .dockerignore, as far as ours go."""

import dataclasses
import pathlib
import re
import string
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True)
class Instruction:
    keyword: str
    text: str


@dataclasses.dataclass(frozen=True)
class Stage:
    """From one FROM to the next; the last stage has no name."""

    base: str
    name: str
    instructions: tuple[Instruction, ...]

    def all(self, keyword):
        return [each.text for each in self.instructions if each.keyword == keyword]


def read_stages(path, arguments: Mapping[str, str] = {}):
    """The stages, with the ARGs before the first FROM put in."""
    instructions = list(_instructions(path.read_text()))
    starts = [index for index, each in enumerate(instructions) if each.keyword == "FROM"]
    defaults = dict(each.text.split("=") for each in instructions[: starts[0]])
    stages = []
    for start, end in zip(starts, [*starts[1:], len(instructions)], strict=True):
        text = string.Template(instructions[start].text).substitute({**defaults, **arguments})
        base, _, name = text.partition(" AS ")
        stages.append(Stage(base, name, tuple(instructions[start + 1 : end])))
    return stages


def _instructions(text):
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for instruction in "\n".join(lines).replace("\\\n", " ").splitlines():
        keyword, rest = instruction.split(maxsplit=1)
        yield Instruction(keyword, rest.strip())


def environment(stage, before):
    """What its ENVs make of the variables before."""
    variables = dict(before)
    for text in stage.all("ENV"):
        for name, value in re.findall(r"(\w+)=(\S+)", text):
            variables[name] = string.Template(value).safe_substitute(variables)
    return variables


class Context:
    """The files that a build sees."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._rules = [_rule(line) for line in (folder / ".dockerignore").read_text().splitlines() if _is_rule(line)]

    def holds(self, relative):
        """The last rule that matches the file, or a folder above it, decides."""
        parts = pathlib.PurePosixPath(relative).parts
        names = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        kept = True
        for keeps, pattern in self._rules:
            if any(pattern.fullmatch(name) for name in names):
                kept = keeps
        return kept

    def files(self, source):
        """The files below a name of a COPY, or the file itself, that are not left out."""
        start = self._folder / source
        paths = [start] if start.is_file() else sorted(path for path in start.rglob("*") if path.is_file())
        return [path for path in paths if self.holds(path.relative_to(self._folder).as_posix())]


def _is_rule(line):
    return line.strip() and not line.startswith("#")


def _rule(line):
    """`**/` is any depth, none too; `*` stays in a folder."""
    pattern = line.strip().removeprefix("!").strip("/")
    expression = "".join(
        {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(token, re.escape(token))
        for token in re.findall(r"\*\*/|\*\*|.", pattern)
    )
    return line.startswith("!"), re.compile(expression)
