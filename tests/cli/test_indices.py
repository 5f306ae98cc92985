"""``primaire indices`` on the command line."""

from __future__ import annotations

import csv
import io

import pytest

HEADER = "election,round,contest,unit,departement,candidate,label,votes,elected"
FIRST = f"{HEADER}\nHouse,1,X,X,Ain,Ann,L,60,yes\nHouse,1,X,X,Ain,Bob,R,40,no\nHouse,1,Y,Y,Var,Cid,L,45,no\nHouse,1,Y,Y,Var,Dan,R,55,no\n"
SECOND = f"{HEADER}\nHouse,2,Y,Y,Var,Cid,L,60,yes\nHouse,2,Y,Y,Var,Dan,R,40,no\n"


@pytest.fixture
def files(write):
    return write(FIRST, "first.csv"), write(SECOND, "second.csv")


def rows(done):
    return {(row["round"], row["index"], row["of"]): row for row in csv.DictReader(io.StringIO(done.out))}


def test_the_files_of_two_rounds_are_one_election(run, files):
    done = run("indices", *files, "--by", "nuance", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    found = rows(done)
    # L has 105 of 200 votes and both seats: 47.5 points too many.
    assert found["1", "disproportionality (Loosemore-Hanby)", "valid votes and seats"]["value"] == "47.5"
    # From 52.5 to 60 per cent.
    assert found["2", "volatility (Pedersen)", "change in valid votes"]["value"] == "7.5"


def test_one_round_says_that_the_other_is_missing(run, files):
    for file in files:
        done = run("indices", file, "--by", "nuance")
        assert done.code == 0
        assert "disproportionality" not in done.out
        assert "name it too" in done.out or "name the file of that round too" in " ".join(done.out.split())


def test_nationalisation_over_a_level(run, files):
    done = run("indices", files[0], "--by", "nuance", "--over", "departement", "--candidate", "L", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    # L has 0.6 and 0.45: Gini (-0.45 + 0.6) / (2 · 1.05) = 1/14.
    value = rows(done)["1", "nationalisation (Jones-Mainwaring)", "valid votes by departement"]["value"]
    assert float(value) == pytest.approx(13 / 14)


@pytest.mark.parametrize(
    ("words", "code", "seen"),
    [
        (("--over", "commun"), 2, "commune"),
        (("--over", "commune"), 4, "commune"),
        (("--over", "departement"), 4, "Name a finer level"),
        (("--before", "round=3", "--after", "round=1"), 4, "1, 2"),
    ],
)
def test_what_cannot_be_answered_is_refused(run, files, words, code, seen):
    done = run("indices", *files, *words)
    assert (done.code, done.out) == (code, "")
    assert seen in done.err


def test_there_are_candidates_to_choose_from_only_over_places(run, files):
    done = run("indices", files[0], "--candidate", "Ann")
    assert (done.code, done.out) == (4, "")
    assert "no candidates to choose from" in done.err


def test_two_votes_are_chosen(run, files):
    done = run("indices", *files, "--before", "round=1", "--after", "round=2", "--format", "csv")
    assert done.code == 0
    assert {key[0] for key in rows(done)} == {"2"}
