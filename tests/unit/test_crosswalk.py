"""Crosswalks: what a table of old and new codes says, and what becomes of the counts."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.analysis.swing import swing
from primaire.crosswalk import Crosswalk, apportion, level_of, read_crosswalk, recode
from primaire.errors import NotHeldError, SourceError
from primaire.tally import tally
from tests.elections import returns_of, unit


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "crosswalk.csv"
        path.write_text(text, encoding="utf-8")
        return read_crosswalk(path).parts

    return read_text


@pytest.mark.parametrize(
    "text",
    [
        "old,new,weight\nA,X,1/3\nA,Y,2/3\nB,X,\n",
        "weight,new,old\n1/3,X,A\n2/3,Y,A\n,X,B\n",
        "ancien;nouveau;poids\nA;X;1/3\nA;Y;2/3\n\nB;X;1\n",
        "Code ancien\tCode nouveau\tPoids\nA\tX\t1/3\nA\tY\t2/3\nB\tX\t1\n",
        "com_ini,com_fin,part\nA,X,1/3\nA,Y,2/3\nB,X,1\n",
    ],
)
def test_columns_are_told_by_their_names_else_by_their_order(read, text):
    assert read(text) == {"A": {"X": Fraction(1, 3), "Y": Fraction(2, 3)}, "B": {"X": Fraction(1)}}


def test_without_weights_units_go_as_a_whole(read):
    assert read("old,new\nA,X\nB,X\n") == {"A": {"X": 1}, "B": {"X": 1}}


def test_weights_may_have_a_comma(read):
    assert read("ancien;nouveau;poids\nA;X;0,25\nA;Y;0,75\n")["A"] == {"X": Fraction(1, 4), "Y": Fraction(3, 4)}


def test_everything_that_is_wrong_is_listed(read):
    with pytest.raises(SourceError) as refused:
        read("old,new,weight\nA,X,0.5\nA,Y,0.4\nB,,1\nC,X,much\nD,X,-1\nE,X,1\n")
    found = [(problem.line, problem.value) for problem in refused.value.problems]
    assert found == [(4, None), (5, "much"), (6, "-1"), (2, None)]
    assert "the weights of A add up to 0.9, not to 1" in str(refused.value)


def test_one_code_with_two_successors_needs_weights(read):
    with pytest.raises(SourceError, match="the weights of A add up to 2"):
        read("old,new\nA,X\nA,Y\n")


def test_a_table_without_lines_is_none(read):
    with pytest.raises(SourceError):
        read("old,new\n")


def commune(code, votes, name=None, **counts):
    return unit(votes, unit=f"unit {code}", commune=name or f"Old {code}", commune_code=code, **counts)


OLD = (
    commune("01001", {"A": 10, "B": 5}, registered=30, voters=16, blank=1, null=0),
    commune("01002", {"A": 3, "B": 4}, registered=10, voters=8, blank=0, null=1),
    commune("01003", {"A": 7, "B": 1}, registered=11, voters=8, blank=0, null=0),
)


def walk(parts):
    return Crosswalk("walk.csv", {old: {new: Fraction(part) for new, part in to.items()} for old, to in parts.items()})


def steps(returns):
    return [str(step) for step in returns.provenance.steps]


def figures(returns):
    """Return registered, A's and B's votes of each place by its code."""
    found = {}
    for ballot, code in enumerate(returns.ballots["commune_code"]):
        votes = returns.votes.loc[returns.votes["ballot"] == ballot, "votes"].tolist()
        found[code] = (returns.ballots["registered"].iloc[ballot], *votes)
    return found


def test_communes_that_became_one_are_added_up():
    found = recode(returns_of(*OLD), walk({"1001": {"01002": 1}}))
    assert figures(found) == {"01002": (30 + 10, 10 + 3, 5 + 4), "01003": (11, 7, 1)}
    assert found.ballots["unit"].tolist() == ["Old 01002", "Old 01003"]
    assert set(found.ballots["registered_origin"]) == {"published"}
    assert steps(found) == ["1 place has the code that walk.csv gives it."]


def test_a_commune_that_was_split_is_shared_out_and_no_total_changes():
    found = recode(returns_of(*OLD), walk({"01001": {"01002": "1/3", "01009": "2/3"}}))
    # Registered 30: 10 and 20. A's 10: 3 1/3 and 6 2/3, the vote left over to the larger remainder. B's 5: 1 2/3 and 3 1/3.
    assert figures(found) == {"01002": (10 + 10, 3 + 3, 4 + 2), "01009": (20, 7, 3), "01003": (11, 7, 1)}
    origin = dict(zip(found.ballots["commune_code"], found.ballots["registered_origin"], strict=True))
    assert origin == {"01002": "approximate", "01009": "approximate", "01003": "published"}
    assert "1 of them was split" in steps(found)[1]


def test_codes_that_no_unit_has_are_listed():
    found = recode(returns_of(*OLD), walk({"01001": {"01002": 1}, "99998": {"X": 1}, "99999": {"X": 1}}))
    assert steps(found)[-1] == "2 codes of walk.csv are those of no place here: 99998, 99999."


def test_percentages_of_a_unit_that_was_split_are_of_no_part():
    share = {"A": "60.0", "B": "40.0"}
    found = recode(returns_of(commune("1", share, voters=10)), walk({"1": {"2": "1/2", "3": "1/2"}}))
    assert found.votes["share"].isna().all()


def test_stations_are_renumbered():
    old = [("78172", "1"), ("78172", "2")]
    returns = returns_of(
        *(unit({"A": 1}, unit=f"{town}_{no}", level="station", commune_code=town, station_code=no) for town, no in old)
    )
    found = recode(returns, walk({"78172_0001": {"78172_0007": 1}}), "station")
    assert found.ballots[["commune_code", "station_code"]].to_numpy().tolist() == [["78172", "0007"], ["78172", "2"]]


def test_without_codes_there_is_nothing_to_look_up():
    with pytest.raises(NotHeldError, match="No unit has a code of its commune"):
        recode(returns_of(unit({"A": 1}, commune="X")), walk({"1": {"2": 1}}))


def test_communes_are_meant_where_no_level_is_named():
    assert [level_of(by) for by in ("contest", "nation", "unit", "canton", ("commune", "nuance"))] == [
        "commune", "commune", "station", "canton", "commune"
    ]  # fmt: skip


def test_a_swing_finds_what_changed_its_code():
    after = returns_of(
        commune("01002", {"A": 20, "B": 30}, election="Next"), commune("01003", {"A": 1, "B": 1}, election="Next")
    )
    before = returns_of(*OLD)
    apart = swing(before, after, by="commune")
    assert any("1 commune of the first vote (30 registered)" in str(note) for note in apart.notes)
    together = swing(recode(before, walk({"01001": {"01002": 1}})), after, by="commune")
    assert not any("without a counterpart" in str(note) for note in together.notes)
    row = together.frame[(together.frame["unit"] == "Old 01002") & (together.frame["candidate"] == "A")].iloc[0]
    assert (row["votes_before"], row["votes_after"]) == (13, 20)


def test_what_the_returns_hold_stays_as_it_was():
    returns = returns_of(*OLD)
    before = tally(returns, "commune")
    recode(returns, walk({"01001": {"01002": "1/2", "01009": "1/2"}}))
    pd.testing.assert_frame_equal(tally(returns, "commune").votes, before.votes)


weights = st.lists(st.integers(1, 50), min_size=1, max_size=6).map(
    lambda parts: [Fraction(part, sum(parts)) for part in parts]
)


@given(st.integers(0, 10**6), weights)
def test_shares_add_up_and_none_is_a_whole_vote_off(total, parts):
    shares = apportion(total, parts)
    assert sum(shares) == total
    assert all(abs(share - total * part) < 1 for share, part in zip(shares, parts, strict=True))
