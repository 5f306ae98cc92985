"""Units as the canonical tables: names of units, origins, types that stay."""

from __future__ import annotations

import pytest

from primaire.arrays import listed
from primaire.schema import BALLOTS, CANDIDATES, CONTESTS, VOTES
from primaire.sources import load


@pytest.fixture
def read(tmp_path):
    def read_text(text: str, name: str = "a.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return load(tmp_path / name)

    return read_text


STATIONS = "Code de la commune;Libellé de la commune;Code du b.vote;Inscrits;Votants;Exprimés;Nom;Voix\n78172;Conflans;1;9;8;7;A;7\n78172;Conflans;2;9;8;7;A;7\n"


def units(returns) -> list[str]:
    return listed(returns.ballots["unit"])


def test_tables_have_the_columns_and_types_of_the_schema(read):
    returns = read(STATIONS)
    for frame, schema in (
        (returns.contests, CONTESTS),
        (returns.ballots, BALLOTS),
        (returns.votes, VOTES),
        (returns.candidates, CANDIDATES),
    ):
        assert list(frame.columns) == list(schema)
        assert [str(frame[name].dtype) for name in frame] == [str(dtype) for dtype in schema.values()]


def test_a_station_is_called_by_commune_and_number(read):
    assert units(read(STATIONS)) == ["78172_0001", "78172_0002"]
    assert listed(read(STATIONS).ballots["departement_code"]) == ["78", "78"]


def test_a_place_is_called_by_its_name_and_by_its_code_where_two_share_it(read):
    header = "Code du département;Code de la commune;Libellé de la commune;Inscrits;Votants;Exprimés;Nom;Voix\n"
    returns = read(f"{header}01;001;Saint-Ouen;9;8;7;A;7\n02;001;Saint-Ouen;9;8;7;A;7\n03;001;Vichy;9;8;7;A;7\n")
    assert units(returns) == ["Saint-Ouen (01001)", "Saint-Ouen (02001)", "Vichy"]


@pytest.mark.parametrize(
    ("departement", "code", "unit"),
    [("78", "7", "78-7"), ("2A", "02", "2A-2"), ("ZA", "ZA01", "ZA-1"), ("1", "101", "01-1")],
)
def test_a_constituency_is_called_by_departement_and_number(read, departement, code, unit):
    header = "Code du département;Code de la circonscription;Inscrits;Votants;Exprimés;Nom;Voix\n"
    returns = read(f"{header}{departement};{code};9;8;7;A;7\n", "Législatives 2022 T1.csv")
    assert units(returns) == [unit]
    assert listed(returns.ballots["contest"]) == [unit]


def test_the_nation_is_called_like_its_election(read):
    assert units(read("Inscrits;Votants;Exprimés;A voix;B voix\n9;8;7;4;3\n", "Présidentielle 2017 T2.csv")) == [
        "Présidentielle 2017"
    ]


def test_counts_are_published_and_voters_may_follow_from_abstentions(read):
    ballots = read(
        "Code de la commune;Inscrits;Abstentions;Exprimés;A voix;B voix\n01001;20;5;14;4;10\n01002;20;;14;4;10\n"
    ).ballots
    # 20 registered, 5 of whom did not vote: 15 voters.
    assert listed(ballots["voters"]) == [15, None]
    assert listed(ballots["voters_origin"]) == ["computed", None]
    assert listed(ballots["registered_origin"]) == ["published", "published"]
    assert listed(ballots["blank"]) == [None, None]


def test_more_abstentions_than_registered_make_no_voters(read):
    ballots = read("Code de la commune;Inscrits;Abstentions;Exprimés;A voix;B voix\n01001;20;25;14;4;10\n").ballots
    assert listed(ballots["voters"]) == [None]


def test_a_roll_is_said_to_be_there_where_registered_voters_are_published(read):
    assert listed(read(STATIONS).contests["electorate"]) == ["closed"]
    text = "Code de la commune;Votants;Exprimés;A voix;B voix\n01001;15;14;4;10\n"
    assert listed(read(text).contests["electorate"]) == ["unknown"]


def test_one_person_in_many_units_is_one_candidate_and_namesakes_are_two(read):
    header = "Code de la commune;Exprimés;Nuance;Nom;Voix\n"
    returns = read(f"{header}01001;9;SOC;A;5;DVD;DVD;2;DVD;DVD;2\n01002;9;SOC;a;9\n")
    assert returns.candidates["candidate"].tolist() == ["A", "DVD", "DVD (2)"]
    assert listed(returns.votes["candidate"]) == [0, 1, 2, 0]
    said = [str(remark) for remark in returns.provenance.files[0].remarks]
    assert any(remark.endswith("told apart by a number, such as “DVD (2)”.") for remark in said)


@pytest.mark.parametrize("votes", [2**31 - 1, 2**31, 10**12])
def test_large_counts_are_kept(read, votes):
    returns = read(f"Code de la commune;Exprimés;Nom;Voix\n01001;{votes};A;{votes}\n01002;1;A;1\n")
    assert listed(returns.votes["votes"]) == [votes, 1]
    assert listed(returns.ballots["valid"]) == [votes, 1]
