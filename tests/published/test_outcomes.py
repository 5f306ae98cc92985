"""What happened at real elections, recomputed from the ministry's counts and held against its marks.

Figures of whole elections are those of the ministry and of the press; thresholds are recomputed by hand in the comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from primaire.analysis.outcome import outcome
from primaire.analysis.outlook import outlook
from primaire.errors import NotHeldError
from primaire.sources import load
from tests.elections import line, said

if TYPE_CHECKING:
    import pandas as pd

    from primaire.schema import Returns
    from primaire.table import Table

DEPUTIES = "fr-legislatives-ministere-xls/Leg_{year}_Resultats_T{round}_officiel.xlsx"
CANTONS = "fr-departementales-2015/Departementales_2015_Resultats_Tour{round}_par_canton.csv"


@pytest.fixture(scope="module")
def elections(published_data) -> dict[int, Returns]:
    def both(name, **gaps):
        return load(*(str(published_data / name.format(round=number, **gaps)) for number in (1, 2)))

    return {2017: both(DEPUTIES, year=2017), 2022: both(DEPUTIES, year=2022), 2015: both(CANTONS)}


@pytest.fixture(scope="module")
def outcomes(elections) -> dict[int, Table]:
    return {year: outcome(returns) for year, returns in elections.items()}


def rows(table: Table, **wanted: object) -> pd.DataFrame:
    frame = table.frame
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame


def counted(table: Table, round: int, fact: str) -> dict[int | None, int]:
    """Return in how many contests a fact is so, by number of candidates."""
    found = rows(table, round=round, fact=fact)
    return {
        None if number is None else int(number): int(contests)
        for number, contests in zip(
            found["number"].astype("object").where(found["number"].notna(), None), found["contests"], strict=True
        )
    }


@pytest.mark.parametrize(("year", "first", "second"), [(2017, 4, 573), (2022, 5, 572), (2015, 149, 1904)])
def test_who_is_elected_is_who_was_marked_as_elected(outcomes, year, first, second):
    table = outcomes[year]
    assert len(rows(table, round=1, fate="elected")) == first
    assert len(rows(table, round=2, fate="elected")) == second
    elected = table.frame["fate"] == "elected"
    tied = table.frame["fate"] == "tied"
    assert (table.frame["marked_elected"][~tied] == elected[~tied]).all()


@pytest.mark.parametrize(
    ("year", "withdrawn"),
    [(2017, ["12-2"]), (2022, ["47-1", "93-4", "93-11", "ZA-4"])],
)
def test_all_who_qualified_stood_but_those_who_withdrew(outcomes, year, withdrawn):
    table = outcomes[year]
    assert rows(table, fate="withdrawn")["contest"].tolist() == withdrawn
    first = rows(table, round=1)
    assert first[first["stood_next"].fillna(value=False)]["fate"].unique().tolist() == ["qualified"]
    assert rows(table, fate="qualified")["stood_next"].all()
    # Nobody stood in round 2 who had not stood in round 1.
    assert first["stood_next"].sum() == len(rows(table, round=2))


@pytest.mark.parametrize(
    ("year", "reached", "allowed", "held", "majority_alone"),
    [
        (2017, {0: 80, 1: 390, 2: 102, 3: 1}, 1, 1, 10),
        (2022, {0: 119, 1: 258, 2: 187, 3: 8}, 8, 7, 9),
    ],
)
def test_how_many_could_stand_and_stood(elections, year, reached, allowed, held, majority_alone):
    table = outlook(elections[year])
    assert counted(table, 1, "the threshold to go on is reached by") == reached
    assert counted(table, 1, "through to the next round go")[3] == allowed
    assert counted(table, 1, "in the next round stood")[3] == held
    assert counted(table, 1, "a majority lacks another condition") == {None: majority_alone}


@pytest.mark.parametrize(
    ("year", "contest", "votes", "margin"),
    [
        # Aube-1: 64,357 registered; 8 x 8,045 = 64,360 is the first multiple of 8 above. The third had 8,109.
        (2017, "10-1", 8109, 8109 - 8045),
        # Haute-Garonne-6: 27,570 against 27,566.
        (2022, "31-6", 27570, 4),
    ],
)
def test_by_how_many_votes(outcomes, year, contest, votes, margin):
    assert line(rows(outcomes[year], contest=contest, votes=votes))["margin"] == margin


@pytest.mark.parametrize(
    ("canton", "votes", "fate", "margin"),
    [
        ("Boixe-et-Manslois", 3323, "qualified", None),  # exactly half of 6,646, and less than a quarter of 13,295
        ("Causses-Rougiers", 3047, "elected", 0),  # of 6,093: 3,047 are needed
        ("Baïse-Armagnac", 2231, "qualified", None),  # 2,232 are needed
        ("Monts du Réquistanais", 1118, "eliminated", -1),  # 1,118.875
        ("Le Fumélois", 1744, "eliminated", -1),  # 1,744.75
        ("Saint-Pierre-le-Moûtier", 952, "qualified", 0),  # 951.375
        ("Ahun", 728, "qualified", 0),  # 727.75
        ("Bondy", 4759, "qualified", None),  # 4,760 needed: none reaches it, so the two first go on
    ],
)
def test_cantons_at_the_edge(elections, outcomes, canton, votes, fate, margin):
    code = elections[2015].select(where={"canton": canton}).ballots["contest"].iloc[0]
    row = line(rows(outcomes[2015], round=1, contest=code, votes=votes))
    assert row["fate"] in (fate, "withdrawn" if fate == "qualified" else fate)
    assert margin is None or row["margin"] == margin


def test_the_two_ties_of_2015_are_ties(elections, outcomes):
    table = outcomes[2015]
    ties = rows(table, fate="tied")
    assert ties[["contest", "round", "votes"]].drop_duplicates().to_numpy().tolist() == [
        ["65-1", 1, 1248],
        ["61-3", 2, 1947],
    ]
    alencon = said(outcome(elections[2015].select(contest="61-3")))
    assert any(
        "A tie" in one and "The source marks M. LINDET Patrick et Mme ROIMIER Christine as elected" in one
        for one in alencon
    )
    aureilhan = said(outcome(elections[2015].select(contest="65-1")))
    assert "Stood in the next round all the same: M. DELASALLE Gilles et Mme PADIOLEAU Reine." in aureilhan


def test_a_pair_that_changed_a_member_or_a_spelling_is_the_same_pair(outcomes):
    for contest, stood in (("26-19", 3), ("71-6", 2), ("971-12", 2)):
        assert rows(outcomes[2015], round=1, contest=contest)["stood_next"].sum() == stood


def test_bondy_has_nobody_above_the_threshold(elections):
    returns = elections[2015].select(where={"canton": "Bondy"}, round=1)
    assert counted(outlook(returns), 1, "the threshold to go on is reached by") == {0: 1}


def test_the_president_is_elected_by_the_country_and_by_no_departement(published_data):
    name = "fr-aktiur-bureaux-communes/2017-presidentielle-1_par_departement_long.csv.gz"
    country = load(str(published_data / name))
    table = outcome(country)
    # 36,054,394 valid: 18,027,198 are more than half.
    assert line(table, candidate="Emmanuel MACRON")[["fate", "needed_elected"]].tolist() == ["qualified", 18027198]
    assert rows(table, fate="qualified")["candidate"].tolist() == ["Emmanuel MACRON", "Marine LE PEN"]
    assert line(table, candidate="Benoît HAMON")[["expenses", "expenses_margin"]].tolist() == [
        "full rate",
        2291288 - (36054394 // 20 + 1),
    ]
    with pytest.raises(NotHeldError, match="only a part"):
        outcome(country.select(where={"departement": "78"}))
