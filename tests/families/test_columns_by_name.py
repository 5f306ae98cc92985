"""A column for each candidate: cities, researchers, newspapers."""

from __future__ import annotations

import pytest

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


def test_several_years_in_a_column_are_several_elections(written):
    rows = [["annee", "type", "commune", "candidat", "voix"]]
    rows += [
        [year, "Présidentielle", "Poissy", name, votes]
        for year, votes in (("2017", "10"), ("2022", "20"))
        for name in ("A", "B")
    ]
    found = facts(load(written("historique.csv", rows)))
    assert {key[0]: unit["A"] for key, unit in found.items()} == {"Présidentielle 2017": 10, "Présidentielle 2022": 20}


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


def test_votes_written_in_front_of_each_name(written):
    """Researchers put `voix` before each candidate, and sums by political block behind them."""
    rows = [
        "dep,codecommune,nomcommune,inscrits,votants,exprimes,voixPETIT,voixROUX,voixNOEL,voteG,voteD,pvoteG,pvoteD",
        "01,01001,ABERGEMENT,100,60,55,30,15,10,45,10,.8182,.1818",
        "01,01002,VAREY,90,50,45,20,15,10,35,10,.7778,.2222",
    ]
    found = facts(load(written("pres2027comm.csv", "\n".join(rows) + "\n")))
    assert [{name: unit[name] for name in unit if name.isupper()} for unit in found.values()] == [
        {"PETIT": 30, "ROUX": 15, "NOEL": 10},
        {"PETIT": 20, "ROUX": 15, "NOEL": 10},
    ]


def test_blocks_numbered_behind_a_word(written):
    header = "Code commune;Code du b.vote;Inscrits;Votants;Exprimés"
    for number in (1, 2):
        header += f";N°Panneau_candi{number};Nom_candi{number};Prénom_candi{number};Voix_candi{number};% Voix/Exp_candi{number}"
    rows = [header, "78172;1;100;60;55;1;PETIT;Luc;30;54,55;2;ROUX;Inès;25;45,45"]
    found = facts(load(written("presidentielle-2027-t1.csv", "\n".join(rows) + "\n")))
    assert next(iter(found.values())) == {
        "registered": 100, "voters": 60, "valid": 55, "Luc PETIT": 30, "Inès ROUX": 25,
    }  # fmt: skip
