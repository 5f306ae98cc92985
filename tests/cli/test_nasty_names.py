"""Names that would act, if anything took them for more than text: each is shown in every format, and executed in none."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import openpyxl
import pytest

NAMES = [
    "[red]x[/red]",
    "\x1b[31mred",
    "=1+1",
    "+A1",
    "@SUM(A1)",
    "-2+3",
    "</td><script>alert(1)</script>",
    "a | b",
    "R&D &amp; co",
    "{0}",
    "%s \\x",
    '"quoted", name',
    "c\nd",
    "\u202eevil",
]
VISIBLE = {"\x1b[31mred": r"\x1b[31mred", "c\nd": r"c\nd", "\u202eevil": r"\u202eevil"}
"""How people read a name that they could not otherwise."""


def shown(name: str) -> str:
    return VISIBLE.get(name, name)


@pytest.fixture
def source(write):
    """A data set in which every name is a candidate's, and the election's, the unit's and the source's is one of them."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["election", "unit", "candidate", "votes", "source", "note"])
    for votes, name in enumerate(NAMES, 1):
        rows.writerow(["=E()", "[blink]u", name, votes, "\x1b]0;title\x07", "<img onerror=x>"])
    return write(file.getvalue(), "nasty.csv")


@pytest.mark.parametrize("format_", ["table", "plain"])
@pytest.mark.parametrize("command", ["results", "info", "blanks"])
def test_text_shows_every_name(run, source, format_, command):
    done = run(command, source, "--format", format_)
    assert (done.code, done.err) == (0, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.out)
    if command == "results":
        assert all(shown(name) in done.out for name in NAMES)


def test_csv_reads_back_identical(run, source, write):
    """A cell that a spreadsheet would compute starts with an apostrophe, which primaire takes off again."""
    done = run("results", source, "--format", "csv")
    assert (done.code, done.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    by_votes = {int(row["votes"]): row["candidate"] for row in rows}
    assert [by_votes[votes] for votes in (3, 4, 5, 6)] == ["'=1+1", "'+A1", "'@SUM(A1)", "'-2+3"]
    assert not any(cell.startswith(("=", "+", "@", "-", "\t")) for row in rows for cell in row.values() if cell)
    text = io.StringIO()
    again = csv.DictWriter(text, ["candidate", "votes"], extrasaction="ignore")
    again.writeheader()
    again.writerows(rows)
    read = json.loads(run("results", write(text.getvalue(), "again.csv"), "--format", "json").out)
    assert {row["votes"]: row["candidate"] for row in read["rows"]} == {
        votes: shown(name) for votes, name in enumerate(NAMES, 1)
    }


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_holds_the_names_themselves(run, source, format_):
    done = run("results", source, "--format", format_)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    rows = json.loads(done.out)["rows"] if format_ == "json" else [json.loads(line) for line in done.out.splitlines()]
    assert {row["votes"]: row["candidate"] for row in rows} == dict(enumerate(NAMES, 1))


class _Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data):
        self.text += data + "\n"


def test_html_shows_every_name_and_runs_none(run, source):
    done = run("results", source, "--format", "html")
    assert (done.code, done.err) == (0, "")
    page = _Page()
    page.feed(done.out)
    assert not page.tags & {"script", "img", "blink"}
    assert all(shown(name) in page.text for name in NAMES)


def test_markdown_keeps_its_columns(run, source):
    done = run("results", source, "--format", "markdown")
    assert (done.code, done.err) == (0, "")
    rows = [line for line in done.out.splitlines() if re.match(r"\|\s+\d", line)]
    assert len(rows) == len(NAMES)
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
    assert not re.search(r"<(script|img|/td)", done.out)


def test_latex_escapes_what_acts(run, source):
    done = run("results", source, "--format", "latex")
    assert (done.code, done.err) == (0, "")
    assert r"R\&D \&amp; co" in done.out
    assert r"\%s" in done.out
    assert r"\{0\}" in done.out
    assert "\x1b" not in done.out


def test_a_workbook_holds_text_not_formulas(run, source, here):
    assert run("results", source, "-o", "a.xlsx").code == 0
    book = openpyxl.load_workbook(here / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    held = {cell.value for cell in cells}
    assert {"=1+1", "+A1", "@SUM(A1)", "-2+3"} <= held
    book.close()


@pytest.mark.parametrize("name", ["=1+1", "[red]x[/red]", "a | b"])
def test_a_nasty_name_can_be_asked_for(run, source, name):
    done = run("results", source, "--candidate", name, "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert name in [row["candidate"] for row in json.loads(done.out)["rows"]]


@pytest.mark.parametrize("command", ["results", "turnout", "blanks", "info", "reconstruct"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_braces_in_a_name_are_no_gap_of_a_sentence(run, write, command, lang):
    name = write(
        "election,unit,candidate,share,source,status_note,status\n{e},{u.x},{0},60.0,{s},{n!r},frozen\n{e},{u.x},{a:d},40.0,,,\n"
    )
    done = run(command, name, "--lang", lang)
    assert done.code == 0
    assert "{e}" in done.out


def test_a_nasty_file_name_is_shown_as_text(run):
    done = run("results", "\x1b[31m{x}[red].csv")
    assert (done.code, done.out) == (3, "")
    assert r"\x1b[31m{x}[red].csv" in done.err
    assert "\x1b" not in done.err
