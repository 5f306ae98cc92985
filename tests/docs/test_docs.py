"""What the documentation says is what the program does: its examples run, and nothing is left out."""

from __future__ import annotations

import doctest
import re
from typing import TYPE_CHECKING

import pytest

from primaire.checks.codes import CODES
from primaire.render.registry import FORMATS
from primaire.sources.opening.content import DATASETS
from primaire.sources.own.columns import COLUMNS
from tools import docs
from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = docs.pages()
HAND_WRITTEN = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "data").glob("*.md"))]

each_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL)


@each_page
def test_console_examples_show_what_the_commands_print(page: Path):
    assert text(page) == docs.with_examples_run(text(page)), "the output of an example has changed: run `just docs`"


@each_page
def test_python_examples_give_what_they_show(page: Path):
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks(page, "python")), {}, page.name, str(page), 0)
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples).failed == 0


def test_the_reference_is_what_help_prints():
    assert text(docs.REFERENCE) == docs.reference(), "--help has changed: run `just docs`"


def test_the_reference_has_every_command():
    assert {"results", "turnout", "swing", "compare", "blanks", "reconstruct"} <= set(docs.commands())
    assert [name for name in docs.commands() if f"\n## primaire {name}\n" not in text(docs.REFERENCE)] == []


def test_readme_shows_examples_of_the_command_line_and_of_python():
    readme = ROOT / "README.md"
    assert "$ primaire results" in "".join(blocks(readme, "console"))
    assert ">>> import primaire" in "".join(blocks(readme, "python"))


def test_readme_begins_with_the_two_commands():
    """CI runs these two blocks as they stand: the first shows round 2, the second passes the tests."""
    first, second, *_ = blocks(ROOT / "README.md", "sh")
    assert "primaire results --round 2" in first
    assert "pytest" in second


def test_every_format_data_set_and_command_is_documented():
    """Each is named, as a word by itself, on a page that people write: not only in what the program generates."""
    written = "\n".join(text(page) for page in PAGES)
    assert [word for word in (*FORMATS, *DATASETS, *docs.commands()) if not re.search(rf"\b{word}\b", written)] == []


def test_every_column_of_the_format_is_documented():
    page = text(ROOT / "docs" / "data-format.md")
    rows = {column.name: f"| `{column.name}` | `{column.french}` | {column.meaning}" for column in COLUMNS}
    assert [name for name, row in rows.items() if row not in page] == []


def test_every_code_has_a_section_that_says_the_same_and_there_is_no_other():
    page = text(ROOT / "docs" / "checks.md")
    sections = re.findall(r"^## (PRI\d{3})\n\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert [code for code, _ in sections] == sorted(CODES)
    for code, section in sections:
        meant = CODES[code]
        assert section.startswith(f"**{meant.title[0].upper()}{meant.title[1:]}** ({meant.severity})."), code
        assert f"Expected: {meant.expected}." in section, code
        assert f"*Remedy:* {meant.remedy}" in section, code
        assert "*Example:* " in section, code


def test_every_code_that_is_used_is_explained_and_no_other():
    source = "".join(text(path) for path in (ROOT / "src" / "primaire").rglob("*.py") if path.name != "codes.py")
    assert set(re.findall(r'"(PRI\d{3})"', source)) == set(CODES)


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=[page.name for page in HAND_WRITTEN])
def test_links_within_the_project_lead_somewhere(page: Path):
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text(page))
    assert [target for target in targets if not (page.parent / target).exists()] == []
