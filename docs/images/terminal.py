"""Draws what a command prints in a terminal, for the README.

python docs/images/terminal.py "quickdraw submit ..." submit.svg    runs the command and draws it with all that it says
"""

import shlex
import subprocess
import sys

from rich.console import Console
from rich.text import Text

_COLUMNS = 112
# rich's own has fonts of a foreign server in it.
_FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>.{unique_id}-matrix {{ font: {char_height}px ui-monospace, monospace; }} {styles}</style>
<defs>{lines}</defs>
<rect width="{width}" height="{height}" rx="8" fill="#1b1f27"/>
<g transform="translate(10, 12)" class="{unique_id}-matrix">{backgrounds}{matrix}</g>
</svg>
"""


def draw(command: str, path: str) -> None:
    """Runs a command, and draws it and what it printed.

    Args:
        command: as a user types it.
        path: of the SVG file.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    said = subprocess.run(
        shlex.split(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True
    ).stdout
    console = Console(record=True, width=_COLUMNS, file=sys.stderr, color_system=None)
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text(said.rstrip()))
    console.save_svg(path, code_format=_FORMAT, title="", unique_id="terminal")


if __name__ == "__main__":
    draw(*sys.argv[1:])
