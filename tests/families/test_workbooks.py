"""Workbooks: titles, sheets of several levels, headers of the first block alone, merged and empty cells, Parquet."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from primaire.checks.check import check
from primaire.messages import ENGLISH
from primaire.sources import load
from tests.families.made_up import (
    MINISTRY,
    PEOPLE,
    RECENT,
    STATION,
    STATIONS,
    added_up,
    by_votes,
    expected,
    facts,
    in_round,
    wide,
)

PERSON = "N°Panneau;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp"
NUANCED = "N°Panneau;Sexe;Nom;Prénom;Nuance;Voix;% Voix/Ins;% Voix/Exp"


def constituency(unit):
    return f"{unit.departement}-{int(unit.constituency)}"


@pytest.fixture
def workbook(tmp_path):
    """Write sheets of rows as a workbook; whole numbers as numbers, percentages as numbers too where asked."""

    def write(name, sheets, *, numbers=True):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append([_cell(cell, numbers=numbers) for cell in row])
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def _cell(cell, *, numbers):
    if numbers and cell.isdigit() and (not cell.startswith("0") or cell == "0"):
        return int(cell)
    if numbers and cell.replace(",", "", 1).isdigit() and "," in cell:
        return float(cell.replace(",", "."))
    return cell or None


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize("header", ["first", "all", "numbered"])
@pytest.mark.parametrize("titles", [0, 3])
def test_a_sheet_by_constituency(workbook, numbers, header, titles):
    fixed = "Code du département;Libellé du département;Code de la circonscription;Libellé de la circonscription"
    units = by_votes(added_up(STATIONS, "departement", "constituency"))
    rows = [[f"Titre {at}"] for at in range(titles)] + wide(units, f"{fixed};{MINISTRY}", NUANCED, header=header)
    path = workbook("Leg_2022_Resultats_T1_officiel.xlsx", {"Feuil1": rows}, numbers=numbers)
    assert facts(load(path)) == expected(units, "Législatives 2022", contest=constituency, unit=constituency)


def test_all_sheets_of_one_round_are_one_election_and_the_finest_is_read(workbook):
    places = {
        "Départements Tour 1": ("Code du département;Libellé du département", ("departement",)),
        "Circo. leg. Tour 1": (
            "Code du département;Libellé du département;Code de la circonscription;Libellé de la circonscription",
            ("departement", "constituency"),
        ),
    }
    sheets = {
        title: [["Résultats", ""], [], *wide(by_votes(added_up(STATIONS, *fields)), f"{fixed};{MINISTRY}", PERSON)]
        for title, (fixed, fields) in places.items()
    }
    path = workbook("Presidentielle_2017_Resultats_Tour_1_c.xlsx", sheets)
    election = "Présidentielle 2017"
    units = added_up(STATIONS, "departement", "constituency")
    assert facts(load(path)) == expected(units, election, unit=constituency)
    units = added_up(STATIONS, "departement")
    assert facts(load(path, sheet="Départements Tour 1")) == expected(
        units, election, unit=lambda unit: unit.departement_name
    )


def test_a_sheet_for_each_round(workbook):
    fixed = f"Code du département;Libellé du département;{MINISTRY}"
    first = added_up(STATIONS, "departement")
    second = in_round(first, 2)
    sheets = {f"Tour {number}": wide(units, fixed, PERSON) for number, units in ((1, first), (2, second))}
    assert facts(load(workbook("presidentielle-2022.xlsx", sheets))) == {
        key: counts
        for units in (first, second)
        for key, counts in expected(units, "Présidentielle 2022", unit=lambda unit: unit.departement_name).items()
    }


def test_stations_in_a_sheet_with_percentages_as_text(workbook):
    block = "Numéro de panneau;Nuance candidat;Nom candidat;Prénom candidat;Sexe candidat;Voix;% Voix/inscrits;% Voix/exprimés;Elu"
    fixed = (
        "Code département;Libellé département;Code circonscription législative;Libellé circonscription législative;"
        "Code commune;Libellé commune;Code BV"
    )
    rows = wide(STATIONS, f"{fixed};{RECENT}", block, header="numbered")
    rows = [
        rows[0],
        *([f"{cell}%" if "%" in name else cell for name, cell in zip(rows[0], row, strict=True)] for row in rows[1:]),
    ]
    path = workbook("resultats-legislatives-2024-t1-bureaux.xlsx", {"t1": [rows[0], [], *rows[1:]]})
    assert facts(load(path)) == expected(STATIONS, "Législatives 2024", contest=constituency)


def test_places_merged_over_their_rows(workbook):
    """A departement's name stands in the first of its rows only."""
    fixed = "Code du département;Libellé du département;Code de la commune;Libellé de la commune"
    units = [replace(unit, commune=f"{at:03}", commune_name=f"Commune {at}") for at, unit in enumerate(STATIONS, 1)]
    units = [
        replace(unit, departement="01" if at < 3 else "78", departement_name="Ain" if at < 3 else "Yvelines")
        for at, unit in enumerate(units)
    ]
    rows = wide(units, f"{fixed};{MINISTRY}", PERSON)
    for at in (2, 3, 5, 6):
        rows[at][0] = rows[at][1] = ""
    found = load(workbook("presidentielle-2017-t1.xlsx", {"a": rows}))
    assert facts(found) == expected(units, "Présidentielle 2017", unit=lambda unit: unit.commune_name)
    assert found.ballots["departement_code"].tolist() == ["01"] * 3 + ["78"] * 3


def test_the_round_in_a_row_above(workbook):
    """Both rounds side by side, the round above the columns of each."""
    first, second = added_up(STATIONS, "departement"), in_round(added_up(STATIONS, "departement"), 2)
    counts = ["Inscrits", "Votants", "Exprimés"]
    names = [person.surname for person in PEOPLE]
    header = [
        "Département",
        *(counts + [f"{name} - voix" for name in names]),
        *(counts + [f"{name} - voix" for name in names[:2]]),
    ]
    above = ["", "1er tour", *[""] * 5, "2ème tour", *[""] * 4]
    rows = [
        [unit.departement_name]
        + [
            str(count)
            for one in pair
            for count in (one.registered, one.voters, one.valid, *(votes for _, votes in one.votes))
        ]
        for unit, *rest in zip(first, second, strict=True)
        for pair in [(unit, *rest)]
    ]
    found = load(workbook("presidentielle-2017.xlsx", {"a": [above, header, *rows]}))
    assert facts(found) == {
        key: counts
        for units in (first, second)
        for key, counts in expected(
            units,
            "Présidentielle 2017",
            unit=lambda unit: unit.departement_name,
            name=lambda one: one.surname,
            kinds="registered voters valid",
        ).items()
    }


def test_a_fraction_for_a_percentage_is_no_count(workbook):
    fixed = f"Code du département;Libellé du département;{MINISTRY}"
    units = added_up(STATIONS, "departement")
    rows = wide(units, fixed, PERSON, header="all")
    share = [at for at, name in enumerate(rows[0]) if "%" in name]
    rows = [
        rows[0],
        *(
            [str(float(cell.replace(",", ".")) / 100) if at in share else cell for at, cell in enumerate(row)]
            for row in rows[1:]
        ),
    ]
    found = load(workbook("presidentielle-2017-t1.xlsx", {"a": rows}))
    assert facts(found) == expected(units, "Présidentielle 2017", unit=lambda unit: unit.departement_name)


def test_station_codes_that_became_numbers(workbook):
    rows = wide(STATIONS, f"{STATION};{MINISTRY}", PERSON)
    rows = [
        rows[0],
        *([cell.lstrip("0") if at in (0, 2, 4, 6) else cell for at, cell in enumerate(row)] for row in rows[1:]),
    ]
    assert facts(load(workbook("PR17_T1.xlsx", {"a": rows}))) == expected(STATIONS, "Présidentielle 2017")


def test_findings_name_the_sheet_that_their_row_is_of(workbook):
    """Two rounds on two sheets: row 2 of either has 90 valid votes, where 50 and 39 are 89."""
    header = ["Code de la commune", "Inscrits", "Votants", "Blancs", "Nuls", "Exprimés", "Petit", "Roux"]
    wrong = ["01001", "200", "100", "5", "5", "90", "50", "39"]
    path = workbook("presidentielle-2027.xlsx", {"Tour 1": [header, wrong], "Tour 2": [header, wrong]})
    frame = check(load(path)).frame
    assert list(zip(frame["code"], map(str, frame["file"]), frame["line"], strict=True)) == [
        ("PRI113", f"{path}, sheet Tour 1", 2),
        ("PRI113", f"{path}, sheet Tour 2", 2),
    ]
    assert frame["file"][0].render(ENGLISH) == "presidentielle-2027.xlsx, sheet Tour 1"
