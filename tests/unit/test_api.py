"""What ``import primaire`` offers: the names it promises, and nothing loaded before it is used."""

from __future__ import annotations

import ast
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import primaire
from primaire.api import EXPORTS, resolve
from primaire.errors import PrimaireError
from primaire.schema import Returns
from primaire.table import Table


def test_what_is_promised_is_what_can_be_had():
    assert set(primaire.__all__) == {*EXPORTS, "__version__"}
    assert dir(primaire) == sorted(primaire.__all__)


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_each_name_is_the_object_of_its_module(name):
    found = getattr(primaire, name)
    assert found is resolve(name)
    assert found.__name__ == name
    assert found.__module__.startswith(EXPORTS[name])


def test_names_that_type_checkers_see_are_those_of_the_registry():
    tree = ast.parse(Path(primaire.__file__).read_text(encoding="utf-8"))
    guarded = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    imports = [statement for block in guarded for statement in block.body if isinstance(statement, ast.ImportFrom)]
    seen = {alias.name: statement.module for statement in imports for alias in statement.names}
    assert seen == EXPORTS


@pytest.mark.parametrize("name", ["wins", "Results", "_private", "analysis_of"])
def test_other_names_do_not_exist(name):
    with pytest.raises(AttributeError, match=name):
        getattr(primaire, name)


def loaded_after(code: str) -> set[str]:
    """Run Python in a new process and return the modules it has loaded at its end."""
    program = f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout))


def test_importing_loads_no_analysis_and_no_pandas():
    loaded = loaded_after("import primaire; primaire.__version__; dir(primaire)")
    assert "primaire" in loaded
    assert not {name for name in loaded if name.startswith(("primaire.analysis", "pandas", "numpy", "rich", "babel"))}


def test_using_one_analysis_loads_no_other():
    loaded = loaded_after("import primaire; primaire.swing")
    assert {name for name in loaded if name.startswith("primaire.analysis.")} == {"primaire.analysis.swing"}


def test_no_name_is_also_that_of_a_module():
    # Once such a module is imported it would stand in the function's place.
    assert not set(EXPORTS) & {module.name for module in pkgutil.iter_modules(primaire.__path__)}


def test_the_walk_of_the_readme():
    returns = primaire.load("conflans")
    table = primaire.results(returns.select(round=2))
    assert isinstance(returns, Returns)
    assert isinstance(table, Table)
    assert table.frame["votes"].tolist() == [842, 611]
    assert "57,95" in primaire.render_as(table, "markdown", "fr").decode("utf-8")
    with pytest.raises(PrimaireError):
        primaire.load("no such file")
