"""Rows become units: levels, codes, contests, names of candidates, and what is refused on the way."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources import load


@pytest.fixture
def read(tmp_path):
    """Read a text under the name of an election's file."""

    def read_text(text, name="resultats.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return load(path)

    return read_text


CONSTITUENCIES = """Code du département;Code de la commune;Code du b.vote;Nom;Prénom;Voix
01;001;1;MARTIN;Zoé;10
01;001;1;PETIT;Léo;11
01;002;1;MARTIN;Zoé;12
01;002;1;PETIT;Léo;13
01;003;1;DURAND;Ève;14
01;003;1;BLANC;Guy;15
02;001;1;MARTIN;Zoé;16
02;001;1;ROUX;Guy;17
"""


def contests(returns):
    of = returns.ballots.groupby("contest", observed=True)["unit"].agg(list).to_dict()
    return {str(name): units for name, units in of.items()}


def test_units_that_share_candidates_are_one_contest_called_after_its_first_unit(read):
    assert contests(read(CONSTITUENCIES)) == {
        "resultats (01001_0001)": ["01001_0001", "01002_0001"],
        "resultats (01003_0001)": ["01003_0001"],
        "resultats (02001_0001)": ["02001_0001"],
    }


def test_a_second_round_has_the_contests_of_the_first(read):
    """Its candidates are fewer, and its first contest may be settled: the names stay."""
    second = "\n".join(line for line in CONSTITUENCIES.splitlines() if not line.startswith(("01;001", "01;002")))
    assert set(contests(read(second + "\n"))) < set(contests(read(CONSTITUENCIES)))


def test_a_candidate_missing_in_some_units_makes_no_contest_of_its_own(read):
    text = "Commune;Inscrits;Exprimés;A;B;C\nP;100;78;40;30;8\nQ;100;50;20;30;\n"
    assert list(contests(read(text))) == ["resultats"]


def test_the_level_is_the_finest_that_a_row_names(read):
    ballots = read("Code du département;Code de la commune;Inscrits\n01;001;10\n02;;30\n").ballots
    assert ballots["level"].tolist() == ["commune", "departement"]


def test_identifiers_of_stations_give_commune_and_station(read):
    ballots = read("id_brut_miom;Inscrits\n78172_0001;10\n2A004_0012;30\n").ballots
    assert ballots["commune_code"].tolist() == ["78172", "2A004"]
    assert ballots["departement_code"].tolist() == ["78", "2A"]
    assert ballots["unit"].tolist() == ["78172_0001", "2A004_0012"]


def test_a_nuance_twice_is_two_candidates_in_all_units_of_a_contest(read):
    text = "Circonscription;Commune;Nuance;Voix\n1;P;DVD;5\n1;P;DVD;7\n1;P;SOC;1\n1;Q;DVD;8\n1;Q;DVD;9\n1;Q;SOC;2\n"
    found = read(text, "legislatives-2007.csv")
    names = found.candidates["candidate"].to_numpy()[found.votes["candidate"]]
    assert found.votes["votes"].groupby(names).sum().to_dict() == {"DVD": 13, "DVD (2)": 16, "SOC": 3}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Commune;Inscrits;Nom;Voix\nP;10;A;1\nP;11;B;2\n", "disagree"),
        ("Commune;Nom;Voix\nP;A;1\nP;A;2\n", "stands twice in this unit"),
        ("Commune;Nom;Voix\nP;A;1\nP;;2\n", "no candidate"),
        ("Commune;Inscrits\nP;1\nP;1\n", "stand more than once"),
        ("Commune;Tour;Inscrits\nP;hier;1\n", "no round"),
    ],
)
def test_what_is_refused(read, text, why):
    with pytest.raises(SourceError, match=why):
        read(text)
