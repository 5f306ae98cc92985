"""Names that do not exist: what there is instead, and the closest. Exit code 2 for primaire's names, 4 for the data's."""

from __future__ import annotations

import csv

import pytest

NOT_HELD = [
    ("results --round 3", "round 3", "1, 2", None),
    ("results --election designatoin", "designatoin", "Primaire de la gauche 2017, Désignation législative 2017", None),
    ("results --contest Frence", "Frence", "France, 7e circonscription des Yvelines", "France"),
    ("results --candidate Hammon", "Hammon", "Manuel Valls, Benoît Hamon", "Hamon"),
    (
        "results --where commune=Conflens-Sainte-Honorine",
        "Conflens",
        "Conflans-Sainte-Honorine",
        "Conflans-Sainte-Honorine",
    ),
    ("results --where commune_code=7817", "7817", "78172", "78172"),
    ("results --where region=Bretagne", "Bretagne", "none", None),
    ("results --election internal --round 2", "internal", "Primaire", None),
    ("results --election vote --round 2", "round 2", "1", None),
    ("swing --before round=3 --after round=1", "round 3", "1, 2", None),
    ("turnout --candidate Hamon", "candidates", "", None),
    ("results --by canton", "canton", "", None),
    ("swing national --round 1", "one round", "--before", None),
    ("compare --against a.csv", "in both", "Primaire de la gauche 2017", None),
]
UNKNOWN = [
    ("results --format cvs", "cvs", "table, markdown, latex, html, plain, csv, json, jsonl, xlsx, parquet", "csv"),
    ("results --lang de", "de", "en, fr", None),
    ("results --base votters", "votters", "valid, voters, registered", None),
    (
        "results --by comune",
        "comune",
        "contest, nation, region, departement, constituency, canton, commune, station, unit, nuance",
        "commune",
    ),
    ("results --where comune=x", "comune", "commune", "commune"),
    ("results --sort vote", "vote", "votes", "votes"),
    ("results --round two", "two", "", None),
    ("results --round 0", "0", "", None),
    ("results --top -1", "-1", "", None),
    ("results --where commune", "commune", "KEY=VALUE", None),
    ("swing --before 1", "1", "KEY=VALUE", None),
    ("swing --before round=one", "one", "", None),
    ("results -o results.doc", "results.doc", ".xlsx", None),
]


@pytest.mark.parametrize(("command", "seen", "held", "near"), NOT_HELD, ids=[case[0] for case in NOT_HELD])
def test_what_the_data_do_not_hold_is_told_with_what_they_hold(run, write, command, seen, held, near):
    write("candidate,votes\nA,1\n")
    done = run(*command.split(), "-q")
    assert (done.code, done.out) == (4, "")
    assert seen in done.err.splitlines()[0]
    assert held in done.err
    assert near is None or f"Did you mean “{near}”?" in done.err


@pytest.mark.parametrize(("command", "seen", "held", "near"), UNKNOWN, ids=[case[0] for case in UNKNOWN])
def test_a_name_that_does_not_exist_is_told_with_those_that_do(run, here, command, seen, held, near):
    done = run(*command.split(), "-q")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: ")
    assert seen in done.err.splitlines()[0]
    assert held in done.err
    assert near is None or near in done.err.splitlines()[-1]
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("option", ["--format=cvs", "--lang=de", "--output=results.doc"])
def test_a_wrong_option_is_told_before_anything_is_read(run, option):
    done = run("results", "no such file", option)
    assert done.code == 2
    assert "no such file" not in done.err


def test_many_names_are_cut_short_and_it_is_said(run, write):
    name = write("candidate,votes\n" + "".join(f"Candidate {number},{number}\n" for number in range(1, 41)))
    done = run("results", name, "--candidate", "nobody")
    assert done.code == 4
    assert "Candidate 29" in done.err  # the last of the twelve with most votes
    assert "Candidate 28" not in done.err
    assert "(28)" in done.err


STATIONS = "unit,commune,candidate,votes\n1,Andrésy,A,10\n1,Andrésy,B,5\n2,Poissy,A,1\n2,Poissy,B,2\n3,Achères,A,4\n3,Achères,B,4\n"


def test_two_values_of_one_key_mean_either(run, write):
    done = run("results", write(STATIONS), "--where", "commune=andresy", "--where", "commune=poissy", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    # 10 + 1 votes for A, 5 + 2 for B; Achères is left out.
    assert [(row["candidate"], row["votes"]) for row in csv.DictReader(done.out.splitlines())] == [
        ("A", "11"),
        ("B", "7"),
    ]


def test_a_base_that_is_nearly_one_is_proposed(run):
    done = run("results", "conflans", "--base", "votters")
    assert (done.code, done.out) == (2, "")
    assert "“voters”" in done.err


def test_a_source_without_a_name_is_refused(run):
    done = run("results", "")
    assert (done.code, done.out) == (3, "")
    assert "no name" in done.err


def test_compare_says_what_it_lacks(run):
    done = run("compare", "conflans")
    assert (done.code, done.out) == (2, "")
    assert "--against" in done.err
