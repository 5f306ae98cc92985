"""The ministry's text files, a row per unit, the candidates along it: however written, at every level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from primaire.sources import load
from tests.families.made_up import (
    MINISTRY,
    RECENT,
    STATION,
    STATIONS,
    Person,
    added_up,
    by_votes,
    expected,
    facts,
    wide,
)
from tests.families.ministry import NUANCED, PERSON, PRESIDENT, RAW, canton, constituency


@pytest.mark.parametrize("header", ["first", "all", "numbered", "zero"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "cp850", "mac_roman"])
def test_stations_of_a_president(written, header, newline, encoding):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON, header=header)
    assert facts(load(written(RAW, rows, encoding=encoding, newline=newline))) == expected(STATIONS, PRESIDENT)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoted", [True, False])
def test_separators_and_quotation_marks(written, separator, quoted):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON)
    path = written(RAW, rows, separator=separator, quoted=quoted, encoding="cp1252")
    assert facts(load(path)) == expected(STATIONS, PRESIDENT)


@pytest.mark.parametrize("block", [PERSON, NUANCED])
def test_stations_without_any_header(written, block):
    """Some copies of the raw file have lost their first line."""
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", block, header="none")
    assert facts(load(written(RAW, rows, encoding="cp1252"))) == expected(STATIONS, PRESIDENT)


@pytest.mark.parametrize("count", ["12 345", "12\u00a0345", "12\u202f345", "00012345", "12345,0", "12345.0"])
def test_whole_numbers_however_written(written, count):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON)
    rows = [[count if cell == "12345" else cell for cell in row] for row in rows]
    assert facts(load(written(RAW, rows))) == expected(STATIONS, PRESIDENT)


@pytest.mark.parametrize(("before", "after"), [(",", "."), (r",", ", "), ("", " %"), ("", "%")])
def test_percentages_however_written_are_no_counts(written, before, after):
    def written_so(header, cell):
        return cell if "%" not in header else cell.replace(before, after) if before else f"{cell}{after}"

    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON, header="all")
    rows = [rows[0], *([written_so(*pair) for pair in zip(rows[0], row, strict=True)] for row in rows[1:])]
    assert facts(load(written(RAW, rows))) == expected(STATIONS, PRESIDENT)


def test_empty_lines_trailing_cells_and_a_stray_index_change_nothing(written):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON, header="all")
    rows = [["", *rows[0], "", ""], [], *([str(at), *row, "", ""] for at, row in enumerate(rows[1:])), [], []]
    assert facts(load(written(RAW, rows))) == expected(STATIONS, PRESIDENT)


def test_titles_above_the_header_name_the_vote(written):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON)
    titles = [["Ministère de l'intérieur"], ["Élection présidentielle 2012 - 2nd tour"], []]
    units = [replace(unit, round=2) for unit in STATIONS]
    assert facts(load(written("results.csv", [*titles, *rows]))) == expected(units, "Présidentielle 2012")


@pytest.mark.parametrize(
    ("name", "election", "number"),
    [
        ("PR17_BVot_T1_FE.txt", "Présidentielle 2017", 1),
        ("PR07_Bvot_T2.txt", "Présidentielle 2007", 2),
        ("presidentielle-2022-resultats-par-niveau-burvot-t2-france-entiere.txt", "Présidentielle 2022", 2),
        ("2002_pres_t1.csv", "Présidentielle 2002", 1),
        ("election présidentielle 2012 second tour.csv", "Présidentielle 2012", 2),
        ("ER19_BVot.txt", "Européennes 2019", 1),
        ("resultats-europeennes-2024.csv", "Européennes 2024", 1),
    ],
)
def test_the_file_s_name_names_the_election_and_the_round(written, name, election, number):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON)
    units = [replace(unit, round=number) for unit in STATIONS]
    assert facts(load(written(name, rows))) == expected(units, election)


@pytest.mark.parametrize(
    ("fixed", "places", "unit", "level"),
    [
        (
            "Code du département;Libellé du département",
            ("departement",),
            lambda unit: unit.departement_name,
            "departement",
        ),
        (
            "Code du département;Libellé du département;Code de la circonscription;Libellé de la circonscription",
            ("departement", "constituency"),
            constituency,
            "constituency",
        ),
        (
            "Code du département;Libellé du département;Code du canton;Libellé du canton",
            ("departement", "canton"),
            canton,
            "canton",
        ),
        (
            "Code du département;Libellé du département;Code de la commune;Libellé de la commune;Etat saisie",
            ("departement", "commune"),
            lambda unit: unit.commune_name,
            "commune",
        ),
        ("Code de la région;Libellé de la région", ("region",), lambda unit: unit.region_name, "region"),
    ],
)
@pytest.mark.parametrize("order", [list, by_votes])
def test_every_level(written, fixed, places, unit, level, order):
    units = order(added_up(STATIONS, *places))
    found = load(written(RAW, wide(units, f"{fixed};{MINISTRY}", PERSON)))
    assert facts(found) == expected(units, PRESIDENT, unit=unit)
    assert found.ballots["level"].unique().tolist() == [level]


def test_codes_have_one_form(written):
    """Zeros that a spreadsheet dropped come back: `1` and `01`, `4` and `004`, `7` and `07`."""
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON)
    stripped = [
        rows[0],
        *([cell.lstrip("0") if at in (0, 2, 4, 6) else cell for at, cell in enumerate(row)] for row in rows[1:]),
    ]
    for table in (rows, stripped):
        ballots = load(written(RAW, table)).ballots
        assert ballots["departement_code"].tolist() == ["01", "01", "2A", "75", "78", "ZA"]
        assert ballots["commune_code"].tolist() == ["01001", "01001", "2A004", "75056", "78172", "ZA101"]
        assert ballots["constituency_code"].tolist() == ["0104", "0104", "2A01", "7505", "7807", "ZA01"]
        assert ballots["station_code"].tolist() == ["0001", "0002", "0001", "1001", "0001", "0010"]


@pytest.mark.parametrize("number", [2, 12, 40])
def test_up_to_forty_candidates_and_rows_of_uneven_length(written, number):
    crowd = [Person(at, "F", f"NOM{at}", "Ève", "DIV", f"L{at}", f"LISTE {at}") for at in range(1, number + 1)]
    units = [
        replace(
            unit,
            registered=20000,
            votes=tuple((person, 7 * person.panel + at) for person in crowd[: max(number - 3 * at, 1)]),
        )
        for at, unit in enumerate(STATIONS)
    ]
    rows = wide(units, f"{STATION};{MINISTRY}", PERSON)
    assert facts(load(written(RAW, rows))) == expected(units, PRESIDENT)


def test_a_widest_row_that_lacks_its_last_empty_cell(written):
    rows = wide(
        STATIONS,
        f"{STATION};{RECENT}",
        "Numéro de panneau;Nuance candidat;Nom candidat;Prénom candidat;Voix;Elu",
        header="numbered",
    )
    rows = [rows[0], *(row[:-1] if not row[-1] else row for row in rows[1:])]
    found = load(written("legislatives-2024-t1.csv", rows))
    assert facts(found) == expected(STATIONS, "Législatives 2024", contest=constituency)


@pytest.mark.parametrize("place", ["end", "top", "between"])
@pytest.mark.parametrize("named", [True, False])
def test_totals_are_not_added(written, place, named):
    """A total has a name, or no place at all."""
    units = added_up(STATIONS, "departement", "commune")
    fixed = f"Code du département;Libellé du département;Code de la commune;Libellé de la commune;{MINISTRY}"
    rows = wide(units, fixed, PERSON)
    total = wide(added_up(units, "round"), fixed, PERSON)[1]
    total = ["", "Total général" if named else "", "", "", *total[4:]]
    at = {"end": len(rows), "top": 1, "between": 4}[place]
    found = load(written(RAW, [*rows[:at], total, *rows[at:]]))
    assert facts(found) == expected(units, PRESIDENT, unit=lambda unit: unit.commune_name)
    assert not found.provenance.files[0].found


def test_a_city_beside_its_arrondissements_is_not_added(written):
    parts = [replace(STATIONS[3], commune=f"1{number:02}", commune_name=f"Paris {number}") for number in range(1, 21)]
    whole = replace(added_up(parts, "departement")[0], commune="056", commune_name="Paris")
    fixed = f"Code du département;Libellé du département;Code de la commune;Libellé de la commune;{MINISTRY}"
    found = load(written(RAW, wide([whole, *parts], fixed, PERSON)))
    assert facts(found) == expected(parts, PRESIDENT, unit=lambda unit: unit.commune_name)


@pytest.mark.parametrize("kind", ["pandas", "readr", "unnamed", "spark"])
def test_headers_that_a_program_repaired(written, kind):
    """Names that stand twice are numbered by what saved the file, and missing ones are made up."""
    header = "first" if kind in ("unnamed", "spark") else "all"
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON, header=header)
    seen: dict[str, int] = {}
    names = []
    for at in range(len(rows[1])):
        name = rows[0][at] if at < len(rows[0]) else ""
        if not name:
            names.append(f"Unnamed: {at}" if kind == "unnamed" else f"_c{at}")
        elif kind == "readr" and rows[0].count(name) > 1:
            names.append(f"{name}...{at + 1}")
        else:
            number = seen[name] = seen.get(name, -1) + 1
            names.append(f"{name}.{number}" if number else name)
    found = load(written(RAW, [names, *rows[1:]], separator=","))
    assert facts(found) == expected(STATIONS, PRESIDENT)


def test_the_whole_country_in_one_row(written):
    fixed = "Inscrits;Votants;Abstentions;Exprimés;Blancs;Nuls"
    (country,) = added_up(STATIONS, "round")
    rows = wide([country], fixed, "Nuance candidat;Voix;% Voix/inscrits;% Voix/exprimés", header="numbered")
    found = load(written("presidentielle-2022-resultats-france-entiere.csv", rows))
    assert found.ballots["level"].tolist() == ["nation"]
    assert list(facts(found).values()) == list(expected([country], PRESIDENT, name=lambda one: one.nuance).values())


SECTIONS = [
    (
        "Code du département;Libellé du département;Code de la commune;Libellé de la commune;Inscrits;Abstentions;% Abs/Ins;Votants;"
        "% Vot/Ins;Blancs et nuls;% BlNuls/Ins;% BlNuls/Vot;Exprimés;% Exp/Ins;% Exp/Vot;Code Nuance;Sexe;Nom;Prénom;Liste;Sieges;Voix;"
        "% Voix/Ins;% Voix/Exp;Code Nuance;Sexe;Nom;Prénom;Liste;Sieges;Voix;% Voix/Ins;% Voix/Exp"
    ),
    "1;AIN;4;Ambérieu;100;40;40;60;60;10;10;16,67;50;50;83,33;LDVG;F;PETIT;Ève;AVEC VOUS;20;30;30;60;LDVD;M;ROUX;Luc;AGIR;5;20;20;40",
    "1;AIN;283;Oyonnax;100;50;50;50;50;2;2;4;48;48;96;LUG;;;;;10;28;28;58,33;LDVD;;;;;10;20;20;41,67",
    (
        "1;AIN;283SN01;Section 01;60;30;50;30;50;1;1,67;3,33;29;48,33;96,67;LUG;M;NOËL;Jean;A;6;17;28,33;58,62;"
        "LDVD;M;BLANC;Yan;B;6;12;20;41,38"
    ),
    "1;AIN;283SN02;Section 02;40;20;50;20;50;1;2,5;5;19;47,5;95;LUG;M;DURAND;Bob;C;4;11;27,5;57,89;LDVD;F;MARTIN;Zoé;D;4;8;20;42,11",
]


def test_a_commune_beside_its_sections_is_not_counted_twice(written):
    """The commune's row gives each nuance's votes, 17 + 11 = 28 and 12 + 8 = 20; its sections those of people."""
    found = load(written("municipales-2008-t2.csv", "\n".join(SECTIONS) + "\n"))
    assert found.ballots["registered"].sum() == 100 + 60 + 40
    assert not found.provenance.files[0].found


def test_a_commune_s_nuances_are_compared_with_its_sections(written):
    wrong = [row.replace(";LUG;;;;;10;28;28;", ";LUG;;;;;10;29;29;") for row in SECTIONS]
    found = load(written("municipales-2008-t2.csv", "\n".join(wrong) + "\n"))
    (finding,) = [one for one in found.provenance.files[0].found if one.code == "PRI131"]
    assert "the printed total of LUG is 29, but the rows add up to 28" in str(finding.message)
