"""No command loads what it does not use: lazy imports are what makes primaire start fast."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROBE = """
import json, sys
out, *sys.argv[1:] = sys.argv[1:]
sys.argv[0] = "primaire"
code = 0
try:
    from primaire.cli.main import main
    code = main()
except SystemExit as end:
    code = end.code
with open(out, "w") as file:
    json.dump([code or 0, sorted(sys.modules)], file)
"""

COMPUTING = {"pandas", "numpy"}
SHOWING = {"rich.table", "rich.progress", "rich.markdown", "rich.syntax", "tabulate", "babel.numbers"}
FILES = {"duckdb", "xlsxwriter", "openpyxl", "scipy"}
DRAWING = {"altair", "vl_convert", "shapely", "pyproj"}
HEAVY = COMPUTING | SHOWING | FILES | DRAWING


def modules_loaded_by(words: list[str], folder: Path) -> set[str]:
    """Run a command in a new process, far from any terminal, and return the modules that it has loaded at its end."""
    command = [sys.executable, "-c", PROBE, str(folder / "modules.json"), *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    code, modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    assert code == 0
    return set(modules)


@pytest.mark.parametrize(
    ("words", "needed", "allowed"),
    [
        ("--help", "typer", set()),
        ("--version", "typer", set()),
        ("results --help", "primaire.cli.options", set()),
        ("report --help", "primaire.cli.publishing", set()),
        ("transfers --help", "primaire.cli.transfer_options", set()),
        ("chart --help", "primaire.cli.drawing", set()),
        ("map --help", "primaire.cli.map_options", set()),
        (
            "chart results -o results.svg",
            "primaire.charts.results",
            COMPUTING | {"babel.numbers", "altair", "vl_convert"},
        ),
        ("template", "primaire.sources.own.columns", set()),
        ("results --round 2", "pandas", COMPUTING | {"babel.numbers"}),
        ("results --lang fr", "pandas", COMPUTING | {"babel.numbers"}),
        ("results --format csv", "pandas", COMPUTING),
        ("results --format json", "pandas", COMPUTING),
        ("results --format markdown", "tabulate", COMPUTING | {"tabulate", "babel.numbers"}),
        ("results --format html", "primaire.render.webpage", COMPUTING | {"babel.numbers"}),
        ("results -o results.xlsx", "xlsxwriter", COMPUTING | {"xlsxwriter"}),
        ("results -o results.parquet", "duckdb", COMPUTING | {"duckdb"}),
        ("swing", "primaire.analysis.swing", COMPUTING | {"babel.numbers"}),
        ("seats national --seats 3 --method dhondt", "primaire.apportionment", COMPUTING | {"babel.numbers"}),
        ("reconstruct", "primaire.reconstruction", COMPUTING | {"babel.numbers"}),
    ],
)
def test_a_command_loads_only_what_it_uses(words: str, needed: str, allowed: set[str], tmp_path: Path):
    loaded = modules_loaded_by(words.split(), tmp_path)
    assert needed in loaded
    assert loaded & HEAVY <= allowed


def test_importing_primaire_loads_nothing(tmp_path: Path):
    """``import primaire`` is for people who have not yet asked for anything."""
    check = "import sys; before = set(sys.modules); import primaire; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", check], cwd=tmp_path, check=True, capture_output=True, text=True)
    packages = {module.split(".")[0] for module in done.stdout.split()}
    assert packages - sys.stdlib_module_names == {"primaire"}
