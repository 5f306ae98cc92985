"""Elections, years and rounds from the names of files."""

from __future__ import annotations

import pytest

from primaire.naming import kind_of, naming, round_said, spoken, without_round_words


@pytest.mark.parametrize(
    ("name", "election", "number"),
    [
        ("PR17_BVot_T1_FE", "Présidentielle 2017", 1),
        ("PR07_Bvot_T1T2", "Présidentielle 2007", None),
        ("Leg_2022_Resultats_T2_officiel", "Législatives 2022", 2),
        ("LG12_Bvot_T1T2", "Législatives 2012", None),
        ("ER99_Bvot", "Européennes 1999", None),
        ("MN14_Bvot_T1T2", "Municipales 2014", None),
        ("DP15_Bvot_T1T2", "Départementales 2015", None),
        ("CN11_BVot_T1T2", "Cantonales 2011", None),
        ("RG21_BVot_T1T2", "Régionales 2021", None),
        ("RF05_BVot", "Référendum 2005", None),
        ("cdsp_presi1969t1_circ", "Présidentielle 1969", 1),
        ("Eur_19_Com", "Européennes 2019", None),
        ("2024_legi_t2", "Législatives 2024", 2),
        ("2017-presidentielle-1_par_bureau_large", "Présidentielle 2017", 1),
        ("resultats-elections-municipales-2026-2nd-tour", "Municipales 2026", 2),
        ("presidentielle", "Présidentielle", None),
        ("kerg2", None, None),
        ("prix-2020", None, None),
    ],
)
def test_names_of_files(name, election, number):
    said = naming([name])
    assert (said.election, said.round) == (election, number)


def test_the_first_text_that_says_something_counts():
    said = naming(["resultats", "Tour 1", "Élection présidentielle 2012 - 2nd tour"])
    assert (said.election, said.round) == ("Présidentielle 2012", 1)


def test_rounds():
    assert [
        round_said(text) for text in ("1er tour", "second tour", "Tour 2", "T1", "r2", "2017", "T3", "tourisme")
    ] == [1, 2, 2, 1, 2, None, None, None]


def test_identifiers_of_aggregated_files():
    assert spoken("2020_muni_t2") == ("Municipales 2020", 2)
    assert spoken("Paris 2020") == ("Paris 2020", None)


def test_a_name_keeps_its_letters_without_the_round():
    assert [without_round_words(name) for name in ("Jean ÉTIENNE T1", "MACRON_t2", "Le Pen 2e tour", "T. MARTIN")] == [
        "Jean ÉTIENNE", "MACRON", "Le Pen", "T. MARTIN",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "contest"),
    [
        ("Législatives 2022", "constituency"),
        ("Départementales 2021", "canton"),
        ("Municipales 2020", "commune"),
        ("Régionales 2021", "region"),
        ("Européennes 2019", None),
    ],
)
def test_what_a_kind_is_contested_by(name, contest):
    kind = kind_of(name)
    assert kind is not None
    assert kind.contest == contest
