"""The registry of formats: names, extensions, what is unknown, and what each format loads."""

import subprocess
import sys
from pathlib import Path

import pytest

from primaire.errors import NameUnknownError
from primaire.render import FORMATS, find, format_for, render_as
from primaire.table import Column

PEOPLE = ["table", "markdown", "latex", "html", "plain"]
MACHINE = ["csv", "json", "jsonl", "xlsx", "parquet"]
LIBRARIES = {"babel", "duckdb", "pandas", "rich", "tabulate", "xlsxwriter"}


@pytest.fixture
def small(make):
    return make((Column("votes", "Votes", "count"), [1473]))


def test_the_formats_are_those_of_people_then_those_of_machines():
    assert list(FORMATS) == PEOPLE + MACHINE
    assert [entry.audience for entry in FORMATS.values()] == ["people"] * 5 + ["machine"] * 5
    assert [name for name, entry in FORMATS.items() if entry.binary] == ["xlsx", "parquet"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_the_value(name, small, english):
    content = render_as(small, name, english)
    assert content == FORMATS[name].render(small, english)
    if not FORMATS[name].binary:
        assert ("1,473" if name in PEOPLE else "1473") in content.decode()


@pytest.mark.parametrize("name", MACHINE)
def test_machine_formats_are_the_same_in_every_language(name, small, english, french):
    assert render_as(small, name, english) == render_as(small, name, french)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out.md", "markdown"),
        ("out.tex", "latex"),
        ("out.html", "html"),
        ("out.HTM", "html"),
        ("out.txt", "plain"),
        (Path("a.b", "out.csv"), "csv"),
        ("out.json", "json"),
        ("out.jsonl", "jsonl"),
        ("out.ndjson", "jsonl"),
        ("out.xlsx", "xlsx"),
        ("out.parquet", "parquet"),
    ],
)
def test_an_extension_tells_the_format(path, name):
    assert format_for(path).name == name


@pytest.mark.parametrize("path", ["out.xls", "out", ".csv"])
def test_an_unknown_extension_is_refused_with_those_that_exist(path):
    with pytest.raises(NameUnknownError) as caught:
        format_for(path)
    assert path in str(caught.value.seen)
    for entry in FORMATS.values():
        assert all(extension in str(caught.value.expected) for extension in entry.extensions)


def test_an_unknown_name_is_refused_with_the_closest():
    with pytest.raises(NameUnknownError) as caught:
        find("Markdwn")
    assert "“Markdwn”" in str(caught.value.seen)
    assert str(caught.value.expected) == "The formats are: " + ", ".join(FORMATS) + "."
    assert str(caught.value.remedy) == "Did you mean “markdown”?"
    with pytest.raises(NameUnknownError) as caught:
        find("zzz")
    assert caught.value.remedy is None


def loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter, and return which of the libraries it has loaded."""
    report = f"{code}\nimport sys\nprint(*sorted({LIBRARIES!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_registry_and_the_language_loads_no_library():
    code = "import primaire.render; from primaire.render.language import Language; Language('fr').translate('x')"
    assert loaded(code) == set()


TABLE = """
import pandas as pd
from primaire.messages import msg
from primaire.render import render_as
from primaire.render.language import Language
from primaire.table import Column, Table
table = Table("test", msg("Test"), pd.DataFrame({"votes": [1]}), (Column("votes", "Votes", "count"),))
render_as(table, %r, Language("fr"))
"""


@pytest.mark.parametrize(
    ("name", "libraries"),
    [
        ("table", {"babel", "rich"}),
        ("markdown", {"babel", "tabulate"}),
        ("latex", {"babel", "tabulate"}),
        ("html", {"babel"}),
        ("plain", {"babel", "tabulate"}),
        ("csv", set()),
        ("json", set()),
        ("jsonl", set()),
        ("xlsx", {"xlsxwriter"}),
        ("parquet", {"duckdb"}),
    ],
)
def test_a_format_loads_its_own_libraries_alone(name, libraries):
    assert loaded(TABLE % name) == libraries | {"pandas"}
