"""``primaire convert``: the data themselves, in the format that is read."""

from __future__ import annotations

import pytest

from primaire import load
from tests.returns import values


@pytest.mark.parametrize("name", ["clean.csv", "clean.parquet", "CLEAN.CSV"])
def test_what_is_written_reads_back_the_same(run, here, name):
    done = run("convert", "conflans", "national", "-o", name)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert values(load(here / name)) == values(load("conflans", "national"))


def test_a_copy_of_a_copy_is_the_same_file(run, here):
    run("convert", "conflans", "-o", "first.csv")
    run("convert", "first.csv", "-o", "second.parquet")
    run("convert", "second.parquet", "-o", "third.csv")
    assert (here / "third.csv").read_bytes() == (here / "first.csv").read_bytes()


def test_it_answers_as_the_original_does(run):
    run("convert", "conflans", "-o", "clean.parquet")
    asked = ("--round", "2", "--format", "csv")
    assert run("results", "clean.parquet", *asked).out == run("results", "conflans", *asked).out


def test_without_a_file_it_is_csv_in_every_language(run):
    english, french = run("convert", "conflans"), run("convert", "conflans", "--lang", "fr")
    assert english.data == french.data
    assert english.out.startswith("format_version,election,date,")


def test_a_selection_is_converted_alone(run):
    done = run("convert", "conflans", "--election", "primaire", "--round", "2")
    assert [line.split(",")[3] for line in done.out.splitlines()[1:]] == ["2", "2"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("-o", "clean.xlsx"), "xlsx"),
        (("-o", "clean"), "clean"),
        (("--format", "json"), "json"),
        (("--format", "csw", "-o", "clean.csv"), "csw"),
    ],
)
def test_another_format_is_refused_with_those_there_are(run, here, words, seen):
    done = run("convert", "nothing_is_read.csv", *words)
    assert (done.code, done.out) == (2, "")
    assert seen in done.err
    assert "csv, parquet" in done.err
    assert list(here.iterdir()) == []


def test_a_name_that_would_act_on_a_terminal_is_kept_in_a_file(run, write):
    write("candidate,votes\n\x1b[31mAnn,1\n")
    assert "\x1b[31mAnn" in run("convert", "a.csv").out
