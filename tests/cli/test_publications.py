"""Several publications of one result in a file: every command reads the last, or the one that is asked for."""

from __future__ import annotations

import csv
import io

import pytest

TEXT = "publication,voters,candidate,votes\nevening,80,A,80\nmorning,82,A,82\n"


def shown(done) -> list[str]:
    return [row["voters"] for row in csv.DictReader(io.StringIO(done.out))]


@pytest.mark.parametrize(
    ("options", "voters"), [((), "82"), (("--publication", "evening"), "80"), (("--publication", "MORN"), "82")]
)
def test_one_publication_is_read(run, write, options, voters):
    done = run("results", write(TEXT), "--format", "csv", *options)
    assert (done.code, done.err, shown(done)) == (0, "", [voters])


def test_which_one_is_said_below_the_table(run, write):
    assert "this is the last one, “morning”" in run("results", write(TEXT)).out


def test_one_that_is_not_there_ends_with_4(run, write):
    done = run("results", write(TEXT), "--publication", "noon")
    assert (done.code, done.out) == (4, "")
    assert "evening, morning" in done.err
    assert run("results", "--quiet", "--publication", "noon").code == 4


def test_a_copy_holds_the_one_that_was_read(run, write):
    done = run("convert", write(TEXT), "--publication", "evening", "-o", "copy.csv")
    assert (done.code, done.err) == (0, "")
    assert shown(run("results", "copy.csv", "--format", "csv")) == ["80"]
