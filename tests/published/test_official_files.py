"""Published files, read without a word about their layout: their figures are the official ones, to the vote.

The totals are those that the ministry of the interior and the Conseil constitutionnel published; the files are not
shipped (see ``published_data``). The president's election of 2017 has its own module: ``test_president_of_2017``.
"""

from __future__ import annotations

import csv
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from primaire.sources import load
from tests.published.official import WITHOUT_NULL, totals

LEGISLATIVE = {
    "Leg_2017_Resultats_T1_officiel.xlsx": (47_570_988, 23_167_508, 357_018, 156_326, 22_654_164),
    "Leg_2017_Resultats_T2_officiel.xlsx": (47_293_103, 20_164_615, 1_409_784, 578_765, 18_176_066),
    "Leg_2022_Resultats_T1_officiel.xlsx": (48_953_748, 23_256_207, 362_193, 149_306, 22_744_708),
    "Leg_2022_Resultats_T2_officiel.xlsx": (48_589_606, 22_464_299, 1_239_928, 477_288, 20_747_083),
}


@pytest.mark.parametrize("name", LEGISLATIVE)
def test_deputies_of_2017_and_2022(published_data, name):
    returns = load(published_data / "fr-legislatives-ministere-xls" / name)
    figures = totals(returns)
    assert tuple(figures[count] for count in ("registered", "voters", "blank", "null", "valid")) == LEGISLATIVE[name]
    assert returns.ballots["level"].unique().tolist() == ["constituency"]
    assert returns.votes["votes"].sum() == figures["valid"]
    number = 1 if "T1" in name else 2
    settled = {"2017": 4, "2022": 5}[name[4:8]]
    assert len(returns.ballots) == (577 if number == 1 else 577 - settled)
    assert returns.contests["election"].unique().tolist() == [f"Législatives {name[4:8]}"]


@pytest.mark.parametrize("year", [2017, 2022])
def test_rounds_of_deputies_match_by_constituency_and_by_person(published_data, year):
    folder = published_data / "fr-legislatives-ministere-xls"
    both = load(*(folder / f"Leg_{year}_Resultats_T{number}_officiel.xlsx" for number in (1, 2)))
    first, second = (set(both.contests.loc[both.contests["round"] == number, "contest"]) for number in (1, 2))
    assert second < first
    stood = both.ballots["round"].to_numpy()[both.votes["ballot"]]
    candidates = [set(both.votes.loc[stood == number, "candidate"]) for number in (1, 2)]
    assert candidates[1] < candidates[0]


def test_deputies_by_station_add_up(published_data):
    for number, wanted in ((1, "Leg_2017_Resultats_T1_officiel.xlsx"), (2, "Leg_2017_Resultats_T2_officiel.xlsx")):
        registered, voters, blank, _, valid = LEGISLATIVE[wanted]
        for name in (
            f"2017-legislatives-{number}_par_bureau_large.csv.gz",
            f"2017-legislatives-{number}_par_circonscription_long.csv.gz",
        ):
            figures = totals(load(published_data / "fr-aktiur-bureaux-communes" / name))
            assert tuple(figures[count] for count in WITHOUT_NULL) == (registered, voters, blank, valid)


def test_deputies_of_1993(published_data):
    returns = load(published_data / "fr-legislatives-ministere-xls" / "Leg_1993_Resultats.xls")
    assert returns.contests["election"].unique().tolist() == ["Législatives 1993"]
    sizes = returns.ballots.groupby("round").size().to_dict()
    assert sizes == {1: 570, 2: 494}


def test_departement_councils_of_2015(published_data):
    folder = published_data / "fr-departementales-2015"
    wanted = {
        1: (42_694_326, 21_419_393, 703_879, 343_454, 20_372_060),
        2: (40_333_434, 20_159_932, 1_150_381, 527_983, 18_481_568),
    }
    both = load(*(folder / f"Departementales_2015_Resultats_Tour{number}_par_canton.csv" for number in (1, 2)))
    for number, counts in wanted.items():
        figures = totals(both.select(round=number))
        assert tuple(figures[count] for count in ("registered", "voters", "blank", "null", "valid")) == counts
    stood = both.ballots["round"].to_numpy()[both.votes["ballot"]]
    # Each canton elects one pair; 149 of them in the first round, and 1,905 in the second.
    assert both.votes["elected"].groupby(stood).sum().to_dict() == {1: 149, 2: 1905}
    assert both.ballots.groupby("round").size().to_dict() == {1: 2054, 2: 1905}


def test_the_first_round_of_2022_and_the_second(published_data):
    folder = published_data / "fr-presidentielle-2022-xlsx"
    first, second = (load(folder / f"resultats-par-niveau-dpt-t{number}-france-entiere.xlsx") for number in (1, 2))
    assert (len(first.ballots), len(second.ballots)) == (107, 107)
    figures = totals(second)
    assert tuple(figures[count] for count in ("registered", "voters", "blank", "null", "valid")) == (
        48_752_339, 35_096_478, 2_233_904, 805_249, 32_057_325,
    )  # fmt: skip
    assert len(first.candidates) == 12
    assert first.votes["votes"].sum() == first.ballots["valid"].sum()
    assert set(first.ballots["unit"]) == set(second.ballots["unit"])


def test_participation_and_candidates_in_two_tables(published_data):
    folder = published_data / "fr-presidentielle-2022-aweber"
    for ballots, candidates, number in (
        ("resultats-par-reg-france-entiere.csv", "resultats-par-reg-candidats.csv", 12),
        ("resultats-par-reg-t2-france-entiere.csv", "resultats-par-reg-t2-candidats.csv", 2),
    ):
        for order in ((ballots, candidates), (candidates, ballots)):
            returns = load(*(folder / name for name in order))
            assert len(returns.ballots) == 18
            assert len(returns.votes) == 18 * number
            assert returns.votes["votes"].sum() == returns.ballots["valid"].sum()


def test_both_pairs_of_2022_together(published_data):
    folder = published_data / "fr-presidentielle-2022-aweber"
    returns = load(*sorted(folder.glob("resultats-par-reg*.csv")))
    assert returns.ballots.groupby("round").size().to_dict() == {1: 18, 2: 18}
    assert len(returns.candidates) == 12


def test_rounds_of_brest_match_though_their_codes_differ(published_data):
    folder = published_data / "fr-brest-finistere"
    both = load(folder / "circos23-tour1.csv", folder / "circos23-tour2.csv")
    units = [set(both.ballots.loc[both.ballots["round"] == number, "unit"]) for number in (1, 2)]
    assert units[0] == units[1]
    assert len(units[0]) == 201
    contests = [set(both.contests.loc[both.contests["round"] == number, "contest"]) for number in (1, 2)]
    assert contests[0] == contests[1]
    assert len(contests[0]) == 2  # the constituencies 29-2 and 29-3
    stood = both.ballots["round"].to_numpy()[both.votes["ballot"]]
    assert set(both.votes.loc[stood == 2, "candidate"]) < set(both.votes.loc[stood == 1, "candidate"])
    assert both.votes["elected"].sum() > 0


@pytest.mark.parametrize("number", [1, 2])
def test_villeneuve_as_text_and_as_a_workbook(published_data, number):
    stem = published_data / "fr-partielle-2013-lotetgaronne3" / f"47 Leg part Villeneuve sur Lot T{number}"
    text, ods = load(f"{stem}.csv"), load(f"{stem}.ods")
    assert sorted(totals(text).values()) == sorted(totals(ods).values())  # one writes names in full
    assert len(text.ballots) == len(ods.ballots) == 167
    assert text.votes["votes"].sum() == text.ballots["valid"].sum()


@pytest.mark.parametrize(
    "name",
    ["cdsp_legi1958t1_circ.csv", "cdsp_legi1981t1_circ.csv", "cdsp_legi1993t1_circ.csv", "cdsp_legi2012t1_circ.csv"],
)
def test_historical_series(published_data, name):
    path = published_data / "fr-legislatives-cdsp" / name
    returns = load(path)
    table = pd.read_csv(path, dtype="str")
    table = table[table["Inscrits"].notna()]
    figures = totals(returns)
    for count, header in (("registered", "Inscrits"), ("voters", "Votants"), ("valid", "Exprimés")):
        assert figures[count] == table[header].astype("float").sum()
    headers = [str(header) for header in table]
    votes = [header for header in headers if header.endswith(" voix")] or headers[headers.index("Exprimés") + 1 :]
    votes = [header for header in votes if header not in ("Blancs et nuls", "Taux de participation (%)")]
    assert returns.votes["votes"].sum() == table[votes].astype("float").sum().sum()
    year = name[9:13]
    assert returns.contests["election"].unique().tolist() == [f"Législatives {year}"]


def test_the_feed_of_an_election_night(published_data):
    folder = published_data / "fr-ministere-xml"
    everything = load(folder)
    assert not everything.ballots.duplicated(["election", "round", "contest", "level", "unit"]).any()
    held = everything.ballots.groupby(["round", "level"], observed=True)["registered"].sum()
    for path, level in (("971.xml", "departement"), ("971101.xml", "commune")):
        alone = load(folder / path)
        assert set(alone.ballots["level"]) == {level}
        for number in (1, 2):
            tour = ET.parse(folder / path).find(f".//Tour[NumTour='{number}']")  # noqa: S314  a file of the ministry
            assert tour is not None
            assert int(alone.ballots.loc[alone.ballots["round"] == number, "registered"].sum()) == int(
                tour.findtext(".//Inscrits/Nombre") or 0
            )
            votes = [int(node.text or 0) for node in tour.iterfind(".//NbVoix")]
            ours = alone.votes.loc[(alone.ballots["round"] == number).to_numpy()[alone.votes["ballot"]], "votes"]
            assert sorted(ours.tolist()) == sorted(votes)
            assert held[number, level] >= alone.ballots.loc[alone.ballots["round"] == number, "registered"].sum()


def test_german_constituencies_add_up_to_the_country(published_data):
    path = published_data / "de-bundestag-2025" / "kerg2.csv"
    first = load(path).select(election="Bundestagswahl 2025, Erststimmen")
    assert len(first.ballots) == 299
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Wahlart;"))
    rows = list(csv.DictReader(lines[start:], delimiter=";"))
    (country,) = [
        row
        for row in rows
        if row["Gebietsart"] == "Bund" and row["Gruppenname"] == "Wahlberechtigte" and row["Stimme"] in ("", "1")
    ]
    assert first.ballots["registered"].sum() == int(country["Anzahl"])


def test_rhode_island(published_data):
    returns = load(published_data / "us-openelections-ri" / "20201103__ri__general__precinct.csv")
    # The Board of Elections of Rhode Island: President, 3 November 2020.
    assert totals(returns.select(contest="President"))["Joseph R. Biden"] == 307_486
    assert totals(returns.select(contest="President"))["Donald J. Trump"] == 199_922


TOULOUSE = """
mapping = 1
[units]
departement_code = 5
commune_code = 6
station_code = 7
[[vote]]
election = "Municipales 2026"
round = { column = 4 }
contest = "commune"
[vote.ballots]
registered = 9
abstentions = 10
voters = 12
blank = 13
null = 14
valid = 15
[vote.candidates]
layout = "blocks"
repeat = 2
number = 17
votes = 18
"""


def test_toulouse_by_a_mapping(published_data, tmp_path):
    mapping = tmp_path / "toulouse.toml"
    mapping.write_text(TOULOUSE, encoding="utf-8")
    folder = published_data / "fr-toulouse-municipales-2026"
    for ending, stations in (("1er", 284), ("2nd", 285)):
        path = folder / f"resultats-elections-municipales-2026-{ending}-tour.parquet"
        returns = load(path, mapping=str(mapping))
        assert len(returns.ballots) == stations
        assert returns.votes["votes"].sum() == returns.ballots["valid"].sum()
        assert set(returns.ballots["commune_code"]) == {"31555"}
        if ending == "2nd":
            assert "001A" in set(returns.ballots["station_code"])


def test_a_city_s_exchange_file_without_names_of_columns(published_data):
    """Sums of the columns by duckdb alone: registered, signatures, blank, null, valid, and the votes of two lists."""
    path = published_data / "fr-toulouse-municipales-2026" / "resultats-elections-municipales-2026-1er-tour.parquet"
    returns = load(path)
    assert set(returns.ballots["election"]) == {"Municipales 2026"}
    sums = [int(returns.ballots[name].sum()) for name in ("registered", "voters", "blank", "null", "valid")]
    assert sums == [281_354, 158_977, 1_221, 735, 157_021]
    votes = returns.votes.groupby("candidate", observed=True)["votes"].sum()
    called = dict(enumerate(returns.candidates["candidate"]))
    by_list = {str(called[at]): int(count) for at, count in votes.items()}  # type: ignore[index]  # places are numbers
    assert (by_list["005"], by_list["004"]) == (58_462, 43_274)
    assert sum(by_list.values()) == 157_021
