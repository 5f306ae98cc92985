"""Councils, assemblies and the Senate, as they were proclaimed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from primaire.analysis.seats import seats
from primaire.apportionment import Tie
from primaire.rules.parts import Condition, Rounding
from primaire.rules.rule import Seats, Stage
from primaire.rules.sharing import share
from tests.elections import returns_of, unit

FIVE = Condition(strictly=False, part=Fraction(1, 20), base="valid")
REST = Stage(method="dhondt", threshold=FIVE, tie=("most votes", "the elder"))
COUNCIL = Seats(
    (Stage(Fraction(1, 2), (Rounding("down", 4), Rounding("up")), "first", tie=("higher average age",)), REST)
)
REGION = Seats((Stage(Fraction(1, 4), (Rounding("up"),), "first"), REST))
CORSICA = Seats((Stage(11, to="first"), REST), number=63)
SENATE = Seats((Stage(method="dhondt", tie=("most votes", "the elder")),))

PUBLISHED = {
    "municipales Angers 2020": (COUNCIL, 59, (17267, 5019, 4206, 1529, 1422, 419), (49, 5, 4, 1, 0, 0)),
    "municipales Bordeaux 2020": (COUNCIL, 65, (26509, 25163, 5357), (48, 14, 3)),
    "municipales Brest 2020": (COUNCIL, 55, (12628, 9253, 3530), (42, 10, 3)),
    "régionales Bretagne 2021": (REGION, 83, (260918, 192127, 176767, 128915, 115541), (40, 14, 12, 9, 8)),
    "régionales Île-de-France 2021": (REGION, 209, (1076828, 789686, 253001, 225455), (125, 53, 16, 15)),
    "régionales Île-de-France 2015": (REGION, 209, (1629410, 1569262, 521493), (121, 66, 22)),
    "Corse 2021": (CORSICA, 63, (55548, 43766, 20604, 16762), (32, 17, 8, 6)),
    "Sénat, Hauts-de-Seine 2017": (SENATE, 7, (540, 385, 325, 247, 217, 199, 188), (2, 1, 1, 1, 1, 1, 0)),
    # Conseil d'État, 30 January 2015, 382627: the tribunal had given 12 and 3, the bonus in the averages.
    "municipales Hautefort 2014": (COUNCIL, 15, (362, 188), (13, 2)),
    # A commune of 1,672 inhabitants, as a guide to the law explains it.
    "a council of 19 seats": (COUNCIL, 19, (884, 544), (16, 3)),
    # The page says 1,532 valid votes; its lists add up to 1,534.
    "Sénat, 5 seats": (SENATE, 5, (1023, 258, 253), (4, 1, 0)),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_seats_that_were_proclaimed(name):
    rule, number, votes, proclaimed = PUBLISHED[name]
    sharing = share(rule, votes, {"valid": sum(votes)}, number)
    assert (sharing.low, sharing.high) == (proclaimed, proclaimed)


LAW = {
    "municipales Angers 2020": ("Municipales 2020", 1, {}, "municipales-2014"),
    "municipales Bordeaux 2020": ("Municipales 2020", 2, {}, "municipales-2014"),
    "municipales Brest 2020": ("Municipales 2020", 2, {}, "municipales-2014"),
    "régionales Bretagne 2021": ("Régionales 2021", 2, {"region_code": "53"}, "regionales-2015"),
    "régionales Île-de-France 2021": ("Régionales 2021", 2, {"region_code": "11"}, "regionales-2015"),
    "régionales Île-de-France 2015": ("Régionales 2015", 2, {"region_code": "11"}, "regionales-2015"),
    "Corse 2021": ("Régionales 2021", 2, {"region_code": "94"}, "regionales-corse-2017"),
    "Sénat, Hauts-de-Seine 2017": ("Sénatoriales 2017", 1, {"departement_code": "92"}, "senatoriales-lists-2014"),
    "municipales Hautefort 2014": ("Municipales 2014", 1, {}, "municipales-2014"),
}


@pytest.mark.parametrize("name", LAW)
def test_the_rules_that_ship_give_the_same(name):
    """The rule is found from the election's name, its year, its place and the number of seats."""
    election, round_, place, rule = LAW[name]
    _, number, votes, proclaimed = PUBLISHED[name]
    lists = {f"List {place}": cast for place, cast in enumerate(votes, start=1)}
    table = seats(returns_of(unit(lists, election=election, round=round_, coverage="whole", **place)), seats=number)
    assert tuple(table.frame["seats"]) == tuple(table.frame["seats_high"]) == proclaimed
    assert set(table.frame["rule"]) == {rule}


WRONG = {
    "no threshold": ("municipales Angers 2020", "threshold"),
    "largest remainders": ("municipales Brest 2020", "method"),
    "a bonus rounded down": ("municipales Bordeaux 2020", "rounding"),
    "the bonus in the averages": ("municipales Hautefort 2014", "count_earlier"),
    "a threshold in the Senate": ("Sénat, Hauts-de-Seine 2017", "threshold of 10 %"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_rule_gives_other_seats(mistake):
    """The published seats tell these rules apart, or they would prove nothing."""
    name, what = WRONG[mistake]
    rule, number, votes, proclaimed = PUBLISHED[name]
    first, last = rule.stages[0], rule.stages[-1]
    wrong = {
        "threshold": (first, replace(last, threshold=None)),
        "method": (first, replace(last, method="hare")),
        "rounding": (replace(first, rounding=(Rounding("down"),)), last),
        "count_earlier": (first, replace(last, count_earlier=True)),
        "threshold of 10 %": (replace(last, threshold=replace(FIVE, part=Fraction(1, 10))),),
    }[what]
    assert share(Seats(wrong), votes, {"valid": sum(votes)}, number).low != proclaimed


def test_lescar_2014_was_a_tie():
    """2,670 votes each in round 2: 22 and 7 of 29 seats, by the average age of the lists, which no result tells."""
    sharing = share(COUNCIL, (2670, 2670), {"valid": 5340}, 29)
    assert (sharing.low, sharing.high) == ((7, 7), (22, 22))
    assert sharing.common[0].tie == Tie((0, 1), 15, each=15)
