"""Outcome as a user meets it: what is printed, what is said, and the exit code."""

from __future__ import annotations

import csv
import io
import json

import pytest

TEN_LINES = """rules = 1
title = "Our primary"
[[round]]
elected = { conditions = ["more than 1/2 of valid"] }
qualified = { first = 2 }
[[round]]
elected = {}
"""
DEPUTY = """election,date,contest,level,constituency_code,departement_code,registered,valid,candidate,votes
Législatives 2021,2021-05-30,78-7,constituency,7807,78,9200,2790,Ada,2293
Législatives 2021,2021-05-30,78-7,constituency,7807,78,9200,2790,Bea,400
Législatives 2021,2021-05-30,78-7,constituency,7807,78,9200,2790,Cal,97
"""
VOTE = "candidate,votes\nAlice,45\nBruno,37\nCarla,12\n"


def cells(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_country_has_an_outcome(run):
    done = run("outcome", "national")
    assert (done.code, done.err) == (0, "")
    # 1,634,039 valid votes: 817,020 are more than half; 817,020 - 596,647 = 220,373.
    assert "closest: Benoît Hamon, 596,647 votes, 220,373 short of the absolute majority (817,020)." in done.out
    # 1,181,872 - 831,871 = 350,001.
    assert "Elected: Benoît Hamon, 350,001 votes ahead of Manuel Valls." in done.out
    assert "Rule “primaire-gauche-2017”, applied to Primaire de la gauche 2017" in done.out


def test_one_town_of_it_elects_nobody(run):
    done = run("outcome", "conflans", "--election", "primaire")
    assert (done.code, done.out) == (4, "")
    assert done.err.splitlines() == [
        "Error: Nobody can be declared elected here.",
        "  Primaire de la gauche 2017, round 1, 22 January 2017: Conflans-Sainte-Honorine is only a part of France. Manuel Valls comes first, with 411 votes.",
        "  Primaire de la gauche 2017, round 2, 29 January 2017: Conflans-Sainte-Honorine is only a part of France. Benoît Hamon comes first, with 842 votes.",
        "If these units are the whole contest after all, say so: --assume-whole.",
    ]


@pytest.mark.parametrize("form", ["table", "markdown", "latex", "html", "plain"])
def test_what_is_assumed_is_said_in_every_form_for_people(run, form):
    done = run("outcome", "conflans", "--election", "primaire", "--assume-whole", "--format", form)
    assert done.code == 0
    assert "Assumed, as asked for, and not known: these units are the whole of the contest." in done.out


def test_what_is_assumed_is_in_every_row_for_machines(run):
    words = ["outcome", "conflans", "--election", "primaire", "--assume-whole", "--format"]
    assert {row["assumed_whole"] for row in cells(run(*words, "csv").out)} == {"true"}
    assert {row["assumed_whole"] for row in json.loads(run(*words, "json").out)["rows"]} == {True}


def test_a_deputy_lacks_seven_votes(run, write):
    done = run("outcome", write(DEPUTY))
    assert (done.code, done.err) == (0, "")
    assert "closest: Ada, 2,293 votes, 7 short of a quarter of registered (2,300)" in done.out
    assert "L. 126" in done.out
    assert "L. 162" in done.out
    assert "L. 52-11-1" in done.out


def test_rules_of_ten_lines_are_enough(run, write):
    rules = write(TEN_LINES, "ours.toml")
    assert len(TEN_LINES.splitlines()) <= 10
    done = run("outcome", write(VOTE), "--rules", rules)
    assert (done.code, done.err) == (0, "")
    # 94 votes: 48 are more than half.
    assert (
        "closest: Alice, 45 votes, 3 short of the absolute majority (48). Through to round 2: Alice, Bruno." in done.out
    )


def test_fates_are_chosen_in_either_language(run, write):
    rules, file = write(TEN_LINES, "ours.toml"), write(VOTE)
    for words in (["--fate", "eliminated"], ["--fate", "éliminé"]):
        rows = cells(run("outcome", file, "--rules", rules, "--format", "csv", *words).out)
        assert [row["candidate"] for row in rows] == ["Carla"]


def test_a_summary_counts_contests(run, write):
    done = run("outcome", write(DEPUTY), "--summary", "--format", "csv")
    assert {(row["fact"], row["number"], row["contests"], row["which"]) for row in cells(done.out)} == {
        ("votes were cast", "", "1", "78-7"),
        ("another round is needed", "", "1", "78-7"),
        ("a majority lacks another condition", "", "1", "78-7"),
        ("the threshold to go on is reached by", "1", "1", "78-7"),
        ("through to the next round go", "2", "1", "78-7"),
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--rules", "municipale"], 2, "Did you mean “municipales”?"),
        (["--rules", "nowhere.toml"], 3, "“nowhere.toml” cannot be read"),
        (["--rules", "bad.toml"], 2, "did you mean “round”?"),
        (["--rules", "odd.toml"], 3, "there is no round after this one"),
        (["--rules", "broken.toml"], 3, "is not valid TOML"),
        (["--rules", "ours.toml", "--summary", "--fate", "elected"], 4, "has no outcomes to choose from"),
        (["--fate", "elekted"], 2, "Did you mean “elected”?"),
        (["--rules", "ours.toml", "--fate", "withdrawn"], 4, "Nobody here is: withdrawn."),
        (["--seats", "none"], 2, "--seats “none” is not a number of 1 or more."),
        ([], 4, "is no kind of election that has rules here"),
        (["--rules", "legislatives"], 4, "--rules chooses one of them"),
        (["--rules", "legislatives-1995"], 4, "registered voters, and their number is not published"),
        (["--rules", "municipales-names-2014"], 4, "number is not"),
    ],
)
def test_mistakes_are_told_with_what_to_do(run, write, words, code, said):
    write(TEN_LINES, "ours.toml")
    write(TEN_LINES.replace("[[round]]", "[[rond]]"), "bad.toml")
    write("rules = 1\n[[round]]\nelected = {}\nqualified = { first = 2 }\n", "odd.toml")
    write("rules = ", "broken.toml")
    done = run("outcome", write(VOTE), *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_an_election_of_1936_has_no_rule(run, write):
    done = run("outcome", write(DEPUTY.replace("2021-05-30", "1936-04-26").replace("2021", "1936")))
    assert done.code == 4
    assert "No rule that is known here was in force for this date (1936-04-26)." in done.err


def test_a_station_of_a_constituency_elects_nobody(run, write):
    rows = "".join(
        f"Législatives 2017,78-7,7807,78,{number},{name},{votes},400\n"
        for number, one in enumerate(((50, 20), (30, 40)), start=1)
        for name, votes in zip(("Ada", "Bea"), one, strict=True)
    )
    file = write(f"election,contest,constituency_code,departement_code,station_code,candidate,votes,registered\n{rows}")
    done = run("outcome", file)
    assert done.code == 0
    # 80 of 140 valid, and a quarter of 800 is 200: 12.5 % are 100. Nobody; the two first go on.
    assert "closest: Ada, 80 votes, 120 short of a quarter of registered (200)." in done.out
    assert "does not say whether this is the whole of 78-7 (2 units)" in done.out
    cut = run("outcome", file, "--where", "station_code=1")
    assert cut.code == 4
    assert "1 is only a part of 78-7" in cut.err


def test_those_chosen_of_many_contests_are_one_list(run, write):
    other = DEPUTY.replace("78-7", "78-8").replace("7807", "7808").partition("\n")[2]
    done = run("outcome", write(DEPUTY + other), "--fate", "eliminated")
    assert done.code == 0
    rows = [line.split() for line in done.out.splitlines() if "Cal" in line]
    assert [row[:3] for row in rows] == [["1", "78-7", "3"], ["1", "78-8", "3"]]
    assert "Registered" not in done.out
