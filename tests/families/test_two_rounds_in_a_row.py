"""Both rounds on one row, of which only the second says so."""

from __future__ import annotations

import pytest

from primaire.sources import load
from tests.families.made_up import facts

ROWS = [
    (
        "Dpt;N° INSEE;Commune;Nr Bureau vote;Inscrits T1;Votants T1;Blancs;Nuls;Exprimés;Petit;Roux;Noël;Inscrits T2;Votants T2;"
        "Blancs T2;Nuls T2;Exprimés T2;Petit T2;Roux T2"
    ),
    "25;4;ABBEVILLERS;1;100;60;2;1;57;20;30;7;100;70;4;2;64;30;34",
    "25;31;AUDINCOURT;1;200;120;3;3;114;50;40;24;200;130;6;4;120;70;50",
    "25;31;AUDINCOURT;2;150;90;1;2;87;30;40;17;150;95;3;2;90;41;49",
]


def test_what_says_no_round_is_of_the_other_one(written):
    found = facts(load(written("partielle-2027.csv", "\n".join(ROWS) + "\n")))
    by_round = {(key[1], key[3]): unit for key, unit in found.items()}
    assert by_round[1, "25031_0001"] == {
        "registered": 200, "voters": 120, "blank": 3, "null": 3, "valid": 114, "Petit": 50, "Roux": 40, "Noël": 24,
    }  # fmt: skip
    assert by_round[2, "25031_0001"] == {
        "registered": 200, "voters": 130, "blank": 6, "null": 4, "valid": 120, "Petit": 70, "Roux": 50,
    }  # fmt: skip
    assert sorted(by_round) == [
        (number, unit) for number in (1, 2) for unit in ("25004_0001", "25031_0001", "25031_0002")
    ]


def test_the_years_of_a_series_stand_in_a_column(written):
    """A name with the first and the last year of a series says no year of its rows."""
    header = "annee,id_circo,departement,nom_candidat,nuance,voix_t1,voix_t2,inscrits_t1,inscrits_t2,exprimes_t1,exprimes_t2\n"
    rows = "1958,01-01,AIN,PETIT,COM,30,40.0,100,100,55.0,60.0\n1958,01-01,AIN,ROUX,MRP,25,20.0,100,100,55.0,60.0\n"
    found = load(written("duels_1958_2024.csv", header + rows + rows.replace("1958,", "1962,")))
    told = set(zip(found.contests["election"], found.contests["round"], strict=True))
    assert told == {("1958", 1), ("1958", 2), ("1962", 1), ("1962", 2)}
    assert sorted(found.votes["votes"].tolist()) == [20, 20, 25, 25, 30, 30, 40, 40]


@pytest.mark.parametrize("flag", ["{} Accès second tour", "Qualifié {} au second tour"])
def test_who_goes_on_to_the_second_round_is_no_figure_of_it(written, flag):
    blocks = ";".join(f"{at} Nom candidat;{at} nuance;{at} voix;{flag.format(at)}" for at in (1, 2))
    rows = [
        f"Code département;circonscription;Inscrits;Votants;Exprimés;{blocks}",
        "78;1;100;60;55;PETIT;ECO;30;oui;ROUX;DVD;25;non",
        "78;2;90;50;45;LE GALL;ECO;25;oui;NOËL;DVD;20;non",
    ]
    found = facts(load(written("legislatives_2027_t1.csv", "\n".join(rows) + "\n")))
    assert [key[1] for key in found] == [1, 1]
    assert [list(unit.values())[-2:] for unit in found.values()] == [[30, 25], [25, 20]]


def test_a_nuance_of_the_second_round_that_is_not_kept_is_said(written):
    header = "Code du département;Code du canton;Inscrits;Votants;Exprimés;N°Panneau;Nuance;Binôme;Voix"
    rounds = {
        1: ["22;01;100;60;50;1;SOC;PETIT Zoé et ROUX Jean;30", "22;01;100;60;50;2;DVD;NOËL Côme et LE GALL Ève;20"],
        2: ["22;01;100;70;60;1;UG;PETIT Zoé et ROUX Jean;40", "22;01;100;70;60;2;DVD;NOËL Côme et LE GALL Ève;20"],
    }
    files = [
        written(f"departementales_2027_tour{number}.csv", "\n".join([header, *rows]) + "\n")
        for number, rows in rounds.items()
    ]
    found = load(*files)
    assert found.candidates["label"].tolist() == ["SOC", "DVD"]
    assert [str(step) for step in found.provenance.steps] == [
        "Labels that differ between rounds or rows, of which the first is kept: PETIT Zoé et ROUX Jean (SOC, then UG)."
    ]
