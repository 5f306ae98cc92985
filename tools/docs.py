"""Write the parts of the documentation that the program itself says: ``python -m tools.docs``.

- ``docs/cli.md`` holds what ``--help`` prints for every command.
- The table in ``docs/rules.md`` lists the rules that ship.
- In README.md and docs/, the output of every example is what its command prints today. An example stands in a
  ``console`` block: lines that begin with ``$ `` are run by the shell, in one empty folder per page, and what follows
  each is what a terminal would have shown, stdout and stderr.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from primaire.cli.commands import COMMANDS
from primaire.cli.diagnostics import BUG
from primaire.rules.shipped import shipped
from tools.environment import ROOT, neutral_environment

REFERENCE = ROOT / "docs" / "cli.md"
RULES = ROOT / "docs" / "rules.md"
_WIDTH = "100"
_EXAMPLES = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_RULES_THAT_SHIP = re.compile(r"^(\| name \| what \| from .*\n\|[-|]+\n)(?:\|.*\n)*", re.MULTILINE)
_INTRODUCTION = """\
# The command line

What `primaire --help` and `primaire COMMAND --help` print. `just docs` writes this page.
"""
_SECTION = """
## {name}

```text
{text}
```
"""


def pages() -> list[Path]:
    """Return the pages that people write, in which there may be examples."""
    return [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").glob("*.md") if path != REFERENCE)]


def shown_by(command: str, folder: Path) -> str:
    """Return what a shell command in a folder shows, stdout and stderr as they come, without spaces at the ends of lines.

    An example may show a user's mistake. Raises CalledProcessError for a bug in primaire, which is never an example.
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
    if done.returncode == BUG:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.decode().splitlines())


def with_examples_run(page: str) -> str:
    """Return a page with the output of each of its examples as it is today, run where only docs/examples is."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs" / "examples", Path(folder, "docs", "examples"))

        def rerun(block: re.Match[str]) -> str:
            commands = [line for line in block[0].splitlines() if line.startswith("$ ")]
            return "\n".join(f"{line}\n{shown_by(line[2:], Path(folder))}" for line in commands)

        return _EXAMPLES.sub(rerun, page)


def with_rules_that_ship(page: str) -> str:
    """Return docs/rules.md with the rows of its table of rules as they are today."""
    rows = (
        f"| `{rule.name}` | {rule.title} | {rule.scope.first or ''} | {rule.scope.last or ''} | {rule.law or ''} |\n"
        for rule in shipped()
    )
    table = "".join(rows)
    return _RULES_THAT_SHIP.sub(lambda head: head[1] + table, page)


def commands() -> list[str]:
    """Return the names of the commands, in the order of ``primaire --help``."""
    return list(COMMANDS)


def reference() -> str:
    """Return docs/cli.md as it should be."""
    names = ["primaire", *(f"primaire {command}" for command in commands())]
    with tempfile.TemporaryDirectory() as folder:
        return _INTRODUCTION + "".join(_SECTION.format(name=name, text=_help(name, Path(folder))) for name in names)


def _help(name: str, folder: Path) -> str:
    return shown_by(f"{name} --help", folder).strip("\n")


def main() -> None:
    REFERENCE.write_text(reference(), encoding="utf-8", newline="\n")
    RULES.write_text(with_rules_that_ship(RULES.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for page in pages():
        text = page.read_text(encoding="utf-8")
        page.write_text(with_examples_run(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
