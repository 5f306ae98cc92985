"""Draw README's picture of a terminal, ``docs/terminal.svg``, from a real run: ``python -m tools.picture``.

It runs the command in a pseudo-terminal, so that it needs a Unix.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
from io import StringIO

from rich.console import Console
from rich.text import Text

from tools.environment import ROOT, neutral_environment

PICTURE = ROOT / "docs" / "terminal.svg"
COMMAND = "primaire results --round 2"
_WIDTH = 100


def shown_in_a_terminal(command: str) -> str:
    """Return what a command writes to a terminal, colours included. Raises CalledProcessError if it fails."""
    terminal, other_end = pty.openpty()
    environment = neutral_environment(COLUMNS=str(_WIDTH), TERM="xterm-256color")
    with subprocess.Popen(
        command, shell=True, env=environment, stdin=subprocess.DEVNULL, stdout=other_end, stderr=other_end
    ) as process:
        os.close(other_end)
        written = b"".join(iter(lambda: _read(terminal), b""))
    os.close(terminal)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def drawn(command: str) -> str:
    """Return the picture: an SVG of a terminal in which the command was typed."""
    console = Console(file=StringIO(), record=True, width=_WIDTH, force_terminal=True)
    console.print(f"[bold]$ {command}[/bold]", highlight=False)
    console.print(Text.from_ansi(shown_in_a_terminal(command).rstrip()), soft_wrap=True)
    svg = console.export_svg(title="primaire", unique_id="primaire")
    # A picture must not fetch anything: without rich's font from the network it uses the reader's monospace.
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURE.write_text(drawn(COMMAND), encoding="utf-8", newline="\n")
