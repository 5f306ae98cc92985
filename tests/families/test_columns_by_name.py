"""A column for each candidate: cities, researchers, newspapers."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources import load
from tests.families.made_up import PEOPLE, STATIONS, added_up, expected, facts, in_round, percent

NAMES = [f"{'Mme' if person.sex == 'F' else 'M.'} {person.surname} {person.first}" for person in PEOPLE]
CALLED = {person.name: name for person, name in zip(PEOPLE, NAMES, strict=True)}
COUNTS = ["Inscrits", "Votants", "Blancs", "Nuls", "Exprimés"]


def counts(unit):
    return [str(count) for count in (unit.registered, unit.voters, unit.blank, unit.null, unit.valid)]


def votes(unit):
    return [str(count) for _, count in unit.votes]


def named(person):
    return CALLED[person.name]


@pytest.mark.parametrize(
    ("of_votes", "of_share"),
    [("{} - votes", "{} - pourcentage"), ("{} (voix)", "{} (%)"), ("Voix {}", "% {}"), ("{}", "% {}"), ("{}", None)],
)
@pytest.mark.parametrize("index", [True, False])
def test_a_city_s_columns(written, of_votes, of_share, index):
    header = [*([""] if index else []), "Code commune", "Bureau", *COUNTS, "Participation"]
    rows = []
    for at, unit in enumerate(STATIONS):
        row = [
            *([str(at)] if index else []),
            unit.insee,
            unit.station,
            *counts(unit),
            f"{percent(unit.voters, unit.registered)} %",
        ]
        for cell, (_, count) in zip(votes(unit), unit.votes, strict=True):
            row += [cell, *([f"{percent(count, unit.valid)} %"] if of_share else [])]
        rows.append(row)
    for name in NAMES:
        header += [of_votes.format(name), *([of_share.format(name)] if of_share else [])]
    found = load(written("legislatives-2022-brest-t1.csv", [header, *rows]))
    # No column says the constituency; these people stand everywhere.
    assert facts(found) == expected(STATIONS, "Législatives 2022", name=named)


def test_percentages_beside_the_names(written):
    """`MACRON`, `MACRON_ins`, `MACRON_exp`: votes, then shares of registered and of valid."""
    header = ["departement", "commune", "bureau", "inscrits", "votants", "blancs", "nuls", "exprimes"]
    for person in PEOPLE:
        header += [person.surname, f"{person.surname}_ins", f"{person.surname}_exp"]
    rows = [
        [unit.departement, unit.commune, unit.station, *counts(unit)]
        + [
            cell
            for _, count in unit.votes
            for cell in (str(count), percent(count, unit.registered, "."), percent(count, unit.valid, "."))
        ]
        for unit in STATIONS
    ]
    found = load(written("2017-presidentielle-1.csv", [header, *rows], separator=","))
    assert facts(found) == expected(STATIONS, "Présidentielle 2017", name=lambda one: one.surname)


def test_rounds_side_by_side(written):
    second = in_round(STATIONS, 2)
    header = ["insee", "bureau"]
    header += [f"{name}_t1" for name in ("inscrits", "votants", "blancs", "nuls", "exprimes")] + [
        f"{one.surname} T1" for one in PEOPLE
    ]
    header += [f"{name}_t2" for name in ("inscrits", "votants", "blancs", "nuls", "exprimes")] + [
        f"{one.surname} T2" for one in PEOPLE[:2]
    ]
    rows = [
        [one.insee, one.station, *counts(one), *votes(one), *counts(two), *votes(two)]
        for one, two in zip(STATIONS, second, strict=True)
    ]
    found = load(written("presidentielle_2017.csv", [header, *rows], separator=","))
    assert facts(found) == {
        **expected(STATIONS, "Présidentielle 2017", name=lambda one: one.surname),
        **expected(second, "Présidentielle 2017", name=lambda one: one.surname),
    }


def test_names_in_a_row_above(written):
    """Two rows: the candidates' names, and below each `Voix` and `%`."""
    units = added_up(STATIONS, "departement", "commune")
    above = ["", "", "", "", "", *[cell for name in NAMES for cell in (name, "")]]
    header = ["Code commune", "Commune", "Inscrits", "Votants", "Exprimés", *["Voix", "% Exp"] * len(NAMES)]
    rows = [
        [unit.insee, unit.commune_name, str(unit.registered), str(unit.voters), str(unit.valid)]
        + [cell for _, count in unit.votes for cell in (str(count), percent(count, unit.valid))]
        for unit in units
    ]
    found = load(written("presidentielle-2012-t1.csv", [above, header, *rows]))
    assert facts(found) == expected(
        units, "Présidentielle 2012", unit=lambda unit: unit.commune_name, name=named, kinds="registered voters valid"
    )


def test_parties_that_are_called_like_places(written):
    """`COM` and `REG` are parties here, as in the series of the CDSP."""
    header = [
        "Code département",
        "département",
        "circonscription",
        "Inscrits",
        "Votants",
        "Exprimés",
        "COM",
        "REG",
        "SOC",
    ]
    units = added_up(STATIONS, "departement", "constituency")
    rows = [
        [
            unit.departement.lstrip("0"),
            unit.departement_name,
            unit.constituency.lstrip("0"),
            *counts(unit)[:2],
            str(unit.valid),
            *votes(unit),
        ]
        for unit in units
    ]
    party = dict(zip((person.name for person in PEOPLE), header[6:], strict=True))
    found = load(written("cdsp_legi1981t1_circ.csv", [header, *rows], separator=","))

    def constituency(unit):
        return f"{unit.departement}-{int(unit.constituency)}"

    assert facts(found) == expected(
        units,
        "Législatives 1981",
        contest=constituency,
        unit=constituency,
        name=lambda one: party[one.name],
        kinds="registered voters valid",
    )


def test_a_newspaper_s_table_without_valid_votes(written):
    """`commune;Macron;Le Pen;abstention`: what nobody says is not made up."""
    rows = [
        ["commune", "Macron", "Le Pen", "abstention"],
        ["Poissy", "1200", "800", "340"],
        ["Achères", "500", "400", "200"],
    ]
    path = written("presidentielle-2022-t2.csv", rows)
    found = load(path)
    assert facts(found) == {
        ("Présidentielle 2022", 2, "Présidentielle 2022", "Poissy"): {"Macron": 1200, "Le Pen": 800},
        ("Présidentielle 2022", 2, "Présidentielle 2022", "Achères"): {"Macron": 500, "Le Pen": 400},
    }
    assert found.ballots[["registered", "voters", "valid"]].isna().all(axis=None)


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


def test_several_years_in_a_column_are_several_elections(written):
    rows = [["annee", "type", "commune", "candidat", "voix"]]
    rows += [
        [year, "Présidentielle", "Poissy", name, votes]
        for year, votes in (("2017", "10"), ("2022", "20"))
        for name in ("A", "B")
    ]
    found = facts(load(written("historique.csv", rows)))
    assert {key[0]: unit["A"] for key, unit in found.items()} == {"Présidentielle 2017": 10, "Présidentielle 2022": 20}


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


def test_paris_by_station(written):
    """The city numbers its stations within arrondissements; an identifier tells them apart."""
    header = "id_bvote;scrutin;annee;tour;date;num_circ;num_arrond;num_bureau;nb_procu;nb_inscr;nb_emarg;nb_bl;nb_nul;nb_exprim"
    rows = [
        [
            f"{at}-1",
            "Présidentielle",
            "2017",
            "1",
            "2017-04-23",
            "5",
            str(at),
            "1",
            "12",
            str(unit.registered),
            str(unit.voters),
        ]
        + [str(count) for count in (unit.blank, unit.null, unit.valid)]
        + votes(unit)
        for at, unit in enumerate(STATIONS, start=10)
    ]
    found = load(
        written(
            "elections-presidentielles-2017-1ertour.csv",
            [[*header.split(";"), *(f"{one.surname} {one.first}" for one in PEOPLE)], *rows],
        )
    )
    truth = expected(STATIONS, "Présidentielle 2017", name=lambda one: f"{one.surname} {one.first}")
    assert list(facts(found).values()) == list(truth.values())


def test_a_referendum_by_two_columns(written):
    rows = [
        ["Commune", "Inscrits", "Votants", "Blancs et nuls", "Exprimés", "OUI", "NON"],
        ["Poissy", "1000", "700", "10", "690", "300", "390"],
    ]
    found = facts(load(written("referendum-2005.csv", rows)))
    assert found == {
        ("Référendum 2005", 1, "Référendum 2005", "Poissy"): {
            "registered": 1000, "voters": 700, "blank_null": 10, "valid": 690, "OUI": 300, "NON": 390,
        }
    }  # fmt: skip


def test_two_votes_of_one_day_in_one_table(written):
    rows = [["scrutin", "bureau", "inscrits", "exprimes", "nom", "voix"]]
    rows += [["Régionales", "1", "100", "70", *pair] for pair in (["A", "40"], ["B", "30"])]
    rows += [["Départementales", "1", "100", "69", *pair] for pair in (["C", "45"], ["D", "24"])]
    found = facts(load(written("juin-2021.csv", rows)))
    assert {key[0]: unit for key, unit in found.items()} == {
        "Régionales": {"registered": 100, "valid": 70, "A": 40, "B": 30},
        "Départementales": {"registered": 100, "valid": 69, "C": 45, "D": 24},
    }


def test_the_round_in_the_name_of_the_vote(written):
    rows = [["Scrutin", "Bureau", "Inscrits", "Exprimés", "A", "B"]]
    rows += [
        ["Élections Législatives 1er tour", "1", "100", "70", "40", "30"],
        ["Élections Législatives 2nd tour", "1", "100", "72", "41", "31"],
    ]
    found = facts(load(written("brest.csv", rows)))
    assert {key[1]: unit["A"] for key, unit in found.items()} == {1: 40, 2: 41}
