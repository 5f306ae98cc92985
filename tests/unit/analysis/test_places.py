"""The figure of each place, against counts by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from primaire.analysis.places import places
from primaire.errors import NameUnknownError, NotHeldError
from primaire.sources import load

HEAD = "election,round,contest,level,unit,departement_code,commune_code,commune,registered,voters,valid,candidate,label,votes\n"


@pytest.fixture
def returns(tmp_path):
    """Read rows: contest, commune's code, registered, voters, valid, and votes by candidate (None: not standing)."""

    def read(*rows: tuple[Any, ...], round: int = 1, name: str = "r.csv"):
        lines = [
            f"Town 2027,{round},{contest},commune,C{code} {contest},78,{code},C{code},{registered},{voters},{valid},{who},,{'' if votes == '' else votes}"
            for contest, code, registered, voters, valid, people in rows
            for who, votes in people.items()
        ]
        path = tmp_path / name
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        return load(path)

    return read


ROWS = [
    ("T", "78001", 200, 120, 100, {"Anne A": 60, "Bob B": 40}),
    ("T", "78002", 100, 90, 80, {"Anne A": 20, "Bob B": 60}),
    ("T", "78003", 50, 12, 10, {"Anne A": 5, "Bob B": 5}),
    ("T", "78004", 40, 10, 0, {"Anne A": 0, "Bob B": 0}),
]


def column(table, name):
    return [
        None if missing else value
        for value, missing in zip(table.frame[name].tolist(), table.frame[name].isna(), strict=True)
    ]


def test_the_share_of_a_candidate(returns):
    table = places(returns(*ROWS), show="share", candidate="anne")
    assert column(table, "share_valid") == [60.0, 25.0, 50.0, None]
    assert column(table, "why") == [None, None, None, "no valid votes"]
    assert column(table, "key") == ["78001", "78002", "78003", "78004"]
    assert table.bar == "share_valid"
    # (60 + 20 + 5 + 0) / (100 + 80 + 10 + 0) = 85 / 190
    assert str(table.parts()[0].lead) == "Anne A: 44.74% of valid votes in 4 communes"


def test_the_share_of_another_base(returns):
    table = places(returns(*ROWS), show="share", candidate="anne", base="registered")
    assert column(table, "share_registered") == [30.0, 20.0, 10.0, 0.0]


def test_who_came_first_and_by_how_much(returns):
    table = places(returns(*ROWS))
    assert column(table, "candidate") == ["Anne A", "Bob B", None, None]
    assert column(table, "second") == ["Bob B", "Anne A", None, None]
    assert column(table, "lead") == [20.0, 50.0, None, None]
    assert column(table, "why") == [None, None, "level at the top", "no valid votes"]  # 0 to 0 is no tie of anybody


def test_whoever_came_first_most_often_is_told(returns):
    table = places(returns(*ROWS, ("T", "78005", 10, 10, 10, {"Anne A": 9, "Bob B": 1})))
    assert str(table.parts()[0].lead) == "Anne A comes first in 2 of 5 communes"
    assert places(returns(*ROWS)).parts()[0].lead is None  # one each


def town(returns, labels, *contests):
    """Who comes first in communes of several contests, whose candidates have labels."""
    held = returns(*((contest, f"7800{at}", 100, 80, 70, people) for at, (contest, people) in enumerate(contests)))
    people = held.candidates.assign(label=held.candidates["candidate"].map(labels).astype("str"))
    return str(places(replace(held, candidates=people)).parts()[0].lead)


TWO_CONTESTS = (
    ("North", {"Anne A": 40, "Bob B": 30}),
    ("North", {"Anne A": 40, "Bob B": 30}),
    ("North", {"Anne A": 20, "Bob B": 50}),
    ("South", {"Chloé C": 40, "Dan D": 30}),
)


def test_over_several_contests_the_party_that_came_first_most_often_is_told(returns):
    labels = {"Anne A": "UG", "Chloé C": "UG", "Bob B": "RN"}  # of Dan, who came first nowhere, nobody knows
    assert town(returns, labels, *TWO_CONTESTS) == "UG comes first in 3 of 4 communes"


def test_but_a_person_where_the_party_of_one_who_came_first_is_not_known(returns):
    lead = town(returns, {"Anne A": "UG", "Bob B": "RN"}, *TWO_CONTESTS)
    assert lead == "Anne A comes first in 2 of 4 communes"


def test_and_a_person_within_one_contest(returns):
    labels = {"Anne A": "UG", "Bob B": "RN"}
    lead = town(returns, labels, *TWO_CONTESTS[:3])
    assert lead == "Anne A comes first in 2 of 3 communes"


def test_the_only_candidate_leads_by_the_whole_share(returns):
    table = places(returns(("T", "78001", 20, 10, 10, {"Anne A": 10})))
    assert column(table, "lead") == [100.0]


def test_turnout(returns):
    table = places(returns(*ROWS), show="turnout")
    assert column(table, "turnout") == [60.0, 90.0, 24.0, 25.0]
    # (120 + 90 + 12 + 10) / (200 + 100 + 50 + 40) = 232 / 390
    assert str(table.parts()[0].lead) == "Turnout: 59.49% of registered voters in 4 communes"


def test_votes_that_are_not_published_are_missing_and_not_zero(returns):
    table = places(
        returns(ROWS[0], ("T", "78002", 100, 90, 80, {"Anne A": "", "Bob B": ""})), show="share", candidate="anne"
    )
    assert column(table, "share_valid") == [60.0, None]
    assert column(table, "why") == [None, "no figures here"]
    assert str(table.parts()[0].lead) == "Anne A"  # no sum over a count that is not known


NOBODY = [
    ("T", "78001", 200, 120, 100, {"Anne A": 60, "Bob B": 40}),
    ("T", "78002", 0, 0, 0, {"Anne A": 0, "Bob B": 0}),
]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"show": "winner"}, "no valid votes"),
        ({"show": "share", "candidate": "anne"}, "no valid votes"),
        ({"show": "share", "candidate": "anne", "base": "voters"}, "no voters"),
        ({"show": "share", "candidate": "anne", "base": "registered"}, "no registered voters"),
        ({"show": "turnout"}, "no registered voters"),
    ],
)
def test_what_is_published_as_nothing_is_not_missing(returns, options, why):
    assert column(places(returns(*NOBODY), **options), "why") == [None, why]


def test_points_need_valid_votes_in_both_votes(returns):
    some = ("T", "78002", 10, 10, 10, {"Anne A": 9, "Bob B": 1})
    one, two = returns(*NOBODY), returns(NOBODY[0], some, round=2, name="r2.csv")
    assert column(places(one, two, show="swing", candidate="anne"), "why") == [None, "no valid votes"]
    one, two = returns(NOBODY[0], some), returns(*NOBODY, round=2, name="r2.csv")
    assert column(places(one, two, show="swing", candidate="anne"), "why") == [None, "no valid votes"]


def test_who_came_first_may_be_known_without_a_lead(returns):
    """It is said there that no vote is valid: 30 is more than 20, of what nobody knows."""
    table = places(returns(ROWS[0], ("T", "78002", 100, 90, 0, {"Anne A": 20, "Bob B": 30})))
    assert column(table, "candidate") == ["Anne A", "Bob B"]
    assert column(table, "lead") == [20.0, None]
    assert column(table, "why") == [None, "lead not known"]


def test_points_from_one_vote_to_the_next(returns):
    before = returns(*ROWS[:2], ("T", "78009", 10, 10, 10, {"Anne A": 9, "Bob B": 1}))
    after = returns(
        ("T", "78001", 200, 120, 100, {"Anne A": 55, "Bob B": 45}),
        ("T", "78002", 100, 90, 80, {"Anne A": 40, "Bob B": 40}),
        ("T", "78008", 100, 90, 80, {"Anne A": 40, "Bob B": 40}),
        round=2,
        name="r2.csv",
    )
    table = places(before, after, show="swing", candidate="anne")
    assert column(table, "code") == ["78001", "78002", "78008"]
    assert column(table, "points") == [-5.0, 25.0, None]  # 55 - 60, and 50 - 25
    assert column(table, "why") == [None, None, "in one vote only"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ((61, 30, 6), "Anne A gains in 3 of 3 communes"),
        ((59, 30, 5), "Anne A: points won and lost"),  # the third stays where it was
        ((59, 10, 6), "Anne A loses in 2 of 3 communes"),
    ],
)
def test_how_often_a_candidate_gained_or_lost_is_told(returns, now, said):
    """From 60 of 100, 20 of 80 and 5 of 10 in the communes where points are known; nobody voted in the fourth."""
    before = returns(*ROWS)
    later = zip(now, (100, 80, 10), strict=True)
    rows = [
        ("T", f"7800{at}", 200, valid, valid, {"Anne A": votes, "Bob B": valid - votes})
        for at, (votes, valid) in enumerate(later, 1)
    ]
    table = places(before, returns(*rows, round=2, name="r2.csv"), show="swing", candidate="anne")
    assert str(table.parts()[0].lead) == said


def test_whoever_stands_elsewhere_only_has_no_share(returns):
    rows = returns(
        ("North", "78001", 200, 120, 100, {"Anne A": 60, "Bob B": 40}),
        ("South", "78002", 100, 90, 80, {"Chloé C": 50, "Dan D": 30}),
    )
    table = places(rows, show="share", candidate="anne")
    assert column(table, "share_valid") == [60.0, None]
    assert column(table, "why") == [None, "not standing"]
    assert str(table.parts()[0].lead) == "Anne A: 60.00% of valid votes in 1 commune"


DIVIDED = [
    ("North", "78001", 200, 120, 100, {"Anne A": 60, "Bob B": 40}),
    ("South", "78001", 100, 90, 80, {"Chloé C": 50, "Dan D": 30}),
    ("North", "78002", 100, 50, 40, {"Anne A": 10, "Bob B": 30}),
]


def test_a_place_in_two_contests_has_no_figure_of_one_of_them(returns):
    table = places(returns(*DIVIDED))
    assert column(table, "why") == ["in several contests", "in several contests", None]
    assert column(table, "candidate") == [None, None, "Bob B"]
    assert str(table.parts()[0].lead) == "Bob B comes first in 1 of 2 communes"
    assert list(map(str, table.parts()[0].notes)) == ["1 place: in several contests."]


def test_but_its_ballots_are_added_up(returns):
    table = places(returns(*DIVIDED), show="turnout")
    assert column(table, "turnout") == [70.0, 50.0]  # (120 + 90) / (200 + 100)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"show": "winer"}, NameUnknownError, "Did you mean “winner”?"),
        ({"show": "share"}, NameUnknownError, "--candidate"),
        ({"show": "share", "candidate": "anne", "base": "vaild"}, NameUnknownError, "Did you mean “valid”?"),
        ({"by": "contest"}, NameUnknownError, "commune"),
        ({"by": "canton"}, NotHeldError, "canton"),
        ({"show": "share", "candidate": "zoé"}, NotHeldError, "Anne A, Bob B"),
        ({"show": "share", "candidate": "b"}, NotHeldError, "Bob B"),
    ],
)
def test_what_cannot_be_shown_is_told(returns, options, error, said):
    people = {"Anne A": 60, "Bob B": 40, "Béa C": 0}
    with pytest.raises(error) as refused:
        places(returns(("T", "78001", 200, 120, 100, people)), **options)
    assert said in str(refused.value)


def test_a_map_is_of_one_vote(tmp_path):
    (tmp_path / "two.csv").write_text(
        "election,round,level,unit,commune_code,candidate,votes\nT,1,commune,A,78001,X,1\nT,2,commune,A,78001,X,2\n",
        "utf-8",
    )
    with pytest.raises(NotHeldError, match="round 1; T, round 2"):
        places(load(tmp_path / "two.csv"))
