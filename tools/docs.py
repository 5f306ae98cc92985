"""Write the parts of the documentation that the program itself says: ``python -m tools.docs``.

- ``docs/cli.md`` holds what ``--help`` prints for every command.
- In README.md and docs/, the output of every example is what its command prints today. An example stands in a
  ``console`` block: lines that begin with ``$ `` are run by the shell, in one empty folder per page, and what follows
  each is what a terminal would have shown, stdout and stderr.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from tools.environment import ROOT, neutral_environment

REFERENCE = ROOT / "docs" / "cli.md"
_WIDTH = "100"
_EXAMPLES = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_INTRODUCTION = """\
# The command line

What `primaire --help` and `primaire COMMAND --help` print. `just docs` writes this page.
"""


def pages() -> list[Path]:
    """Return the pages that people write, in which there may be examples."""
    return [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").glob("*.md") if path != REFERENCE)]


def shown_by(command: str, folder: Path) -> str:
    """Return what a terminal shows of a shell command that is run in a folder: stdout and stderr as they come.

    The exit code does not matter: an example may show a mistake.
    """
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=neutral_environment(COLUMNS=_WIDTH),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode().replace("\r\n", "\n")


def with_examples_run(page: str) -> str:
    """Return a page with the output of each of its examples as it is today."""
    with tempfile.TemporaryDirectory() as folder:

        def rerun(block: re.Match[str]) -> str:
            commands = [line for line in block[0].splitlines() if line.startswith("$ ")]
            return "\n".join(f"{line}\n{shown_by(line[2:], Path(folder))}" for line in commands)

        return _EXAMPLES.sub(rerun, page)


def commands() -> list[str]:
    """Return the names of the commands, in the order of ``primaire --help``."""
    raise NotImplementedError


def reference() -> str:
    """Return docs/cli.md as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        helped = [
            (words, shown_by(f"{words} --help", Path(folder)))
            for words in ("primaire", *(f"primaire {command}" for command in commands()))
        ]
    sections = [f"\n## {words}\n\n```text\n{help_text.strip()}\n```\n" for words, help_text in helped]
    return _INTRODUCTION + "".join(sections)


def main() -> None:
    REFERENCE.write_text(reference(), encoding="utf-8", newline="\n")
    for page in pages():
        text = page.read_text(encoding="utf-8")
        page.write_text(with_examples_run(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
