"""``primaire report`` as a user meets it: one file, whole or not at all, and what is said beside it."""

from __future__ import annotations

import re
import shlex
import sys
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest

from primaire.reporting.transfers import MOST
from tests.made_votes import known_transfers

DOCS = Path(__file__).parents[2] / "docs"
TOWN = "candidate,votes\nOne,60\nTwo,30\n"


def command_told(page: str) -> str:
    (told,) = re.findall(r"Command: ([^<]*)<", page)
    return unescape(told)


def test_a_page_is_written_without_a_word(run, write):
    done = run("report", write(TOWN), "-o", "town.html")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert Path("town.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_pipe_gets_the_bytes_that_a_file_gets(run, write):
    name = write(TOWN)
    piped = run("report", name)
    assert (piped.code, piped.err) == (0, "")
    assert run("report", name, "-o", "TOWN.HTM").code == 0
    assert Path("TOWN.HTM").read_bytes() == piped.data


def test_without_a_source_conflans_is_shown_and_said(run):
    done = run("report", "--lang", "fr")
    assert done.code == 0
    assert "Conflans-Sainte-Honorine" in done.err
    assert '<html lang="fr">' in done.out
    assert run("report", "--quiet").err == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("a.csv", "-o", "page.pdf"), 2, ".html"),
        (("a.csv", "-o", "page"), 2, ".html"),
        (("a.csv", "-o", "."), 2, "directory"),
        (("none.csv", "-o", "no/page.html"), 2, "no folder"),  # before anything is read
        (("a.csv", "--lang", "xx"), 2, "xx"),
        (("a.csv", "--seats", "many"), 2, "many"),
        (("a.csv", "--rules", "nothing"), 2, "nothing"),
        (("none.csv", "-o", "page.html"), 3, "none.csv"),
        (("a.csv", "--shapes", "none.geojson", "-o", "page.html"), 3, "none.geojson"),
        (("a.csv", "--shapes", "a.csv", "-o", "page.html"), 3, "a.csv"),
        (("a.csv", "--shapes-crs", "EPSG:2154", "-o", "page.html"), 2, "without --shapes"),
        (("a.csv", "--shapes", "a.csv", "--shapes-crs", "L93", "-o", "page.html"), 2, "“L93”"),
        (("a.csv", "--round", "7", "-o", "page.html"), 4, "7"),
    ],
)
def test_wrong_words_are_told_and_nothing_is_written(run, write, here, words, code, said):
    write(TOWN)
    done = run("report", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert [path.name for path in here.iterdir()] == ["a.csv"]


def test_a_terminal_is_no_place_for_a_page(run, write, monkeypatch):
    name = write(TOWN)
    monkeypatch.setattr("primaire.cli.publishing.sys.stdout", Terminal())
    done = run("report", name)
    assert (done.code, done.out) == (2, "")
    assert "-o report.html" in done.err


class Terminal:
    """Standard output as it is where somebody looks at it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_the_command_is_told_without_folders(run, write, here):
    (here / "in").mkdir()
    for number in (1, 2):
        write(
            TOWN.replace("candidate", "round,candidate")
            .replace("\nO", f"\n{number},O")
            .replace("\nT", f"\n{number},T"),
            f"in/r{number}.csv",
        )
    write("rules = 1\n[[round]]\nelected = {}\n", "in/ours.toml")
    sources = [str(here / "in" / f"r{number}.csv") for number in (1, 2)]
    options = [
        "--rules",
        str(here / "in/ours.toml"),
        "--where",
        "status=final",
        "--assume-whole",
        "--title",
        "Our “town”",
    ]
    page = run("report", *sources, *options, "--lang", "en").out
    told = shlex.split(command_told(page))
    assert told == [
        *("primaire", "report", "r1.csv", "r2.csv", "--where", "status=final"),
        *("--rules", "ours.toml", "--assume-whole", "--title", "Our “town”", "--lang", "en"),
    ]
    assert str(here) not in page


def test_the_day_is_told_only_if_asked(run, write):
    name = write(TOWN)
    assert run("report", name).data == run("report", name).data
    assert re.search(r"Made by primaire [^ ]+\.<", run("report", name).out)
    assert re.search(r"Made by primaire \S+ on \d+ \w+ \d{4}\.<", run("report", name, "--dated").out)
    # 1,511,395,200 seconds after 1970 began, it was 23 November 2017.
    assert "on 23 November 2017." in run("report", name, env={"SOURCE_DATE_EPOCH": "1511395200"}).out


def test_contradictions_are_told_here_and_on_the_page(run, write):
    done = run("report", write("registered,voters,candidate,votes\n50,60,One,60\n"))
    assert done.code == 0
    assert "PRI101" in done.err
    assert "PRI101" in done.out


def test_without_the_extra_there_are_no_pictures_and_it_is_said(run, write, monkeypatch):
    def without(name: str) -> object:
        if name in ("altair", "vl_convert", "shapely"):
            raise ModuleNotFoundError(name=name)
        return import_module(name)

    monkeypatch.setattr("primaire.extras.import_module", without)
    done = run("report", write(TOWN))
    assert done.code == 0
    assert "<svg" not in done.out
    assert "<table" in done.out
    assert done.err.startswith("No pictures: ")
    assert "pip install 'primaire[charts]'" in done.err
    assert done.err.count("\n") == 2
    assert run("report", "a.csv", "--quiet").err == ""


def test_help_loads_nothing_that_draws(run):
    before = set(sys.modules)
    assert run("report", "--help").code == 0
    assert not {"altair", "vl_convert", "primaire.reporting.page"} & (set(sys.modules) - before)


WENT = "Where the votes went"


@pytest.fixture
def undrawn(monkeypatch):
    """Pages without pictures, which take their time."""
    monkeypatch.setattr("primaire.reporting.drawing.Drawings.figure", lambda *_: iter(()))


@pytest.mark.usefixtures("undrawn")
def test_where_votes_went_is_estimated_unless_it_is_not_wanted(run, write):
    name = write(known_transfers())
    done = run("report", name)
    assert (done.code, done.err) == (0, "")
    assert WENT in done.out
    without = run("report", name, "--no-transfers")
    assert (without.code, without.err) == (0, "")
    assert WENT not in without.out
    assert command_told(without.out) == "primaire report a.csv --no-transfers"
    assert "transfers" not in command_told(done.out)


@pytest.mark.usefixtures("undrawn")
def test_what_takes_too_long_is_left_out_and_said_with_the_option_that_does_it(run, write, monkeypatch):
    name = write(known_transfers())
    monkeypatch.setattr("primaire.reporting.transfers.MOST", 14)
    done = run("report", name)
    assert done.code == 0
    assert WENT not in done.out
    assert done.err.count("\n") == 1
    assert "15 units" in done.err
    assert "--transfers" in done.err
    assert run("report", name, "--quiet").err == ""
    asked = run("report", name, "--transfers")
    assert (asked.code, asked.err) == (0, "")
    assert WENT in asked.out
    assert command_told(asked.out) == "primaire report a.csv --transfers"


def test_where_it_cannot_be_estimated_the_option_is_refused(run, write, here):
    done = run("report", write(TOWN), "--transfers", "-o", "page.html")
    assert (done.code, done.out) == (4, "")
    assert "one round only" in done.err
    assert [path.name for path in here.iterdir()] == ["a.csv"]


@pytest.mark.usefixtures("undrawn")
def test_a_vote_that_is_left_out_though_asked_for_is_told(run, write):
    head, *lines = known_transfers().splitlines()
    elsewhere = [line.replace(",Ville,", ",Bourg,") for line in lines if line.startswith("Mairie,1,")]
    name = write("\n".join([head, *lines, *elsewhere]) + "\n")
    assert run("report", name).err == ""
    done = run("report", name, "--transfers")
    assert done.code == 0
    assert len(re.findall('id="[^"]*-transfers"', done.out)) == 1
    assert done.err.count("\n") == 1
    assert "“Mairie: Bourg: 15 units”. There is one round only" in done.err


def test_help_and_the_documents_say_how_many_units_are_few(run):
    assert f"{MOST:,} units" in " ".join(run("report", "--help").out.replace("│", " ").split())
    assert f"{MOST:,} units" in (DOCS / "report.md").read_text(encoding="utf-8")
