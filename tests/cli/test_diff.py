"""``primaire diff``: files, units, and what is refused."""

from __future__ import annotations

import csv
import io
import json

import pytest

EVENING = "election,unit,voters,candidate,votes\nVote,A,100,One,60\nVote,A,100,Other,30\nVote,B,50,One,20\nVote,B,50,Other,20\n"
FINAL = EVENING.replace("One,60", "One,55") + "Vote,C,80,One,50\nVote,C,80,Other,20\n"


@pytest.fixture
def files(write):
    return write(EVENING, "evening.csv"), write(FINAL, "final.csv")


def test_two_files(run, files):
    done = run("diff", *files)
    assert (done.code, done.err) == (0, "")
    assert "evening.csv → final.csv" in done.out
    assert "To be checked: votes went down" in done.out
    assert "1 unit was added: C." in done.out


def test_the_units(run, files):
    done = run("diff", *files, "--units", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert (done.code, {row["unit"] for row in rows}) == (0, {"A", "C"})
    (changed,) = [row for row in rows if row["unit"] == "A" and row["figure"] == "votes"]
    assert (changed["candidate"], changed["change"]) == ("One", "-5")


def test_the_sequence_that_ships(run):
    done = run("diff", "publications", "--format", "json")
    assert done.code == 0
    held = json.loads(done.out)
    rows = held if isinstance(held, list) else held["rows"]
    assert [row["to_check"] for row in rows if row["candidate"] == "Manuel Valls"] == [True, True, False]


def test_one_file_is_not_enough(run, files):
    done = run("diff", files[0])
    assert (done.code, done.out) == (4, "")
    assert "one publication only" in done.err


def test_no_file_at_all(run):
    done = run("diff")
    assert (done.code, done.out) == (2, "")
    assert "primaire diff evening.csv final.csv" in done.err


@pytest.mark.parametrize("level", ["0", "1", "abc", "-1", "nan"])
def test_a_level_that_is_none(run, files, level):
    done = run("diff", *files, "--level", level)
    assert (done.code, done.out) == (2, "")
    assert "--level" in done.err


def test_other_votes(run, write, files):
    done = run(
        "diff", files[0], write(EVENING.replace("Vote,", "Vote 2,").replace("One", "Else").replace("Other", "Who"))
    )
    assert (done.code, done.out) == (4, "")
    assert "not publications of the same result" in done.err


def test_nothing_but_totals(run, write):
    """Publications of turnout alone have no candidates."""
    done = run(
        "diff", write("election,unit,voters\nVote,A,100\n"), write("election,unit,voters\nVote,A,120\n", "b.csv")
    )
    assert done.code == 0
    assert "20 voters more" in done.out


def test_a_level_has_no_effect_on_units(run, files):
    done = run("diff", *files, "--units", "--level", "0.05")
    assert (done.code, done.out) == (2, "")
    assert "--level has no effect with --units" in done.err


def test_elections_that_are_called_by_their_files_are_not_named(run, write):
    one = write("unit,voters,candidate,votes\nA,100,One,60\nA,100,Other,30\n", "evening.csv")
    other = write("unit,voters,candidate,votes\nA,120,One,70\nA,120,Other,40\n", "final.csv")
    done = run("diff", one, other)
    assert (done.code, done.out.splitlines()[0]) == (0, "Round 1")
