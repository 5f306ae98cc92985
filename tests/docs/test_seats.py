"""docs/seats.md has every method, with the formula and the source that the program knows."""

from __future__ import annotations

import pytest

from primaire.apportionment import METHODS
from tools.environment import ROOT

PAGE = (ROOT / "docs" / "seats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", METHODS)
def test_every_method_is_described(name: str):
    (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    _, _, formula, source, _ = (cell.strip() for cell in row.split("|"))
    assert formula == METHODS[name].formula
    assert source.replace("*", "") in (METHODS[name].source, "the same")


def test_the_page_names_no_other_method():
    rows = [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    assert rows == list(METHODS)
