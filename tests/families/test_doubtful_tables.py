"""Small tables that say little, or could be misread: what is sure is read, and the rest is refused or remarked on."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources import load
from tests.families.made_up import facts


def test_turnout_alone(written):
    rows = [["Commune", "Inscrits", "Votants"], ["Poissy", "1000", "700"], ["Achères", "500", "350"]]
    found = load(written("participation-2024.csv", rows))
    assert sorted(counts["voters"] for counts in facts(found).values()) == [350, 700]
    assert not len(found.votes)


def test_candidates_with_votes_alone(written):
    rows = [["Candidat", "Voix"], ["Zoé ÉTIENNE", "1 200"], ["Jean LE GOFF", "800"]]
    found = load(written("resultats.csv", rows))
    assert list(facts(found).values()) == [{"Zoé ÉTIENNE": 1200, "Jean LE GOFF": 800}]


def test_percentages_alone(written):
    rows = [["Candidat", "% Exp"], ["Zoé ÉTIENNE", "60,00"], ["Jean LE GOFF", "40,00"]]
    found = load(written("resultats.csv", rows))
    assert found.votes["share"].tolist() == [60.0, 40.0]
    assert found.votes["votes"].isna().all()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        # Thousands set apart by a point or a comma are not decimals, nor are decimals counts.
        (
            [["Commune", "Inscrits", "Votants", "Exprimés", "A", "B"], ["P", "1.473", "1.000", "990", "500", "490"]],
            "not a whole number",
        ),
        ([["Commune", "Inscrits", "Votants"], ["P", "1,473", "1,000"]], "not a whole number"),
        ([["Candidat", "Voix"], ["A", "1200"], ["B", "environ 800"]], "not a count"),
        ([["Candidat", "Voix"], ["A", "1200"], ["B", "-800"]], "negative"),
        ([["Commune", "Candidat", "Voix"], ["P", "A", "12"], ["P", "", "30"]], "no candidate"),
        ([["Commune", "Inscrits", "Votants"], ["P", "10", "5"], ["P", "12", "5"]], "twice"),
        ([["Commune", "Inscrits", "Votants"], ["P", "10", "5"], ["Q", "10"]], "cells"),
        ([["Nom", "Adresse"], ["A", "B"]], "not recognised"),
    ],
)
def test_what_cannot_be_read_surely_is_refused(written, rows, why):
    with pytest.raises(SourceError, match=why):
        load(written("resultats.csv", rows))


def test_columns_that_add_up_by_chance_are_not_candidates(written):
    """Ages, streets and numbers of seats are whole numbers too: what does not add up to the valid votes is no candidate."""
    rows = [
        ["Commune", "Inscrits", "Votants", "Exprimés", "Population", "Sièges"],
        ["P", "1000", "700", "690", "3000", "19"],
        ["Q", "500", "300", "290", "1200", "11"],
    ]
    found = load(written("communes.csv", rows))
    assert not len(found.votes)
    remarks = " ".join(str(remark) for remark in found.provenance.files[0].remarks)
    assert "Population" in remarks


def test_a_candidate_called_as_a_ballot_is(written):
    """Mr Blanc's votes are no blank votes."""
    rows = [
        ["Commune", "Inscrits", "Votants", "Blancs", "Nuls", "Exprimés", "BLANC", "MARTIN"],
        ["Poissy", "1000", "700", "8", "2", "690", "400", "290"],
        ["Achères", "500", "350", "6", "4", "340", "40", "300"],
    ]
    found = facts(load(written("municipales.csv", rows)))
    assert [(unit["blank"], unit["BLANC"], unit["MARTIN"]) for unit in found.values()] == [(8, 400, 290), (6, 40, 300)]


def test_rows_that_count_ballots_are_no_candidates(written):
    rows = [["Libellé commune", "Nom", "Nb voix"]]
    for place, *counts in (("Poissy", 400, 290, 8, 2, 300, 1000), ("Achères", 40, 300, 6, 4, 150, 500)):
        rows += [
            [place, *pair]
            for pair in zip(
                ["MARTIN", "PETIT", "Blancs", "Nuls", "Abstentions", "Inscrits"], map(str, counts), strict=True
            )
        ]
        rows.append([place, "Total", str(sum(counts[:2]))])
    found = load(written("municipales.csv", rows))
    assert sorted(found.candidates["candidate"].unique()) == ["MARTIN", "PETIT"]
    assert [(unit["MARTIN"], unit["blank"], unit["null"], unit["registered"]) for unit in facts(found).values()] == [
        (400, 8, 2, 1000),
        (40, 6, 4, 500),
    ]


def test_shares_by_name_that_add_up_to_a_hundred(written):
    rows = [
        ["Commune", "Inscrits", "Macron", "Le Pen"],
        ["Poissy", "900", "60,2", "39,8"],
        ["Achères", "800", "51", "49"],
    ]
    found = load(written("presidentielle-2022-t2.csv", rows))
    assert found.votes["share"].tolist() == [60.2, 39.8, 51.0, 49.0]
    assert set(found.votes["share_base"]) == {"valid"}


def test_shares_of_nothing_sure_are_refused(written):
    """They add up to neither 100 nor anything else: nobody knows what they are shares of."""
    rows = [["Commune", "Macron", "Le Pen"], ["Poissy", "40,2", "29,8"], ["Achères", "31,5", "29"]]
    with pytest.raises(SourceError, match="not recognised"):
        load(written("presidentielle-2022-t2.csv", rows))


def test_a_share_without_its_base_is_one_of_valid_votes(written):
    rows = [["Nom", "% Voix"], ["A", "60"], ["B", "40"]]
    found = load(written("resultats.csv", rows))
    assert set(found.votes["share_base"]) == {"valid"}


def test_a_footnote_in_a_column_of_votes_is_refused(written):
    rows = [
        ["Commune", "Inscrits", "Votants", "Exprimés", "Macron", "Le Pen", "Mélenchon"],
        ["Poissy", "1000", "700", "690", "300", "200", "190"],
        ["Achères", "500", "350", "340", "200", "100", "40*"],
    ]
    with pytest.raises(SourceError, match=r"40\*"):
        load(written("presidentielle-2022-t1.csv", rows))


def test_some_of_the_candidates_are_read_and_said_to_be_presumed(written):
    rows = [
        ["Commune", "Inscrits", "Votants", "Exprimés", "Macron", "Le Pen"],
        ["Poissy", "1000", "700", "690", "300", "200"],
    ]
    found = load(written("presidentielle-2022-t1.csv", rows))
    assert found.votes["votes"].tolist() == [300, 200]
    assert any("taken for candidates" in str(remark) for remark in found.provenance.files[0].remarks)


def test_one_person_twice_in_a_unit_is_refused(written):
    """A column that tells the rows apart is not understood; the two are no namesakes."""
    rows = [
        ["commune", "mode", "nom", "prenom", "voix"],
        ["P", "urne", "MARTIN", "Zoé", "5"],
        ["P", "poste", "MARTIN", "Zoé", "7"],
    ]
    with pytest.raises(SourceError, match="stands twice"):
        load(written("resultats.csv", rows))


def test_a_city_beside_its_parts_without_codes(written):
    rows = [
        ["Commune", "Inscrits", "Votants"],
        ["Paris", "300", "200"],
        ["Paris 1er arrondissement", "100", "80"],
        ["Paris 2e arrondissement", "200", "120"],
    ]
    found = load(written("paris.csv", rows))
    assert found.ballots["registered"].sum() == 300


def test_a_row_that_lost_a_cell_is_refused(written):
    header = [
        "Code du département",
        "Inscrits",
        "Votants",
        "Exprimés",
        *["N°Panneau", "Nom", "Prénom", "Voix", "% Voix/Exp"] * 2,
    ]
    whole = ["01", "100", "50", "50", "1", "MARTIN", "Zoé", "20", "40", "2", "PETIT", "Léo", "30", "60"]
    with pytest.raises(SourceError, match="for a name"):
        load(written("presidentielle-2022.csv", [header, whole, ["02", *whole[1:6], *whole[7:]]]))


def test_a_sum_under_any_name_is_not_added(written):
    rows = [
        ["Bureau", "Inscrits", "Votants", "Exprimés", "A", "B"],
        ["1", "100", "80", "78", "40", "38"],
        ["2", "200", "100", "98", "50", "48"],
        ["Centralisateur", "300", "180", "176", "90", "86"],
    ]
    assert load(written("ville.csv", rows)).ballots["registered"].tolist() == [100, 200]
    rows[-1] = ["Centralisateur", "300", "181", "176", "90", "86"]  # one voter more: not the sum, so a station
    assert load(written("ville.csv", rows)).ballots["registered"].tolist() == [100, 200, 300]
