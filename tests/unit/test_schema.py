"""The model: a part of it is chosen by names, and stays a whole with everything that belongs to it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import primaire
from primaire.arrays import column, conform, numbered
from primaire.errors import NameUnknownError, NotHeldError
from primaire.schema import BALLOTS, CANDIDATES, CONTESTS, SELECTABLE, VOTES, Returns
from tests.elections import returns_of, unit


@pytest.fixture
def town() -> Returns:
    """Two rounds in two stations of a commune, and another contest beside."""
    return returns_of(
        unit(
            {"Éva": 10, "Bob": 20, "Cy": 5},
            unit="Station 1",
            level="station",
            commune="Haÿ",
            commune_code="7",
            status="final",
        ),
        unit({"Éva": 12, "Bob": 18}, unit="Station 2", level="station", commune="Haÿ", commune_code="7"),
        unit({"Éva": 25, "Bob": 24}, unit="Station 1", level="station", commune="Haÿ", commune_code="7", round=2),
        unit(
            {"Dan": 3},
            unit="Station 1",
            level="station",
            contest="Council",
            commune="Other",
            commune_code="78",
            status="frozen",
        ),
    )


def votes(returns: Returns) -> list[tuple[str, str, int]]:
    """Candidate, unit and votes of every row, by following the numbers from table to table."""
    people, units = returns.candidates["candidate"].tolist(), returns.ballots["unit"].tolist()
    rounds = returns.ballots["round"].tolist()
    figures = zip(*(returns.votes[name].tolist() for name in ("candidate", "ballot", "votes")), strict=True)
    return [(people[person], f"{units[ballot]}/{rounds[ballot]}", count) for person, ballot, count in figures]


# select


def test_a_round_is_chosen_with_what_belongs_to_it(town):
    second = town.select(round=2)
    assert votes(second) == [("Éva", "Station 1/2", 25), ("Bob", "Station 1/2", 24)]
    assert second.contests["round"].tolist() == [2]
    assert second.candidates["candidate"].tolist() == ["Éva", "Bob"]


def test_nothing_asked_for_is_everything(town):
    assert town.select() is town


@pytest.mark.parametrize("name", ["Council", "council", "COUNCIL", "coun"])
def test_a_contest_is_meant_by_its_name_or_a_part_of_it(town, name):
    assert votes(town.select(contest=name)) == [("Dan", "Station 1/1", 3)]


def test_an_election_is_meant_by_a_part_of_its_name():
    returns = primaire.load("conflans").select(election="designation")
    assert returns.ballots["voters"].tolist() == [85]
    assert len(returns.candidates) == 2


@pytest.mark.parametrize(
    ("where", "units"),
    [
        ({"commune": "hay"}, 3),
        ({"commune": "Haÿ", "unit": "station 2"}, 1),
        ({"commune_code": "7"}, 3),  # a code means itself only: 7 is not 78
        ({"commune_code": "78"}, 1),
        ({"level": "station"}, 4),
        ({"status": "frozen"}, 1),
        ({"contest": "Council"}, 1),
    ],
)
def test_units_are_chosen_by_their_columns(town, where, units):
    assert len(town.select(where=where).ballots) == units


def test_conditions_hold_together(town):
    assert votes(town.select(round=1, contest="Contest", where={"unit": "Station 2"})) == [
        ("Éva", "Station 2/1", 12),
        ("Bob", "Station 2/1", 18),
    ]


def test_a_round_that_is_not_there_is_refused_with_those_there_are(town):
    with pytest.raises(NotHeldError, match="no round 3") as refused:
        town.select(round=3)
    assert "1, 2" in str(refused.value.expected)


def test_rounds_are_those_of_what_is_chosen_already(town):
    with pytest.raises(NotHeldError) as refused:
        town.select(contest="Council", round=2)
    assert str(refused.value.expected) == "The rounds are: 1."


@pytest.mark.parametrize(
    ("asked", "seen", "held", "near"),
    [
        ({"contest": "Councel"}, "Councel", "Contest, Council", "Council"),
        ({"election": "Tove"}, "Tove", "Vote", None),
        ({"where": {"unit": "Sation 2"}}, "Sation 2", "Station 1, Station 2", "Station 2"),
        ({"where": {"commune_code": "8"}}, "8", "7, 78", None),
        ({"where": {"status": "final", "commune": "Othre"}}, "Othre", "Haÿ", None),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_those_there_are(town, asked, seen, held, near):
    with pytest.raises(NotHeldError) as refused:
        town.select(**asked)
    assert f"“{seen}”" in str(refused.value.seen)
    assert str(refused.value.expected).startswith(f"There are: {held}")
    if near:
        assert f"“{near}”" in str(refused.value.remedy)


def test_a_column_of_which_nothing_is_said_is_told(town):
    with pytest.raises(NotHeldError) as refused:
        town.select(where={"region": "Bretagne"})
    assert "none" in str(refused.value.expected)


def test_many_names_are_not_all_listed():
    returns = returns_of(*(unit({"A": 1}, unit=f"Station {number}") for number in range(1, 101)))
    with pytest.raises(NotHeldError) as refused:
        returns.select(where={"unit": "nowhere"})
    assert "Station 12" in str(refused.value.expected)
    assert "Station 13" not in str(refused.value.expected)
    assert "(88)" in str(refused.value.expected)


@pytest.mark.parametrize(("key", "near"), [("comune", "commune"), ("votes", None), ("units", "unit")])
def test_a_key_that_does_not_exist_is_refused_with_those_that_do(town, key, near):
    with pytest.raises(NameUnknownError, match=key) as refused:
        town.select(where={key: "1"})
    assert all(name in str(refused.value.expected) for name in SELECTABLE)
    if near:
        assert f"“{near}”" in str(refused.value.remedy)


# keep


def test_keeping_all_changes_nothing(town):
    assert town.keep(np.ones(4, dtype="bool")) is town


def test_keeping_some_numbers_them_anew_and_leaves_out_who_stood_elsewhere(town):
    kept = town.keep(np.array([False, True, False, True]))
    assert votes(kept) == [("Éva", "Station 2/1", 12), ("Bob", "Station 2/1", 18), ("Dan", "Station 1/1", 3)]
    assert kept.ballots.index.tolist() == [0, 1]
    assert kept.candidates["candidate"].tolist() == ["Éva", "Bob", "Dan"]
    assert kept.contests["contest"].tolist() == ["Contest", "Council"]
    assert list(kept.ballots.dtypes.astype(str)) == list(town.ballots.dtypes.astype(str))


def test_contests_of_units_without_a_level_are_kept():
    returns = returns_of(unit({"A": 1}, round=1), unit({"A": 2}, round=2))
    assert returns.ballots["level"].isna().all()
    assert returns.select(round=2).contests["round"].tolist() == [2]


def test_keeping_none_is_an_empty_data_set(town):
    kept = town.keep(np.zeros(4, dtype="bool"))
    assert [len(table) for table in (kept.contests, kept.ballots, kept.votes, kept.candidates)] == [0, 0, 0, 0]


def test_what_is_kept_leaves_the_original_alone(town):
    before = votes(town)
    town.select(round=2)
    assert votes(town) == before


# the tables


@pytest.mark.parametrize(
    ("name", "schema"), [("contests", CONTESTS), ("ballots", BALLOTS), ("votes", VOTES), ("candidates", CANDIDATES)]
)
def test_tables_have_the_columns_and_types_of_the_schema(town, name, schema):
    table = getattr(town, name)
    assert list(table.columns) == list(schema)
    for column_name, dtype in schema.items():
        assert table[column_name].dtype == dtype


def test_a_table_without_its_columns_is_refused(town):
    with pytest.raises(ValueError, match="ballots"):
        Returns(town.contests, town.ballots.drop(columns="voters"), town.votes, town.candidates)


def test_absent_columns_are_missing_not_zero():
    frame = conform(pd.DataFrame({"ballot": [0, 0], "candidate": [0, 1], "votes": [1, 2]}), VOTES)
    assert frame["votes"].tolist() == [1, 2]
    assert frame["share"].isna().all()


def test_counts_beyond_a_float_stay_exact():
    assert column([2**53 + 1, None], "Int64").tolist() == [2**53 + 1, pd.NA]


def test_rows_are_numbered_by_key_in_order_of_appearance():
    frame = pd.DataFrame(
        {
            "name": pd.Categorical(["b", "a", None, "b", None, "a"]),
            "round": [1, 1, 2, 1, 2, 2],
            "unused": ["x"] * 6,
        }
    )
    assert numbered(frame, ("name", "round")).tolist() == [0, 1, 2, 0, 2, 3]
    assert numbered(frame, ("round",)).tolist() == [0, 0, 1, 0, 1, 1]
    assert numbered(frame.iloc[:0], ("name", "round")).tolist() == []
    assert numbered(frame, ()).tolist() == [0] * 6


def test_numbering_many_categories_does_not_overflow():
    size = 70_000  # its square and cube are beyond 32 and 48 bits; five columns beyond 64
    wide = pd.Categorical([f"n{number}" for number in range(size)])
    frame = pd.DataFrame(dict.fromkeys("abcde", wide))
    assert numbered(frame, tuple("abcde")).tolist() == list(range(size))


def geography() -> Returns:
    """Four towns: two in the Yvelines, one of their number in the Ain, one overseas."""
    towns = (
        ("Conflans-Sainte-Honorine", "78172", "78", "Yvelines", "7807"),
        ("Andrésy", "78015", "78", "Yvelines", "7812"),
        ("Hauteville-Lompnes", "01185", "01", "Ain", "0105"),
        ("Les Abymes", "ZA101", "ZA", "Guadeloupe", "ZA01"),
    )
    names = ("commune", "commune_code", "departement_code", "departement", "constituency_code")
    return returns_of(
        *(unit({"A": 1}, unit=town[0], station_code="0001", **dict(zip(names, town, strict=True))) for town in towns)
    )


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"departement": "78"}, ["Conflans-Sainte-Honorine", "Andrésy"]),
        ({"departement": "yvelines"}, ["Conflans-Sainte-Honorine", "Andrésy"]),
        ({"departement": "1"}, ["Hauteville-Lompnes"]),
        ({"departement_code": "1"}, ["Hauteville-Lompnes"]),
        ({"departement": "971"}, ["Les Abymes"]),
        ({"departement": "za"}, ["Les Abymes"]),
        ({"commune": "conflans-sainte-honorine"}, ["Conflans-Sainte-Honorine"]),
        ({"commune": "Conflans Sainte"}, ["Conflans-Sainte-Honorine"]),
        ({"commune": "78172"}, ["Conflans-Sainte-Honorine"]),
        ({"commune": "1185"}, ["Hauteville-Lompnes"]),
        ({"commune_code": "97101"}, ["Les Abymes"]),
        ({"commune": "172", "departement": "78"}, ["Conflans-Sainte-Honorine"]),
        ({"constituency": "7", "departement": "Yvelines"}, ["Conflans-Sainte-Honorine"]),
        ({"constituency": "105"}, ["Hauteville-Lompnes"]),
        ({"departement": ["78", "Ain"]}, ["Conflans-Sainte-Honorine", "Andrésy", "Hauteville-Lompnes"]),
    ],
)
def test_a_place_is_chosen_by_its_name_or_its_code(where, found):
    assert geography().select(where=where).ballots["unit"].tolist() == found


@pytest.mark.parametrize(
    "where",
    [
        {"departement": "7"},  # a code means itself only
        {"commune": "172"},  # of which departement?
        {"commune": "172", "departement": "Ain"},
        {"departement_code": "Yvelines"},
    ],
)
def test_a_code_that_no_place_has_is_refused(where):
    with pytest.raises(NotHeldError):
        geography().select(where=where)


def test_a_station_is_chosen_by_its_number_without_zeros():
    assert len(geography().select(where={"station_code": "1"}).ballots) == 4
    assert len(geography().select(where={"station": "1"}).ballots) == 4


def test_a_misspelt_town_is_proposed():
    with pytest.raises(NotHeldError, match="Did you mean “Conflans-Sainte-Honorine”"):
        geography().select(where={"commune": "Conflan-Saint-Honorine"})


def test_a_name_comes_before_a_code_and_a_code_before_a_part_of_a_name():
    towns = (("12", "X1"), ("Paris 12e", "X2"), ("Y", "12"))
    returns = returns_of(*(unit({"A": 1}, unit=code, commune=name, commune_code=code) for name, code in towns))
    assert returns.select(where={"commune": "12"}).ballots["unit"].tolist() == ["X1"]
    without = returns.select(where={"commune": ["Paris 12e", "Y"]})
    assert without.select(where={"commune": "12"}).ballots["unit"].tolist() == ["12"]
    assert without.select(where={"commune": "12e"}).ballots["unit"].tolist() == ["X2"]


def test_a_word_that_means_several_places_says_which():
    towns = returns_of(
        unit({"Éva": 1}, unit="1", level="station", commune="Saint-Denis", commune_code="11339", departement="Aude"),
        unit({"Éva": 2}, unit="2", level="station", commune="Saint-Denis", commune_code="93066", departement="93"),
        unit({"Éva": 4}, unit="3", level="station", commune="Saint-Denis", commune_code="93066", departement="93"),
        unit({"Éva": 8}, unit="4", level="station", commune="Saint-Denis", departement="Gard"),
        unit({"Éva": 16}, unit="5", level="station", commune="Conflans", commune_code="78172"),
    )
    chosen = towns.select(where={"commune": ["saint", "CONFLANS"]})
    assert [str(step) for step in chosen.provenance.steps] == [
        "“saint” means 3 places here: Saint-Denis (11339), Saint-Denis (93066), Saint-Denis (Gard)."
    ]
    assert towns.select(where={"commune": "93066"}).provenance.steps == ()
    assert towns.select(where={"unit": "1"}).provenance.steps == ()
