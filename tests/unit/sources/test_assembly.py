"""Records and parts put together as one data set."""

from __future__ import annotations

import pytest

import primaire
from primaire.assembly import combine
from primaire.errors import SourceError
from primaire.sources.opening.content import Content
from primaire.sources.own.canonical import read_canonical
from tests.elections import returns_of, unit


def read(name: str, text: str) -> primaire.Returns:
    return read_canonical(Content(name, name, text.encode()))


def test_one_candidate_keeps_one_row_over_rounds_and_spellings():
    returns = returns_of(
        unit({"Benoît Hamon": 404, "Valls": 411}, round=1), unit({"BENOIT HAMON": 842, "Valls": 611}, round=2)
    )
    assert returns.candidates["candidate"].tolist() == ["Benoît Hamon", "Valls"]
    assert returns.votes["candidate"].tolist() == [0, 1, 0, 1]
    assert returns.votes["ballot"].tolist() == [0, 0, 1, 1]


def test_one_name_in_two_contests_is_two_people():
    returns = returns_of(unit({"Martin": 1}, contest="North"), unit({"Martin": 2}, contest="South"))
    assert returns.candidates["contest"].tolist() == ["North", "South"]
    assert returns.votes["candidate"].tolist() == [0, 1]


def test_the_label_of_any_row_counts():
    returns = returns_of(unit({"A": {"votes": 1}}, round=1), unit({"A": {"votes": 2, "label": "PS"}}, round=2))
    assert returns.candidates["label"].tolist() == ["PS"]


HEADER = "election,round,candidate,label,votes"
DIFFERENT = (
    "Labels that differ between rounds or rows, of which the first is kept: A (L, then UG); B (R, then UD, DVD)."
)


def test_a_label_that_is_not_kept_is_said():
    rows = ["E,1,A,L,50", "E,1,B,R,40", "E,1,C,,9", "E,2,A,UG,60", "E,2,B,UD,40", "E,2,C,DIV,5", "E,3,B,DVD,1"]
    found = read("both.csv", "\n".join([HEADER, *rows]))
    assert found.candidates["label"].tolist() == ["L", "R", "DIV"]
    assert [str(step) for step in found.provenance.steps] == [DIFFERENT]


def test_a_label_that_another_file_does_not_keep_is_said():
    first, second = "E,1,A,L,50\nE,1,B,R,40\nE,1,C,,9", "E,2,A,UG,60\nE,2,B,R,40\nE,2,C,DIV,5"
    found = combine(read(f"{name}.csv", f"{HEADER}\n{rows}") for name, rows in (("1", first), ("2", second)))
    assert [str(step) for step in found.provenance.steps] == [
        "Labels that differ between rounds or rows, of which the first is kept: A (L, then UG); C (none, then DIV)."
    ]


def test_labels_that_are_the_same_everywhere_need_no_word():
    found = read("both.csv", f"{HEADER}\nE,1,A,L,50\nE,1,B,R,40\nE,2,A,L,60\nE,2,B,,40")
    assert found.provenance.steps == ()


def test_what_is_approximate_is_marked_on_the_figures_of_its_row():
    returns = returns_of(
        unit(
            {"A": {"votes": 28500, "approximate": frozenset({"votes", "voters"})}, "B": {"votes": 19816}}, voters=49000
        )
    )
    assert returns.votes["votes_origin"].tolist() == ["approximate", "published"]
    assert returns.ballots["voters_origin"].tolist() == ["approximate"]
    assert returns.ballots["valid_origin"].isna().all()


def test_sources_of_a_unit_are_listed_once_each():
    returns = returns_of(unit({"A": {"source": "page 1"}, "B": {"source": "page 2"}, "C": {"source": "page 1"}}))
    assert returns.ballots["source"].tolist() == ["page 1; page 2"]
    assert returns.votes["source"].tolist() == ["page 1", "page 2", "page 1"]


def test_several_files_are_one_data_set():
    first = read("r1.csv", "election,round,candidate,votes,coverage\nE,1,Éva,10,whole\nE,1,Bob,20,whole\n")
    second = read("r2.csv", "election;tour;candidat;voix;couverture\nE;2;bob;25;tout\nE;2;EVA;15;tout\n")
    both = combine([first, second])
    assert both.ballots["round"].tolist() == [1, 2]
    assert both.candidates["candidate"].tolist() == ["Éva", "Bob"]
    assert both.votes["candidate"].tolist() == [0, 1, 1, 0]
    assert both.votes["ballot"].tolist() == [0, 0, 1, 1]
    assert both.votes["votes"].tolist() == [10, 20, 25, 15]
    assert both.contests["coverage"].tolist() == ["whole", "whole"]
    assert [file.name for file in both.provenance.files] == ["r1.csv", "r2.csv"]


def test_units_of_two_files_of_one_contest_stand_side_by_side():
    parts = [read(f"{name}.csv", f"election,station,candidate,votes\nE,{name},A,1\nE,{name},B,2\n") for name in "xyz"]
    together = combine(parts)
    assert together.ballots["unit"].tolist() == ["x", "y", "z"]
    assert (len(together.contests), len(together.candidates), len(together.votes)) == (1, 2, 6)


def test_files_that_disagree_on_the_coverage_leave_it_unknown():
    parts = [
        read("x", "election,unit,coverage,candidate,votes\nE,x,part,A,1\n"),
        read("y", "election,unit,coverage,candidate,votes\nE,y,whole,A,1\n"),
    ]
    assert combine(parts).contests["coverage"].tolist() == ["unknown"]


def test_one_file_alone_is_itself():
    only = read("x", "candidate,votes\nA,1\n")
    assert combine([only]) is only


def test_a_unit_in_two_files_is_refused_with_both_names():
    first = read("a.csv", "election,unit,candidate,votes\nE,x,A,1\nE,y,A,1\n")
    second = read("b.csv", "election,unit,candidate,votes\nE,y,A,1\nE,x,A,2\nE,z,A,2\n")
    with pytest.raises(SourceError, match="twice") as refused:
        combine([first, second])
    assert [problem.file for problem in refused.value.problems] == ["b.csv", "b.csv"]
    assert [str(problem.message).split(" ")[0] for problem in refused.value.problems] == ["y", "x"]
    assert all("a.csv" in str(problem.message) for problem in refused.value.problems)


def test_rounds_and_levels_tell_units_apart():
    first = read("a", "election,round,level,unit,candidate,votes\nE,1,commune,x,A,1\n")
    second = read("b", "election,round,level,unit,candidate,votes\nE,2,commune,x,A,1\nE,1,station,x,A,1\n")
    assert len(combine([first, second]).ballots) == 3


def test_the_data_sets_that_ship_go_together():
    together = primaire.load("conflans", "national", "yvelines")
    first, second = (together.select(election="primaire", round=round) for round in (1, 2))
    assert first.ballots["unit"].tolist() == ["Conflans-Sainte-Honorine", "France", "Yvelines"]
    assert first.ballots["voters"].tolist()[:2] == [1165, 1655919]
    assert second.ballots["voters"].tolist()[:2] == [1473, 2045343]
    assert len(first.candidates) == 7
