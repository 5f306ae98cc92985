"""The ministry's text files of every kind of election: who stands, for what, and where they are elected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from primaire.checks.contradictions import findings
from primaire.sources import load
from tests.families.made_up import (
    CELLS,
    MINISTRY,
    PEOPLE,
    RECENT,
    STATION,
    STATIONS,
    TOGETHER,
    Person,
    added_up,
    by_votes,
    expected,
    facts,
    in_round,
    wide,
)
from tests.families.ministry import NUANCED, canton, constituency


def test_deputies_are_elected_by_constituency(written):
    rows = wide(by_votes(STATIONS), f"{STATION};{MINISTRY}", NUANCED)
    found = load(written("Leg_2017_Resultats_BVT_T1_c.txt", rows, encoding="cp1252"))
    assert facts(found) == expected(STATIONS, "Législatives 2017", contest=constituency)
    assert dict(zip(found.candidates["candidate"], found.candidates["label"], strict=True)) == {
        person.name: person.nuance for person in PEOPLE
    }


def test_lists_of_2019(written):
    fixed = STATION.replace("Code de la circonscription;Libellé de la circonscription;", "")
    block = "N°Liste;Libellé Abrégé Liste;Libellé Etendu Liste;Nom Tête de Liste;Voix;% Voix/Ins;% Voix/Exp"
    found = load(
        written(
            "ER19_resultats-definitifs-par-bureau-de-vote.txt",
            wide(STATIONS, f"{fixed};{MINISTRY}", block),
            encoding="cp1252",
        )
    )
    assert facts(found) == expected(STATIONS, "Européennes 2019", name=lambda one: f"{one.surname} {one.first}")
    assert found.candidates["list"].tolist() == [person.short for person in PEOPLE]
    assert found.candidates["number"].tolist() == ["1", "2", "3"]


@pytest.mark.parametrize("quoted", [True, False])
def test_lists_of_2024(written, quoted):
    fixed = "Code localisation;Libellé localisation;Code département;Libellé département;Code commune;Libellé commune;Code BV"
    block = "Numéro de panneau;Nuance liste;Libellé abrégé de liste;Libellé de liste;Voix;% Voix/inscrits;% Voix/exprimés;Sièges"
    rows = wide(
        STATIONS, f"{fixed};{RECENT}".replace("Code localisation;Libellé localisation;", ""), block, header="numbered"
    )
    rows = [
        [*("Code localisation", "Libellé localisation"), *rows[0]],
        *(["MET", "Métropole", *row] for row in rows[1:]),
    ]
    found = load(written("resultats-definitifs-par-bureau-de-vote-europeennes-2024.csv", rows, quoted=quoted))
    assert facts(found) == expected(STATIONS, "Européennes 2024", name=lambda one: one.short)
    assert found.candidates["label"].tolist() == [person.nuance for person in PEOPLE]


def test_deputies_of_2024(written):
    fixed = "Code département;Libellé département;Code circonscription législative;Libellé circonscription législative"
    block = "Numéro de panneau;Nuance candidat;Nom candidat;Prénom candidat;Sexe candidat;Voix;% Voix/inscrits;% Voix/exprimés;Elu"
    units = added_up(STATIONS, "departement", "constituency")
    found = load(
        written(
            "legislatives-2024-circonscriptions-t2.csv",
            wide(units, f"{fixed};{RECENT}", block, header="numbered"),
            quoted=True,
        )
    )
    units = [replace(unit, round=2) for unit in units]
    assert facts(found) == expected(units, "Législatives 2024", contest=constituency, unit=constituency)
    elected = found.votes[found.votes["elected"].fillna(value=False)]
    assert set(found.candidates["candidate"].iloc[elected["candidate"]]) == {PEOPLE[1].name}
    assert len(elected) == len(units)


def test_municipal_lists_of_2014(written):
    fixed = f"Date de l'export;Code du département;Type de scrutin;Libellé du département;Code de la commune;Libellé de la commune;{TOGETHER}"
    block = "Code Nuance;Sexe;Nom;Prénom;Liste;Sièges / Elu;Sièges Secteur;Sièges CC;Voix;% Voix/Ins;% Voix/Exp"
    units = [replace(unit, round=2) for unit in added_up(STATIONS, "departement", "commune")]
    rows = [[*row, ""] for row in wide(units, fixed, block)]
    counts = {rows[0].index(name) for name in ("Inscrits", "Abstentions", "Votants", "Blancs et nuls", "Exprimés")}
    rows = [rows[0], *([f"{cell:0>8}" if at in counts else cell for at, cell in enumerate(row)] for row in rows[1:])]
    found = load(written("muni-2014-resultats-com-1000-et-plus-t2.txt", rows, encoding="cp1252", newline="\r\n"))
    assert facts(found) == expected(
        units,
        "Municipales 2014",
        contest=lambda unit: f"{unit.commune_name} ({unit.insee})",
        unit=lambda unit: unit.commune_name,
        kinds="registered voters blank_null valid",
    )
    assert found.votes["seats"].tolist() == [1, 19, 3] * len(units)
    assert set(found.candidates["list"]) == {person.long for person in PEOPLE}


def test_municipal_names_without_lists(written):
    fixed = f"Code du département;Libellé du département;Code de la commune;Libellé de la commune;{MINISTRY}"
    block = "Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp;Mark"
    units = [
        replace(unit, votes=tuple((one, votes) for one, votes in unit.votes))
        for unit in added_up(STATIONS, "departement", "commune")
    ]
    found = load(written("municipales-2020-t1-communes-de-moins-de-1000-hab.txt", wide(units, fixed, block)))
    assert facts(found) == expected(
        units,
        "Municipales 2020",
        contest=lambda unit: f"{unit.commune_name} ({unit.insee})",
        unit=lambda unit: unit.commune_name,
    )
    assert found.votes["elected"].tolist() == [False, True, False] * len(units)


def test_municipal_lists_of_2020_by_station(written):
    fixed = (
        f"Code du département;Libellé du département;Code de la commune;Libellé de la commune;Code B.Vote;{MINISTRY}"
    )
    block = "N.Pan.;Code Nuance;Sexe;Nom;Prénom;Liste;Voix;% Voix/Ins;% Voix/Exp"
    found = load(
        written(
            "2020-05-18-resultats-par-niveau-burvot-t1-france-entiere-municipales.txt", wide(STATIONS, fixed, block)
        )
    )
    assert facts(found) == expected(
        STATIONS, "Municipales 2020", contest=lambda unit: f"{unit.commune_name} ({unit.insee})"
    )


def test_municipal_lists_of_2026_whose_heads_are_not_named(written):
    fixed = f"Code département;Libellé département;Code commune;Libellé commune;{RECENT}"
    block = (
        "Numéro de panneau;Nom candidat;Prénom candidat;Sexe candidat;Nuance liste;Libellé abrégé de liste;Libellé de liste;"
        "Voix;% Voix/inscrits;% Voix/exprimés;Elu;Sièges au CM;Sièges au CC"
    )
    units = [replace(unit, elected=0) for unit in added_up(STATIONS, "departement", "commune")]
    rows = wide(units, fixed, block, header="numbered")
    unnamed = {at for at, name in enumerate(rows[0]) if name.startswith(("Nom c", "Prénom c", "Sexe c"))}
    rows = [rows[0], *(["" if at in unnamed else cell for at, cell in enumerate(row)] for row in rows[1:])]
    found = load(written("municipales-2026-resultats-communes-2026-03-20.csv", rows))
    assert facts(found) == expected(
        units,
        "Municipales 2026",
        contest=lambda unit: f"{unit.commune_name} ({unit.insee})",
        unit=lambda unit: unit.commune_name,
        name=lambda one: one.short,
    )
    assert found.votes["seats"].tolist() == [1, 2, 3] * len(units)


def test_pairs_of_2015(written):
    fixed = f"Date de l'export;Code du département;Libellé du département;Code du canton;Libellé du canton;{MINISTRY}"
    block = "N°Panneau;Nuance;Binôme;Mark;Voix;% Voix/Ins;% Voix/Exp"
    units = added_up(STATIONS, "departement", "canton")
    found = load(
        written(
            "Departementales_2015_Resultats_Tour1_par_canton.csv",
            wide(units, fixed, block, header="zero"),
            separator=",",
        )
    )
    assert facts(found) == expected(
        units,
        "Départementales 2015",
        contest=canton,
        unit=canton,
        name=lambda one: f"Mme {one.surname} et M. {one.first}",
    )
    assert found.votes["elected"].tolist() == [False, True, False] * len(units)


def test_cantonal_candidates_of_2011(written):
    fixed = f"Code du département;Libellé du département;Code du canton;Libellé du canton;{TOGETHER}"
    block = "Nuance;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp"
    units = added_up(STATIONS, "departement", "canton")
    found = load(written("cantonales-2011-t1.txt", wide(units, fixed, block)))
    assert facts(found) == expected(
        units, "Cantonales 2011", contest=canton, unit=canton, kinds="registered voters blank_null valid"
    )


@pytest.mark.parametrize("year", [2010, 2015, 2021])
def test_regional_lists(written, year):
    fixed = f"Code de la région;Libellé de la région;Code du département;Libellé du département;{MINISTRY}"
    block = (
        "N°Liste;Nuance Liste;Libellé Abrégé Liste;Libellé Etendu Liste;Nom Tête de Liste;Voix;% Voix/Ins;% Voix/Exp"
    )
    units = added_up(STATIONS, "departement")
    found = load(written(f"regionales-{year}-t1.txt", wide(units, fixed, block)))
    assert facts(found) == expected(
        units,
        f"Régionales {year}",
        contest=lambda unit: unit.region_name,
        unit=lambda unit: unit.departement_name,
        name=lambda one: f"{one.surname} {one.first}",
    )


def test_two_rounds_are_the_same_people_and_units(written):
    second = in_round(STATIONS, 2)
    paths = [
        written(f"Leg_2022_Resultats_BVT_T{number}_c.txt", wide(units, f"{STATION};{MINISTRY}", NUANCED))
        for number, units in ((1, STATIONS), (2, second))
    ]
    found = load(*paths)
    assert facts(found) == {
        **expected(STATIONS, "Législatives 2022", contest=constituency),
        **expected(second, "Législatives 2022", contest=constituency),
    }
    assert not found.candidates.duplicated(["election", "contest", "candidate"]).any()


def test_one_nuance_twice_and_homonyms_are_several_candidates(written):
    twins = (PEOPLE[0], Person(4, "M", "ÉTIENNE", "Zoé", "DVD", "X", "X"), PEOPLE[2])
    units = [
        replace(unit, votes=tuple((one, votes) for one, (_, votes) in zip(twins, unit.votes, strict=True)))
        for unit in STATIONS
    ]
    found = facts(
        load(written("Leg_2017_Resultats_BVT_T1_c.txt", wide(by_votes(units), f"{STATION};{MINISTRY}", NUANCED)))
    )
    for unit in units:
        first, second, third = (votes for _, votes in unit.votes)
        read = found["Législatives 2017", 1, constituency(unit), unit.id]
        assert sorted((read["Zoé ÉTIENNE"], read["Zoé ÉTIENNE (2)"])) == sorted((first, second))
        assert read["Côme O'NEILL"] == third
    stations = [unit for unit in units if unit.departement == "01"]
    both = [found["Législatives 2017", 1, "01-4", unit.id]["Zoé ÉTIENNE"] for unit in stations]
    assert both in ([unit.votes[0][1] for unit in stations], [unit.votes[1][1] for unit in stations])


def test_sectors_of_a_city(written):
    fixed = f"Code département;Libellé département;Code secteur;Libellé secteur;{RECENT}"
    block = "Numéro de panneau;Nuance liste;Libellé abrégé de liste;Libellé de liste;Voix;% Voix/inscrits;% Voix/exprimés;Sièges"
    units = [replace(STATIONS[3], commune=f"056SR{at:02}", commune_name=f"Secteur {at}") for at in (1, 5, 17)]
    CELLS["Code secteur"], CELLS["Libellé secteur"] = CELLS["Code commune"], CELLS["Libellé commune"]
    found = load(written("municipales-2026-resultats-conseils-plm.csv", wide(units, fixed, block, header="numbered")))
    assert facts(found) == expected(
        units,
        "Municipales 2026",
        contest=lambda unit: f"{unit.commune_name} ({unit.insee})",
        unit=lambda unit: unit.commune_name,
        name=lambda one: one.short,
    )


SECTORS = [
    (
        "Code du département;Code de la commune;Libellé de la commune;Code du b.vote;Inscrits;Votants;Exprimés;"
        "N°Panneau;Nom;Prénom;Voix;N°Panneau;Nom;Prénom;Voix"
    ),
    "75;056;Paris;0501;100;60;55;1;PETIT;Luc;30;2;ROUX;Inès;25",
    "75;056;Paris;0502;100;60;55;1;PETIT;Luc;20;2;ROUX;Inès;35",
    "75;056;Paris;0601;90;50;45;1;NOEL;Jean;20;2;BLANC;Ève;25",
    "75;056;Paris;0602;80;0;0;1;NOEL;Jean;0;2;BLANC;Ève;0",
    "78;172;Conflans;0001;100;60;55;1;LEROY;Luc;30;2;MOREL;Zoé;25",
    "78;172;Conflans;0002;100;60;55;1;LEROY;Luc;35;2;MOREL;Zoé;20",
]


def test_a_city_elects_its_councils_by_sector(written):
    """No column says the sector: stations of one commune that share no list are of different ones."""
    read = load(written("municipales-2026-t1.csv", "\n".join(SECTORS) + "\n"))
    assert any("contests of their own" in str(remark) for remark in read.provenance.files[0].remarks)
    found = facts(read)
    by_contest: dict[str, list[str]] = {}
    for _, _, contest, unit in found:
        by_contest.setdefault(contest, []).append(unit)
    assert by_contest == {
        "Paris (75056), 0501": ["75056_0501", "75056_0502"],
        "Paris (75056), 0601": ["75056_0601", "75056_0602"],
        "Conflans (78172)": ["78172_0001", "78172_0002"],
    }


def test_a_list_without_a_row_in_a_station_is_no_sector(written):
    """Where rows of no vote are left out, one station may name one list, and the next another."""
    rows = [
        "Code commune;Bureau;Nom;Voix",
        *("78172;1;PETIT;30", "78172;2;ROUX;25", "78172;2;NOEL;11"),
        *("78118;1;BLANC;20", "78118;2;LEROY;21"),
    ]
    found = facts(load(written("municipales-2026-t1.csv", "\n".join(rows) + "\n")))
    assert {key[2] for key in found} == {"78172", "78118"}


@pytest.mark.parametrize("named", [True, False])
def test_sectors_of_an_aggregated_pair(written, named):
    """The table of participation names communes, that of candidates shows which of their stations vote together."""
    keys = [
        "2026_muni_t1;75056_0501;75;75056;0501",
        "2026_muni_t1;75056_0601;75;75056;0601",
        "2026_muni_t1;78172_0001;78;78172;0001",
    ]
    header = "id_election;id_brut_miom;code_departement;code_commune;code_bv"
    calls = ["Paris", "Paris", "Conflans"]
    general = [f"{header};{'libelle_commune;' if named else ''}inscrits;votants;exprimes"]
    general += [f"{key};{f'{called};' if named else ''}100;60;55" for key, called in zip(keys, calls, strict=True)]
    candidates = [f"{header};no_panneau;nom;prenom;nuance;voix"]
    people = [("PETIT", "ROUX"), ("NOEL", "BLANC"), ("LEROY", "MOREL")]
    for key, (one, other) in zip(keys, people, strict=True):
        candidates += [f"{key};1;{one};Luc;LDVG;30", f"{key};2;{other};Zoé;LDVD;25"]
    found = facts(
        load(
            written("general_results.csv", "\n".join(general) + "\n"),
            written("candidats_results.csv", "\n".join(candidates) + "\n"),
        )
    )
    paris, conflans = ("Paris (75056)", "Conflans (78172)") if named else ("75056", "78172")
    assert [key[2] for key in found] == [f"{paris}, 0501", f"{paris}, 0601", conflans]
    assert [sorted(name for name in unit if " " in name) for unit in found.values()] == [
        ["Luc PETIT", "Zoé ROUX"],
        ["Luc NOEL", "Zoé BLANC"],
        ["Luc LEROY", "Zoé MOREL"],
    ]


SMALL = "CODDPT;CODSUBCOM;LIBSUBCOM;POPSUBCOM;NBRINS;NBRVOT;NBRBLANUL;NBREXP;SEXPSN;NOMPSNEXT;PREPSN;NBRVOIX\n"


def _councils(counts: dict[str, list[int]]) -> str:
    rows = [
        f"01;{commune};Port {commune};300;100;60;5;55;M;PETIT{commune}{at};Luc;{votes}\n"
        for commune, each in counts.items()
        for at, votes in enumerate(each)
    ]
    return SMALL + "".join(rows)


def test_voters_of_small_communes_vote_for_several_people(written):
    """Two communes whose councillors have nearly all voices each, and one where a single seat is left."""
    many = {"001": [50, 49, 30], "002": [55, 51], "003": [40]}
    found = load(written("muni-2014-resultats-com-moins-1000-t2.txt", _councils(many)))
    assert found.contests["contest"].tolist() == ["Port 001 (01001)", "Port 002 (01002)", "Port 003 (01003)"]
    assert found.votes["votes"].tolist() == [50, 49, 30, 55, 51, 40]
    assert not findings(found)
    more = load(written("muni-2014-resultats-com-moins-1000-t1.txt", _councils({**many, "001": [56, 49, 30]})))
    assert [one.code for one in findings(more)] == ["PRI111"]


def test_votes_of_a_commune_must_add_up_where_most_do(written):
    found = load(written("muni-2014-t2.txt", _councils({"001": [30, 25], "002": [55], "003": [50, 49]})))
    assert [one.code for one in findings(found)] == ["PRI112"]
