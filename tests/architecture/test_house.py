"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "src" / "primaire"
MODULES = sorted(PACKAGE.rglob("*.py"))
BELOW_CLI = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in ("cli", "__main__.py")]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 400  # lines that a reader takes in at one sitting

# The folders of somebody's machine, and the hosts that packages come from.
PLACES = re.compile(
    r"(?<![\w.])/(?:home|root|tmp|work|Users)/\w|[A-Z]:\\+Users|pypi[.]org|pythonh[o]sted|registry[.]npm"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> set[str]:
    """The functions that a module calls, as they are written."""
    return {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)}


def project_files() -> list[Path]:
    """The files of the project: those that git has or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("the files of the project are known only in a git checkout")
    return [path for entry in listed.stdout.decode().split("\0") if entry and (path := ROOT / entry).is_file()]


def test_imports_keep_to_the_layers():
    """import-linter's contracts in pyproject.toml are the plan of the house."""
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    checked = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name)
def test_modules_are_short(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", BELOW_CLI, ids=name)
def test_only_the_cli_talks_and_exits(path: Path):
    """Below it nothing prints and nothing ends the program: results are returned, problems are raised."""
    assert (
        calls(path) & {"print", "input", "exit", "quit", "sys.exit", "os._exit", "sys.stdout.write", "sys.stderr.write"}
        == set()
    )


def test_no_file_names_a_machine_or_a_registry():
    found = {}
    for path in project_files():
        text = path.read_bytes().decode(errors="replace")
        if places := PLACES.findall(text):
            found[name(path)] = places
    assert found == {}
