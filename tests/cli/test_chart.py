"""``primaire chart`` as a user meets it: files whole or not at all, wrong words told, nothing drawn that was not asked for."""

import re
import sys
from pathlib import Path

import pytest

TOWN = "candidate,votes\nOne,60\nTwo,30\n"
FORMATS = {"svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "json": b"{"}


@pytest.mark.parametrize("extension", FORMATS)
def test_a_file_has_the_format_of_its_name(run, write, extension):
    name = write(TOWN)
    done = run("chart", "results", name, "-o", f"town.{extension}")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert Path(f"town.{extension}").read_bytes().startswith(FORMATS[extension])


def test_a_pipe_gets_the_bytes_that_a_file_gets(run, write):
    name = write(TOWN)
    piped = run("chart", "results", name)
    assert (piped.code, piped.err) == (0, "")
    run("chart", "results", name, "-o", "town.svg")
    assert Path("town.svg").read_bytes() == piped.data


def test_without_a_source_conflans_is_drawn_and_said(run):
    done = run("chart", "results", "--round", "2", "--lang", "fr")
    assert done.code == 0
    assert "Conflans-Sainte-Honorine" in done.err
    assert re.search(r"57,9\s%", done.out)
    assert run("chart", "results", "--round", "2", "--quiet").err == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("result", "a.csv", "-o", "x.svg"), 2, "Did you mean “results”?"),
        (("results", "a.csv", "-o", "x.gif"), 2, ".svg, .png, .pdf, .html, .json"),
        (("results", "a.csv", "--format", "gif"), 2, "svg, png, pdf, html, json"),
        (("results", "a.csv", "--theme", "sepia"), 2, "light, dark, auto"),
        (("results", "a.csv", "--theme", "auto", "-o", "x.png"), 2, "--theme light or --theme dark"),
        (("results", "a.csv", "--width", "10"), 2, "280 to 2,000"),
        (("results", "a.csv", "--width", "wide"), 2, "wide"),
        (("results", "a.csv", "--seats", "3"), 2, "--seats means nothing for a picture of results"),
        (("results", "a.csv", "--merge-below", "3%"), 2, "--merge-below means nothing"),
        (("seats", "a.csv", "--candidate", "one"), 2, "--candidate means nothing for a picture of seats"),
        (("swing", "a.csv", "--against", "a.csv"), 2, "--against means nothing for a picture of swing"),
        (("compare", "a.csv", "--against", "a.csv", "--before", "round=1"), 2, "--before means nothing"),
        (("compare", "a.csv", "--against", "a.csv", "--unmatched"), 2, "--unmatched means nothing"),
        (("compare", "a.csv"), 2, "--against: national, yvelines, or a file"),
        (("compare", "a.csv", "--against", "none.csv"), 3, "none.csv"),
        (("compare", "a.csv", "--against", "national"), 4, "in both"),
        (("results", "a.csv", "--colors", "a.csv"), 3, "name and color"),
        (("results", "a.csv", "--colors", "none.csv"), 3, "none.csv"),
        (("results", "none.csv"), 3, "none.csv"),
        (("results", "a.csv", "--round", "7"), 4, "7"),
        (("results", "a.csv", "--candidate", "tree"), 4, "tree"),
        (("results", "none.csv", "-o", "no/x.svg"), 2, "no folder"),  # before anything is read
        (("results", "a.csv", "-o", "."), 2, "directory"),
    ],
)
def test_wrong_words_are_told_and_nothing_is_written(run, write, here, words, code, said):
    write(TOWN)
    done = run("chart", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert [path.name for path in here.iterdir()] == ["a.csv"]


def test_a_terminal_is_told_to_name_a_file(run, write, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    done = run("chart", "results", write(TOWN))
    assert (done.code, done.out) == (2, "")
    assert "-o picture.svg" in done.err


def test_colours_of_ones_own_are_used(run, write):
    write("nom;couleur\nONE;#12ab56\nTwo;#654321\n", "colours.csv")
    assert '"#12ab56"' in run("chart", "results", write(TOWN), "--colors", "colours.csv").out


def test_without_the_libraries_the_message_names_the_extra(run, write, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    done = run("chart", "results", write(TOWN), "-o", "x.svg")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'primaire[charts]'" in done.err
    assert not Path("x.svg").exists()


def test_only_the_first_are_drawn_where_that_is_asked_for(run, write):
    many = "candidate,votes\n" + "".join(f"Person {n},{n}\n" for n in range(1, 41))
    drawn = run("chart", "results", write(many), "--top", "3").out
    assert drawn.count("Person ") >= 3
    assert "Person 37<" not in drawn


def test_one_place_is_drawn_against_another(run, write):
    here, there = write(TOWN), write("candidate,votes\nOne,30\nTwo,60\n", "b.csv")
    drawn = run("chart", "compare", here, "--against", there, "--candidate", "one")
    assert (drawn.code, drawn.err) == (0, "")
    assert "66.7%" in drawn.out  # 60 of 90
    assert "33.3%" in drawn.out
    assert "Two<" not in drawn.out
