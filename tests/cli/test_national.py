"""What one asks of a national file: places by code, nuances, two votes brought together."""

from __future__ import annotations

import csv
import io

import pytest

HEADER = "election,round,contest,level,unit,departement_code,departement,commune_code,commune,registered,voters,candidate,label,votes"


def station(contest, unit, departement, commune, registered, votes, *, round=1, election="Législatives 2017"):
    """Return the lines of one station: votes by candidate and nuance."""
    place = f"{departement},{commune},{registered},{sum(votes.values())}"
    start = f"{election},{round},{contest},station,{unit},{place}"
    return "".join(f"{start},{name.replace(':', ',')},{count}\n" for name, count in votes.items())


AIN, YVELINES = "01,Ain", "78,Yvelines"
CONFLANS, ANDRESY, BOURG = "78172,Conflans-Sainte-Honorine", "78015,Andrésy", "01053,Bourg-en-Bresse"

FIRST = HEADER + "\n" + "".join([
    station("78-7", "78172_0001", YVELINES, CONFLANS, 100, {"Ann:REM": 30, "Bob:LR": 20}),
    station("78-7", "78172_0002", YVELINES, CONFLANS, 60, {"Ann:REM": 10, "Bob:LR": 15}),
    station("78-12", "78015_0001", YVELINES, ANDRESY, 40, {"Cid:REM": 10, "Dan:": 5}),
    station("01-1", "01053_0001", AIN, BOURG, 200, {"Eve:LR": 70, "Fay:REM": 50}),
])  # fmt: skip

SECOND = HEADER + "\n" + "".join([
    station("78-7", "78172_0001", YVELINES, CONFLANS, 150, {"ANN:REM": 60, "Bob:LR": 20}, round=2),
    station("01-1", "1053_0001", "1,AIN", "1053,BOURG EN BRESSE", 200, {"Eve:LR": 60, "Fay:REM": 60}, round=2),
    station("78-9", "78999_0001", YVELINES, "78999,Newtown", 9, {"Gus:LR": 3}, round=2),
])  # fmt: skip


@pytest.fixture
def files(write):
    return write(FIRST, "first.csv"), write(SECOND, "second.csv")


def rows(done):
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_nation_is_added_up_by_nuance(run, files):
    done = run("results", files[0], "--by", "nuance", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    votes = {row["candidate"]: (row["votes"], row["rank"]) for row in rows(done)}
    # LR 20 + 15 + 70, REM 30 + 10 + 10 + 50.
    assert votes == {"LR": ("105", "1"), "REM": ("100", "2"), "no nuance": ("5", "3")}
    assert rows(done)[0]["registered"] == "400"
    assert rows(done)[0]["turnout"] == "52.5"  # 210 of 400


@pytest.mark.parametrize("words", [("--by", "departement", "--by", "nuance"), ("--by", "departement,nuance")])
def test_a_level_and_nuances(run, files, words):
    done = run("results", files[0], *words)
    assert (done.code, done.err) == (0, "")
    assert done.out.index("Yvelines") < done.out.index("no nuance") < done.out.index("Ain")
    assert "nuance" in done.out
    assert "Candidates of 3 contests are added up by their nuance" in done.out


def test_what_is_added_up_by_nuance_is_in_the_language(run, files):
    assert "no nuance" not in run("results", files[0], "--by", "nuance", "--lang", "en").err
    done = run("turnout", files[0], "--by", "departement", "--format", "csv")
    assert [(row["unit"], row["registered"], row["voters"]) for row in rows(done)] == [
        ("Yvelines", "200", "90"),
        ("Ain", "200", "120"),
    ]


def test_without_nuances_the_error_says_what_can_be_done(run, write):
    done = run("results", write(FIRST.replace("REM", "").replace("LR", "")), "--by", "nation")
    assert (done.code, done.out) == (4, "")
    assert "3 contests" in done.err
    assert "--contest" in done.err
    assert "turnout" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("--where", "departement=78", "--where", "commune=172"),
        ("--where", "commune=conflans-sainte-honorine"),
        ("--where", "commune=78172"),
        ("--where", "commune_code=78172"),
    ],
)
def test_a_commune_by_its_name_or_code(run, files, words):
    done = run("turnout", files[0], *words, "--format", "csv")
    assert [(row["registered"], row["units"]) for row in rows(done)] == [("160", "2")]


def test_a_code_without_its_zero(run, files):
    done = run("turnout", files[0], "--where", "departement=1", "--format", "csv")
    assert [row["registered"] for row in rows(done)] == ["200"]
    assert run("turnout", files[0], "--where", "departement=7").code == 4


def test_a_misspelt_commune_is_proposed(run, files):
    done = run("results", files[0], "--where", "commune=Conflan Saint-Honorine")
    assert done.code == 4
    assert "Did you mean “Conflans-Sainte-Honorine”?" in done.err


def test_two_levels_are_too_many(run, files):
    done = run("results", files[0], "--by", "commune,departement")
    assert (done.code, done.out) == (2, "")
    assert "commune, departement at once" in done.err


def test_communes_of_two_files_are_met_by_code_and_the_others_are_named(run, files):
    done = run("swing", *files, "--by", "commune")
    assert (done.code, done.err) == (0, "")
    assert "1 commune of the first vote (40 registered) without a counterpart in the second: Andrésy." in done.out
    assert "1 commune of the second vote (9 registered) without a counterpart in the first: Newtown." in done.out
    frame = rows(run("swing", *files, "--by", "commune", "--format", "csv"))
    found = {(row["unit"], row["candidate"]): (row["votes_before"], row["votes_after"]) for row in frame}
    assert found["Conflans-Sainte-Honorine", "ANN"] == ("40", "60")
    assert found["BOURG EN BRESSE", "Eve"] == ("70", "60")


def test_what_has_no_counterpart_is_listed_in_full(run, files):
    done = run("swing", *files, "--by", "commune", "--unmatched", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    assert [(row["vote"], row["code"], row["unit"], row["registered"], row["voters"]) for row in rows(done)] == [
        ("first", "78015", "Andrésy", "40", "15"),
        ("second", "78999", "Newtown", "9", "3"),
    ]


def test_nothing_unmatched_is_no_error(run, files):
    done = run("swing", files[0], files[0], "--by", "commune", "--unmatched")
    assert (done.code, done.err) == (0, "")
    assert "none" in done.out
    assert rows(run("compare", files[0], "--against", files[0], "--by", "unit", "--unmatched", "--format", "csv")) == []


def test_a_crosswalk_brings_changed_communes_together(run, files, write):
    walk = write("ancien;nouveau\n78015;78999\n", "walk.csv")
    done = run("swing", *files, "--crosswalk", walk)
    assert (done.code, done.err) == (0, "")
    assert "Newtown" in done.out
    assert "without a counterpart" not in done.out
    assert "1 place has the code that walk.csv gives it." in done.out


def test_a_crosswalk_splits_by_weights(run, files, write):
    walk = write("old,new,weight\n01053,01053,1/4\n01053,78999,3/4\n", "walk.csv")
    done = run("swing", *files, "--crosswalk", walk, "--by", "commune", "--format", "csv")
    assert done.code == 0
    found = {(row["unit"], row["candidate"]): row["votes_before"] for row in rows(done)}
    # Eve's 70 votes: 17.5 and 52.5, the one left over to the first of equal remainders.
    assert (found["BOURG EN BRESSE", "Eve"], found["Newtown", "Eve"]) == ("18", "52")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("old,new,weight\n1,2,0.5\n1,3,0.4\n", "add up to 0.9"),
        ("old,new\n1,\n", "needs an old and a new code"),
    ],
)
def test_a_crosswalk_that_is_wrong_is_refused_with_its_lines(run, files, write, text, seen):
    done = run("swing", *files, "--crosswalk", write(text, "walk.csv"))
    assert (done.code, done.out) == (3, "")
    assert seen in done.err
    assert "walk.csv:2" in done.err


def test_a_crosswalk_needs_two_votes(run, files, write):
    done = run("swing", files[0], "--crosswalk", write("old,new\n1,2\n", "walk.csv"))
    assert done.code == 2
    assert "Name two sources" in done.err


def test_communes_are_compared_with_their_departement(run, files):
    done = run(
        "compare",
        files[0],
        "--against",
        files[0],
        "--by",
        "commune,nuance",
        "--against-by",
        "departement",
        "--format",
        "csv",
    )
    assert done.code == 0
    found = {(row["unit"], row["candidate"]): (row["share_here"], row["share_there"]) for row in rows(done)}
    # REM in Conflans: 40 of 75; in the Yvelines: 50 of 90.
    here, there = found["Conflans-Sainte-Honorine", "REM"]
    assert float(here) == pytest.approx(100 * 40 / 75)
    assert float(there) == pytest.approx(100 * 50 / 90)


def test_two_elections_that_share_nothing_are_refused(run, write):
    one = write("election,unit,candidate,votes\nBoard 2015,Paris,Ann,3\n", "one.csv")
    other = write("election,unit,candidate,votes\nCouncil 2020,Lyon,Bob,3\n", "other.csv")
    done = run("swing", one, other)
    assert (done.code, done.out) == (4, "")
    assert "Board 2015" in done.err
    assert "Council 2020" in done.err
