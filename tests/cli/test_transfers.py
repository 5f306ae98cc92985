"""Transfers as a user meets them: what is printed, what is said, and the exit code."""

from __future__ import annotations

import csv
import io
import json

import pytest

HEAD = "election,round,contest,level,unit,departement_code,commune,commune_code,station,registered,voters,blank,null,valid,candidate,votes\n"
STATIONS = {
    1: [(1, 125, 100, {"A": 60, "B": 25, "C": 10}), (2, 135, 105, {"A": 25, "B": 50, "C": 25}), (3, 165, 125, {"A": 40, "B": 40, "C": 40})],
    2: [(1, 120, 105, {"A": 65, "B": 35}), (2, 140, 115, {"A": 45, "B": 65}), (3, 160, 125, {"A": 60, "B": 60})],
}  # fmt: skip
"""Three stations with 5 blank and null each; five leave the first roll, five come to the second, five leave the third."""


def round_of(number, commune="Town", code="78001", contest=None, stations=None, head=HEAD):
    """Write a round in primaire's own format."""
    where = f"{contest or commune},station,{commune} {{at}},78,{commune},{code}"
    rows = [
        f"Mairie,{number},{where.format(at=at)},{at},{registered},{voters},3,2,{voters - 5},{name},{votes}\n"
        for at, registered, voters, cast in (stations or STATIONS[number])
        for name, votes in cast.items()
    ]
    return head + "".join(rows)


@pytest.fixture
def two(write):
    return write(round_of(1), "t1.csv"), write(round_of(2), "t2.csv")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_grid_of_who_went_where_its_totals_and_its_bounds(run, two):
    done = run("transfers", *two)
    assert (done.code, done.err) == (0, "")
    assert "Mairie, from round 1 to round 2" in done.out
    assert "Town: 3 units" in done.out
    for heading in ("of 100 electors of", "The same in electors", "What is certain: the bounds"):
        assert heading in done.out
    # After: A 65 + 45 + 60, B 35 + 65 + 60, 9 blank, 6 null, 15 + 25 + 35 stayed away, 10 gone.
    (total,) = [line.split() for line in done.out.splitlines() if line.startswith("all ")]
    assert total == ["all", "170", "160", "9", "6", "75", "10"]


def test_few_stations_draw_no_arrow(run, two):
    # Three stations for seven options before.
    for asked in ((), ("--no-intervals",)):
        out = " ".join(run("transfers", *two, *asked).out.split())
        assert "These figures say little: the units are few for so many options." in out
        assert "as estimated:" not in out


def test_one_row_a_cell_for_machines_and_the_totals_exact(run, two):
    done = run("transfers", *two, "--format", "csv")
    assert (done.code, done.err) == (0, "")
    found = rows(done.out)
    assert len(found) == 7 * 6
    of_c = [row for row in found if row["before"] == "C"]
    assert sum(int(row["votes"]) for row in of_c) == 75  # 10 + 25 + 40
    assert {row["before_is"] for row in of_c} == {"candidate"}
    again = json.loads(run("transfers", *two, "--format", "json").out)
    assert [row["votes"] for row in again["rows"]] == [int(row["votes"]) for row in found]
    assert {"share", "lower", "upper", "bound_lower", "bound_upper"} <= set(again["rows"][0])


def test_the_same_seed_is_the_same_answer(run, two):
    assert run("transfers", *two, "--format", "csv").out == run("transfers", *two, "--format", "csv").out
    assert "Drawn with seed 5." in run("transfers", *two, "--seed", "5").out


def test_the_rounds_of_one_source(run, write):
    both = write(round_of(1) + round_of(2, head=""), "both.csv")
    done = run("transfers", both, "--no-intervals")
    assert (done.code, done.err) == (0, "")
    assert "No intervals were asked for" in done.out
    named = run("transfers", both, "--before", "round=1", "--after", "round=2", "--no-intervals")
    assert named.out == done.out


def test_the_lines_of_one_candidate(run, two):
    done = run("transfers", *two, "--candidate", "c", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    assert {row["before"] for row in rows(done.out)} == {"C"}
    assert run("transfers", *two, "--candidate", "Zoe").code == 4


def test_local_tables_and_places_one_by_one(run, write):
    land = [
        write(
            round_of(n, "Here", "78001", "Land") + round_of(n, "There", "78002", "Land", head=""),
            f"land{n}.csv",
        )
        for n in (1, 2)
    ]
    whole = run("transfers", *land)
    assert (whole.code, whole.err) == (0, "")
    assert "Land: 6 units" in whole.out
    local = run("transfers", *land, "--by", "commune", "--format", "csv")
    assert (local.code, local.err) == (0, "")
    assert {row["place"] for row in rows(local.out)} == {"Here", "There"}
    assert {row["lower"] for row in rows(local.out)} == {""}
    apart = run("transfers", *land, "--each", "commune", "--format", "csv")
    assert {row["units"] for row in rows(apart.out)} == {"3"}
    assert {row["lower"] == "" for row in rows(apart.out)} == {False}


def test_options_put_together(run, write, two):
    groups = write("option,group,side\nA,left,\nC,left,before\nblank,no choice,\nnull,no choice,\n", "groups.csv")
    found = rows(run("transfers", *two, "--group", groups, "--format", "csv").out)
    assert {(row["before"], row["before_votes"]) for row in found} >= {("left", "200"), ("no choice", "15")}  # 125 + 75
    assert {(row["after"], row["after_votes"]) for row in found} >= {("left", "170"), ("no choice", "15")}
    small = run("transfers", *two, "--merge-below", "29%", "--keep", "A")
    assert "Put together as others: B, C." in small.out


def test_units_without_a_counterpart_are_said_and_listed(run, write):
    more = [*STATIONS[1], (4, 50, 40, {"A": 20, "B": 10, "C": 5})]
    one, other = write(round_of(1, stations=more), "t1.csv"), write(round_of(2), "t2.csv")
    done = run("transfers", one, other)
    assert "Without a counterpart" in done.out
    listed = run("transfers", one, other, "--unmatched", "--format", "csv")
    assert (listed.code, listed.err) == (0, "")
    assert [(row["vote"], row["registered"]) for row in rows(listed.out)] == [("first", "50")]


@pytest.mark.parametrize(
    ("contest", "code", "seen"),
    [
        ("Land", 0, "Land: 2 units"),
        (None, 4, "Each contest or place has a single unit (78009, Other)"),
    ],
)
def test_a_crosswalk_brings_communes_together(run, write, contest, code, seen):
    # 78001 became 78009: its stations are added up, as are those of 78002 on both sides.
    before = round_of(1, contest=contest) + round_of(1, "Other", "78002", contest, head="")
    after = round_of(2, "Town", "78009", contest) + round_of(2, "Other", "78002", contest, head="")
    walk = write("old,new\n78001,78009\n", "walk.csv")
    done = run("transfers", write(before, "t1.csv"), write(after, "t2.csv"), "--crosswalk", walk)
    assert done.code == code
    assert seen in (done.err if code else done.out)
    assert code or "Units are added up by commune first." in done.out


def test_communes_instead_of_stations(run, write):
    land = [
        write(round_of(n, "Here", "78001", "Land") + round_of(n, "There", "78002", "Land", head=""), f"land{n}.csv")
        for n in (1, 2)
    ]
    done = run("transfers", *land, "--over", "commune")
    assert (done.code, done.err) == (0, "")
    assert "Land: 2 units" in done.out
    assert "Units are added up by commune first." in done.out
    assert run("transfers", *land, "--over", "street").code == 2


@pytest.mark.parametrize(
    ("words", "code", "seen"),
    [
        (("--merge-below", "few"), 2, "--merge-below “few” is not a percentage. Write it like this: --merge-below 2%"),
        (("--merge-below", "0"), 2, "is not a percentage"),
        (("--seed", "x"), 2, "--seed “x” is not a number of 1 or more."),
        (("--context", "5"), 2, "--context “5” is not a number from 0 to 4."),
        (("--by", "street"), 2, "“street” is no level of places that tables could be of."),
        (("--by", "cantn"), 2, "Did you mean “canton”?"),
        (("--by", "nation"), 2, "“nation” is no level of places"),
        (("--keep", "Zoe"), 2, "No option is called “Zoe” in either vote."),
        (("--group", "nowhere.csv"), 3, "nowhere.csv"),
        (("--group", "bad.csv"), 2, "bad.csv:2: “Zoe” means no option"),
        (("--by", "canton"), 4, "No unit says its canton."),
        (("--where", "station=1"), 4, "There is a single unit"),
        (("--crosswalk", "nowhere.csv"), 3, "nowhere.csv"),
    ],
)
def test_what_is_wrong_is_told_with_what_helps(run, write, two, words, code, seen):
    write("option,group\nZoe,left\n", "bad.csv")
    done = run("transfers", *two, *words)
    assert (done.code, done.out) == (code, "")
    assert seen in " ".join(done.err.split("\n"))
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("first", "second", "code", "seen"),
    [
        (round_of(1), round_of(2, "Far", "99001"), 4, "no unit in common"),
        (round_of(1), round_of(1), 4, "The two votes are the same"),
        (round_of(1), round_of(2, stations=[(at, 3 * registered, voters, cast) for at, registered, voters, cast in STATIONS[2]]), 4, "differ too much"),
        (round_of(1).replace(",125,", ",,").replace(",135,", ",,").replace(",165,", ",,"), round_of(2), 4, "Not published: before: registered voters"),
        (round_of(1).replace(",A,60", ",A,-60"), round_of(2), 3, "-60"),
    ],
)  # fmt: skip
def test_votes_that_cannot_be_set_against_each_other(run, write, first, second, code, seen):
    done = run("transfers", write(first, "t1.csv"), write(second, "t2.csv"))
    assert (done.code, done.out) == (code, "")
    assert seen in done.err


def test_french_says_it_in_french(run, two):
    done = run("transfers", *two, "--lang", "fr")
    assert (done.code, done.err) == (0, "")
    assert "Mairie, du tour 1 au tour 2" in done.out
