"""Damaged names, and names for the same: what is found, and the nearest things that are not."""

from __future__ import annotations

import pytest

from primaire.checks.names import damage, names
from primaire.checks.spellings import spellings
from tests.elections import returns_of, unit

WORDS = ("Benoît HAMON", "François ASSELINEAU", "Éric ZEMMOUR", "Hélène Œuvray", "L’Haÿ-les-Roses", "à Bâle")


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("read", ["cp1252", "latin-1"])
def test_utf8_read_as_another_encoding(name, read):
    try:
        damaged = name.encode().decode(read)
    except UnicodeDecodeError:
        pytest.skip("this encoding has no sign for one of the bytes")
    found = damage(damaged)
    assert found is not None
    assert found.repaired == name


def test_utf8_read_wrongly_twice():
    damaged = "Benoît".encode().decode("cp1252").encode().decode("cp1252")
    found = damage(damaged)
    assert found is not None
    assert found.repaired == "Benoît"


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("Andr‚ MARTIN", "André MARTIN"),  # é is byte 130 of code page 850, a low quotation mark in Windows-1252
        ("HŠlene", "Hèlene"),
        ("Ren\x8e", None),  # é is byte 142 of Mac Roman; as Windows-1252 it would be Ž
        ("BenoŒt", "Benoît"),
        ("M&eacute;lenchon", "Mélenchon"),
        ("d&#39;Artagnan", "d'Artagnan"),
        ("L\x8cVENBRUCK", "LŒVENBRUCK"),
        ("Beno?t", None),
        ("Beno\ufffdt", None),
        ("RenÚ", "René"),
    ],
)
def test_other_damage(damaged, repaired):
    found = damage(damaged)
    assert found is not None
    if repaired is not None or "?" in damaged or "\ufffd" in damaged:
        assert found.repaired == repaired


@pytest.mark.parametrize(
    "name",
    [
        *WORDS,
        "JOÃO DA SILVA",
        "Conceição",
        "Et alors ?",
        "Pourquoi pas ? Oui",
        "R&D",
        "Gauche & Écologie",
        "DUPONT – MARTIN",
        "« Osons »",
        "CŒUR",
        "Škoda",
        "Nuits-Saint-Georges (1)",
        "L’AVENIR…",
        "Zoë",
        "Łódź",
        "Þór",
        "GRÜNE",
    ],
)
def test_names_as_they_are(name):
    assert damage(name) is None


def test_a_damaged_commune_is_found_once_with_its_units():
    units = [
        unit({"A": 1}, unit=f"{number}", commune="BesanÃ§on", level="station", station_code=f"{number}")
        for number in range(3)
    ]
    (found,) = names(returns_of(*units)).seen
    assert (found.code, found.ballot) == ("PRI303", 0)
    assert str(found.message) == "“BesanÃ§on”, of 3 units: UTF-8 read as another encoding"
    assert str(found.hint) == "should probably read “Besançon”"


def test_a_damaged_candidate_is_shown_without_what_a_terminal_would_act_on():
    (found,) = names(returns_of(unit({"L\x8cVENBRUCK": 1}))).seen
    assert str(found.message).startswith(r"“L\x8cVENBRUCK”")
    assert str(found.place) == "Vote, Contest"


def pairs(first, second):
    return [str(one.message) for one in spellings(returns_of(first, second)).seen]


def rounds(one, other):
    return pairs(unit({one: 60, "Marie DUPONT": 40}), unit({other: 50, "Marie DUPONT": 50}, round=2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jean MARTIN", "MARTIN Jean"),
        ("Jean MARTIN", "Jean MARTYN"),
        ("Jean MARTIN", "Jean MARTTIN"),
        ("Yamina KICHI", "Kichi"),
    ],
)
def test_one_candidate_under_two_names(one, other):
    assert len(rounds(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jean MARTIN", "Jeanne MARTIN"),
        ("Jean LE GOFF", "Jean LA GOFF"),
        ("Jean MARTIN", "Paul MARTIN"),
        ("Liste 0001", "Liste 0002"),
        ("DVG", "DVD"),
        ("Jean", "Jean MARTIN"),
    ],
)
def test_two_candidates(one, other):
    assert rounds(one, other) == []


def test_who_stands_on_one_ballot_paper_is_two_people():
    both = {"Jean MARTIN": 60, "Jean MARTYN": 40}
    assert pairs(unit(both), unit(both, unit="There")) == []


def test_a_unit_under_two_spellings():
    found = pairs(unit({"A": 1}, unit="Saint-Denis"), unit({"A": 2}, unit="SAINT DENIS"))
    assert found == ["“SAINT DENIS” and “Saint-Denis” may be one unit"]


def test_names_that_two_departements_share():
    first, second = (
        unit({"A": 1}, unit=name, departement=place) for name, place in (("Saint-Denis", "A"), ("SAINT DENIS", "B"))
    )
    assert pairs(first, second) == []


@pytest.mark.parametrize(("name", "found"), [("Poissy", 1), ("CONFLANS", 0)])
def test_a_code_with_two_names(name, found):
    same = {"level": "station", "departement_code": "78", "commune_code": "78172"}
    units = [
        unit({"A": 1}, unit=str(at), station_code=str(at), commune=each, **same)
        for at, each in enumerate(["Conflans", name])
    ]
    assert len(pairs(*units)) == found
