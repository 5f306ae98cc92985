"""Margin as a user meets it: what is printed, what is said, and the exit code."""

from __future__ import annotations

import csv
import io
import json

import pytest

TOWN = """election,date,contest,level,coverage,commune,commune_code,departement_code,station,registered,valid,candidate,votes
Municipales 2014,2014-03-23,Lézardrieux,station,whole,Lézardrieux,22127,22,1,700,400,A,200
Municipales 2014,2014-03-23,Lézardrieux,station,whole,Lézardrieux,22127,22,1,700,400,B,200
Municipales 2014,2014-03-23,Lézardrieux,station,whole,Lézardrieux,22127,22,2,700,385,A,193
Municipales 2014,2014-03-23,Lézardrieux,station,whole,Lézardrieux,22127,22,2,700,385,B,192
"""
CONFLANS = ("margin", "conflans", "--election", "législative")


def cells(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_six_ballots_are_enough_for_doubt_at_conflans(run):
    done = run(*CONFLANS)
    assert (done.code, done.err) == (0, "")
    # 45 - 39 = 6 of 84, and there are not as many ballots besides.
    assert "Christophe Paris leads by 6 votes here: 6 irregular ballots are enough for a tie." in done.out
    (row,) = cells(run(*CONFLANS, "--format", "csv").out)
    assert [row[name] for name in ("margin_of", "votes", "bar", "margin", "deduct", "add", "valid")] == [
        "first against second", "45", "39", "6", "6", "", "84",
    ]  # fmt: skip


def test_with_the_disputed_sections_unknown_the_constituency_is_open_from_six_electors_on(run):
    done = run(*CONFLANS, "--unknown", "Vernouillet", "--unknown", "Triel")
    assert (done.code, done.err) == (0, "")
    assert (
        "How many electors there are in Vernouillet, Triel is not published; 6 alone could change who leads here."
        in done.out
    )
    rows = json.loads(run(*CONFLANS, "--unknown", "Vernouillet=?", "--unknown", "Triel=4", "--format", "json").out)[
        "rows"
    ]
    assert [(row["open_from"], row["stands"]) for row in rows] == [(6, None)]
    settled = run(*CONFLANS, "--unknown", "Vernouillet=3", "--unknown", "Triel=2")
    assert "The 5 electors in Vernouillet, Triel alone could not change who leads here: it would take 6." in settled.out
    assert "Settled" not in settled.out


def test_one_ballot_less_and_there_is_no_majority(run, write):
    done = run("margin", write(TOWN), "--deduct", "1")
    assert (done.code, done.err) == (0, "")
    assert "With 1 ballot deducted, A has 392 of 784, the majority is 393: nobody is elected in round 1." in done.out


def test_without_a_station_there_is_no_majority_either(run, write):
    done = run("margin", write(TOWN), "--annul", "2", "--format", "json")
    answer = json.loads(done.out)
    (row,) = [row for row in answer["rows"] if row["margin_of"] == "absolute majority"]
    # 200 of 400; before, 393 of 785.
    assert [row[name] for name in ("votes", "bar", "margin", "margin_before", "registered")] == [200, 201, -1, 0, 1400]


def test_the_words_are_those_of_the_language(run):
    done = run(*CONFLANS, "--lang", "fr")
    assert (done.code, done.err) == (0, "")
    # 45 votes against 39.
    assert "Christophe Paris mène ici de 6 voix" in done.out


@pytest.mark.parametrize(
    ("words", "code", "seen"),
    [
        (("--deduct", "85"), 4, "85 ballots cannot be deducted from 84 valid votes"),
        (("--annul", "Vernouillet"), 4, "No unit is called “Vernouillet” here."),
        (("--annul", "Conflans"), 4, "Without these units, nothing is left"),
        (("--deduct", "none"), 2, "--deduct “none” is not a number of 1 or more."),
        (("--add", "0"), 2, "--add “0” is not a number of 1 or more."),
        (("--unknown", "Triel=many"), 2, "--unknown Triel= “many” is not a number of 1 or more."),
        (("--unknown", ""), 2, "--unknown “” names no unit."),
        (("--annul", " "), 2, "--annul “ ” names no unit."),
        (("--unknown", "Conflans"), 4, "nothing is left"),
        (("--unknown", "Triel=4", "--unknown", "Triel=5"), 2, "“Triel” and “Triel” name a unit twice"),
        (("--unknown", "=4"), 2, "--unknown “=4” names no unit."),
        (("--unknown", "Triel=4", "--deduct", "1"), 2, "one at a time"),
        (("--annul", "Triel", "--unknown", "Triel=4"), 2, "“Triel” cannot be annulled and unknown at once."),
        (("--of", "qualificaton"), 2, "Did you mean “qualification”?"),
        (("--of", "qualification"), 4, "Christophe Paris comes first, with 45 votes."),
    ],
)
def test_what_cannot_be_answered_is_refused(run, words, code, seen):
    done = run(*CONFLANS, *words)
    assert (done.code, done.out) == (code, "")
    assert seen in done.err


def test_a_rule_that_lacks_the_registered_voters_is_refused(run, write):
    deputies = (
        "election,date,contest,level,coverage,candidate,votes\nLégislatives 2017,2017-06-11,78-7,constituency,whole,"
    )
    done = run("margin", write(f"{deputies}A,60\n{deputies.splitlines()[1]}B,40\n"))
    assert (done.code, done.out) == (4, "")
    assert "asks for a share of the registered voters, and their number is not published" in done.err
