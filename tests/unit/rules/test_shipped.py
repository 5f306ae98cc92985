"""The rules that ship: each can be read and cites its law, and no election falls under two of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files
from itertools import combinations, pairwise

import pytest

from primaire.errors import NotHeldError
from primaire.outcomes.verdict import rule_said
from primaire.rules.choice import Facts, choose
from primaire.rules.judging import Counted, judge
from primaire.rules.parts import rounded
from primaire.rules.sharing import share
from primaire.rules.shipped import families, rules_called, shipped

RULES = {rule.name: rule for rule in shipped()}
TEXTS = {name: files("primaire.rules").joinpath("files", f"{name}.toml").read_text(encoding="utf-8") for name in RULES}

each = pytest.mark.parametrize("name", RULES)


def articles(rule):
    for round_ in rule.rounds:
        yield from (part.article for part in (round_.elected, round_.qualified, round_.may_merge) if part is not None)
    if rule.seats is not None:
        yield from (stage.article for stage in rule.seats.stages)
    if rule.expenses is not None:
        yield rule.expenses.article


def overlap(one, other):
    """Whether two rules could both be meant: some day, some place, some number of seats, and the same kind of vote."""
    a, b = one.scope, other.scope
    days = (a.last is None or b.first <= a.last) and (b.last is None or a.first <= b.last)
    seats = (a.seats_to is None or (b.seats_from or 1) <= a.seats_to) and (
        b.seats_to is None or (a.seats_from or 1) <= b.seats_to
    )
    apart = any(
        set(inside.only.get(column, ())) & set(outside.without.get(column, ()))
        for inside, outside in ((a, b), (b, a))
        for column in inside.only
    )
    disjoint = any(column in b.only and not set(codes) & set(b.only[column]) for column, codes in a.only.items())
    votes = (one.votes_for == "names") == (other.votes_for == "names")
    return days and seats and votes and not apart and not disjoint


@each
def test_it_says_what_it_is_and_cites_its_law(name):
    rule = RULES[name]
    assert rule.title != name
    assert rule.law
    assert all(articles(rule)), "every part says what says so"
    assert TEXTS[name].startswith("# "), "the file begins with the laws that it was written from"
    assert re.search(r"\d{4}", TEXTS[name].partition("rules = 1")[0])


@each
def test_it_says_when_and_for_what_it_holds(name):
    scope = RULES[name].scope
    assert scope.kind
    assert scope.contest
    assert scope.first is not None
    # The year in the name is that of the first day.
    assert name.endswith(f"-{scope.first.year}") or name == "primaire-gauche-2017"


def test_names_are_kinds_and_years():
    assert [name for name in RULES if not re.fullmatch(r"[a-z]+(-[a-z]+)*-\d{4}", name)] == []
    assert list(RULES) == sorted(RULES)


def test_no_election_falls_under_two_rules():
    twice = [
        (one.name, other.name)
        for one, other in combinations(RULES.values(), 2)
        if one.scope.kind == other.scope.kind and overlap(one, other)
    ]
    assert twice == []


def test_the_test_of_overlap_sees_one():
    rule = RULES["legislatives-1995"]
    assert overlap(rule, rule)
    assert not overlap(rule, RULES["legislatives-1988"])
    assert overlap(RULES["senatoriales-majority-2004"], RULES["senatoriales-majority-2004"])
    assert not overlap(RULES["senatoriales-majority-2004"], RULES["senatoriales-lists-2004"])


def held_under(election, **facts):
    rule = choose(shipped(), Facts(election, **facts)).rule
    return rule.name if rule else None


@pytest.mark.parametrize(
    ("election", "facts", "name"),
    [
        ("Présidentielle 1965", {}, "presidentielle-1965"),
        ("Présidentielle 2002", {}, "presidentielle-2002"),
        ("Présidentielle 2022", {}, "presidentielle-2012"),
        ("Législatives 1962", {}, "legislatives-1958"),
        ("Législatives 1967", {}, "legislatives-1967"),
        ("Législatives 1978", {}, "legislatives-1976"),
        ("Législatives 1986", {}, "legislatives-1986"),
        ("Législatives 1988", {}, "legislatives-1988"),
        ("Législatives 2024", {}, "legislatives-1995"),
        ("Législatives 1987", {}, None),
        ("Législatives 1956", {}, None),
        ("Cantonales 2008", {}, "cantonales-1969"),
        ("Cantonales 2011", {}, "cantonales-2011"),
        ("Départementales 2015", {}, "departementales-2015"),
        ("Municipales 1989", {"names": False}, "municipales-1983"),
        ("Municipales 2008", {"names": False}, "municipales-1995"),
        ("Municipales 2008", {"names": True}, "municipales-names-1983"),
        ("Municipales 2020", {"names": False}, "municipales-2014"),
        ("Municipales 2020", {"names": True}, "municipales-names-2014"),
        ("Municipales 2020", {}, None),
        ("Municipales 2026", {}, "municipales-2026"),
        ("Municipales 1977", {}, None),
        ("Municipales 2026", {"codes": (("commune_code", "31555"),)}, "municipales-2026"),
        ("Municipales 2026", {"codes": (("commune_code", "75056"),)}, "municipales-plm-2026"),
        ("Municipales 2020", {"codes": (("commune_code", "75056"),), "names": False}, None),
        ("Régionales 1998", {"codes": (("departement_code", "78"),)}, "regionales-1986"),
        ("Régionales 2010", {"codes": (("region_code", "53"),)}, "regionales-2004"),
        ("Régionales 2021", {"codes": (("region_code", "53"),)}, "regionales-2015"),
        ("Régionales 2021", {"codes": (("region_code", "94"),)}, "regionales-corse-2017"),
        ("Régionales 2015", {"codes": (("region_code", "94"),)}, "regionales-corse-2010"),
        ("Régionales 2021", {"codes": (("departement_code", "ZB"),)}, "regionales-martinique-2015"),
        ("Régionales 2015", {"codes": (("region_code", "03"),)}, "regionales-guyane-2015"),
        ("Régionales 2021", {"codes": (("departement_code", "ZC"),)}, "regionales-guyane-2015"),
        ("Régionales 2010", {"codes": (("departement_code", "ZC"),)}, "regionales-2004"),
        ("Territoriales 2022 Saint-Martin", {}, "territoriales-saint-martin-2017"),
        ("Élections territoriales 2017, Saint-Barthélemy", {}, "territoriales-saint-barthelemy-2017"),
        (
            "Territoriales Saint-Pierre-et-Miquelon",
            {"day": "2022-03-20"},
            "territoriales-saint-pierre-et-miquelon-2017",
        ),
        ("Territoriales 2012 Saint-Martin", {}, None),
        ("Territoriales 2023 Polynésie française", {}, "territoriales-polynesie-2013"),
        ("Territoriales 2008 Polynésie française", {}, None),
        ("Territoriales 2022", {}, None),
        ("Européennes 1979", {}, "europeennes-1979"),
        ("Européennes 1999", {}, "europeennes-1994"),
        ("Européennes 2014", {}, "europeennes-2004"),
        ("Européennes 2024", {}, "europeennes-2024"),
        ("Sénatoriales 2020", {"seats": 2}, "senatoriales-majority-2014"),
        ("Sénatoriales 2020", {"seats": 3}, "senatoriales-lists-2014"),
        ("Sénatoriales 2008", {"seats": 3}, "senatoriales-majority-2004"),
        ("Sénatoriales 2001", {"seats": 3}, "senatoriales-lists-2001"),
        ("Sénatoriales 2020", {}, None),
        ("Métropolitaines Lyon 2020", {}, "metropolitaines-2020"),
        ("Provinciales 2019", {}, "provinciales-1999"),
        ("Primaire de la gauche 2017", {}, "primaire-gauche-2017"),
        ("Primaire de la droite 2016", {}, None),
    ],
)
def test_which_rule_an_election_was_held_under(election, facts, name):
    assert held_under(election, **facts) == name


def test_the_day_decides_where_a_law_changed_within_a_year():
    """By-elections of 1976: the law is of 19 July."""
    assert held_under("Législatives 1976", day="1976-05-09") == "legislatives-1967"
    assert held_under("Législatives 1976", day="1976-11-14") == "legislatives-1976"


@pytest.mark.parametrize("kind", ["Législatives", "Présidentielle", "Européennes", "Départementales"])
def test_periods_follow_each_other(kind):
    """Each begins on the day after the last one ended, but for the years that are said to be left out."""
    periods = sorted(
        (rule.scope.first or date.min, rule.scope.last or date.max)
        for rule in RULES.values()
        if rule.scope.kind == kind
    )
    gaps = [last for (_, last), (first, _) in pairwise(periods) if first != last + timedelta(days=1)]
    assert gaps == ([date(1986, 12, 31)] if kind == "Législatives" else [])


def test_families_are_asked_for_by_their_first_word():
    assert {"municipales", "legislatives", "regionales", "senatoriales"} <= set(families())
    assert RULES["regionales-corse-2017"] in rules_called("regionales")


@pytest.mark.parametrize(
    ("name", "votes", "totals", "fates"),
    [
        # Half of 1,000 is 500: not more. 1,500 registered: a quarter is 375, an eighth 187.5.
        ("legislatives-1995", (500, 188, 187, 125), (1000, 1500), "qualified qualified eliminated eliminated"),
        # 501 is more than half, and 2,004 registered need 501; 2,005 need 502.
        ("legislatives-1995", (501, 499), (1000, 2004), "elected not elected"),
        ("legislatives-1995", (501, 499), (1000, 2005), "qualified qualified"),
        # Of 9,000 registered nobody has 1,125: the two first. A tenth, 900, would be reached by none either.
        ("departementales-2015", (400, 350, 250), (1000, 9000), "qualified qualified eliminated"),
        # One alone: of 2,400 registered an eighth is 300; the next goes on with it.
        ("departementales-2015", (450, 299, 251), (1000, 2400), "qualified qualified eliminated"),
        # A tenth of the registered, until 2010: 240.
        ("cantonales-1969", (450, 299, 251), (1000, 2400), "qualified qualified qualified"),
        # A twentieth of the valid, in 1958.
        ("legislatives-1958", (499, 402, 50, 49), (1000, 1500), "qualified qualified qualified eliminated"),
        # Lists: a tenth goes on, a twentieth may merge; no fallback in a commune, but in a region.
        ("municipales-2014", (500, 99, 50, 49), (1000, 2000), "qualified may merge may merge eliminated"),
        ("regionales-2015", (500, 99, 50, 49), (1000, 2000), "qualified qualified may merge eliminated"),
        # Polynesia: an eighth goes on.
        ("territoriales-polynesie-2013", (500, 125, 124, 49), (1000, 2000), "qualified qualified may merge eliminated"),
        # Saint-Martin, 2017: half of 8,312 is 4,156, and a quarter of 20,260 is 5,065; a tenth is 831.2, a twentieth 415.6.
        # In round 2, the first three stood, and the fourth had joined the second. The last are four lists together.
        (
            "territoriales-saint-martin-2017",
            (4077, 1141, 1026, 724, 536, 418, 390),
            (8312, 20260),
            "qualified qualified qualified may merge may merge may merge eliminated",
        ),
        # 501 is a majority, and not a quarter of 2,005.
        (
            "territoriales-saint-barthelemy-2017",
            (501, 450, 49),
            (1000, 2004),
            "first, takes the bonus shares the seats no seats",
        ),
        ("territoriales-saint-barthelemy-2017", (501, 450, 49), (1000, 2005), "qualified qualified eliminated"),
        # Saint-Pierre-et-Miquelon, 2017 (settled in round 1) and 2022 (all three stood in round 2).
        (
            "territoriales-saint-pierre-et-miquelon-2017",
            (2324, 988),
            (3312, 5012),
            "first, takes the bonus shares the seats",
        ),
        (
            "territoriales-saint-pierre-et-miquelon-2017",
            (1528, 1231, 569),
            (3328, 5002),
            "qualified qualified qualified",
        ),
        # Corsica: 7 %.
        ("regionales-corse-2017", (500, 70, 69, 49), (1000, 2000), "qualified qualified may merge eliminated"),
        ("presidentielle-2012", (500, 300, 200), (1000, 2000), "qualified qualified eliminated"),
        ("senatoriales-majority-2014", (500, 300, 200), (1000, 1100), "qualified qualified qualified"),
    ],
)
def test_first_rounds_by_hand(name, votes, totals, fates):
    valid, registered = totals
    counted = Counted(votes, {"valid": valid, "voters": valid, "registered": registered}, seats=1)
    assert " ".join(fate.word for fate in judge(RULES[name], 1, counted).fates) == fates


@pytest.mark.parametrize(
    "name", ["regionales-guyane-2015", "territoriales-polynesie-2013", "territoriales-saint-pierre-et-miquelon-2017"]
)
def test_where_seats_are_given_out_in_sections_the_rule_says_so(name):
    """In Guyane in 2015, the whole's 21,163 and 17,631 votes would give 11 + 22 and 18 seats; the sections gave 35 and 16."""
    seats = RULES[name].seats
    assert seats is not None
    assert seats.by_section
    assert any("section by section" in str(note) for note in rule_said(RULES[name]))


def test_seats_that_are_given_out_in_sections_are_not_shared_out_in_the_whole():
    for seats in (rule.seats for rule in RULES.values() if rule.seats is not None and rule.seats.by_section):
        with pytest.raises(NotHeldError, match="section by section"):
            share(seats, (21163, 17631), {"valid": 38794, "voters": None, "registered": None}, 51)


@pytest.mark.parametrize(
    ("name", "seats", "bonus"),
    [
        # A fifth, rounded up: 10.2 and 11. A third: 7.67 and 6.33.
        ("regionales-guyane-2015", 51, 11),
        ("regionales-guyane-2015", 55, 11),
        ("territoriales-saint-martin-2017", 23, 8),
        ("territoriales-saint-barthelemy-2017", 19, 7),
        # Eight of 15 and two of 4.
        ("territoriales-saint-pierre-et-miquelon-2017", 19, 10),
        ("territoriales-polynesie-2013", 57, 19),
    ],
)
def test_bonuses_overseas_are_those_that_were_reported(name, seats, bonus):
    held = RULES[name].seats
    assert held is not None
    assert held.number in {None, seats}
    first = held.stages[0]
    assert first.to == "first"
    assert bonus == (rounded(first.seats, seats, first.rounding) if isinstance(first.seats, Fraction) else first.seats)
