"""Published files, read without a word about their layout: their figures are the official ones, to the vote.

The totals are those that the ministry of the interior and the Conseil constitutionnel published; the files are not
shipped (see ``published_data``).
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from primaire.errors import SourceError
from primaire.schema import COUNTS
from primaire.sources import Wanted, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from primaire.schema import Returns

FIRST_2017 = {
    "registered": 47_582_183,
    "voters": 37_003_728,
    "blank": 659_997,
    "null": 289_337,
    "valid": 36_054_394,
    "Emmanuel MACRON": 8_656_346,
    "Marine LE PEN": 7_678_491,
    "François FILLON": 7_212_995,
    "Jean-Luc MÉLENCHON": 7_059_951,
    "Benoît HAMON": 2_291_288,
}
SECOND_2017 = {
    "registered": 47_568_693,
    "voters": 35_467_327,
    "blank": 3_021_499,
    "null": 1_064_225,
    "valid": 31_381_603,
    "Emmanuel MACRON": 20_743_128,
    "Marine LE PEN": 10_638_475,
}
OF_ROUND = {1: FIRST_2017, 2: SECOND_2017}
WITHOUT_NULL = ("registered", "voters", "blank", "valid")


def totals(returns: Returns) -> dict[str, int]:
    """All counts, and the votes of each candidate, over all units."""
    counts = {name: int(returns.ballots[name].sum()) for name in COUNTS if returns.ballots[name].notna().any()}
    names = returns.candidates["candidate"].to_numpy()[returns.votes["candidate"]]
    cast = returns.votes["votes"].groupby(names).sum()
    return {**counts, **dict(zip(cast.index.astype("str"), map(int, cast), strict=True))}


def among(figures: dict[str, int], wanted: dict[str, int]) -> dict[str, int]:
    return {name: figures[name] for name in wanted if name in figures}


def by(returns: Returns, level: str) -> pd.DataFrame:
    """Counts and votes added up by the places of a level, one row each."""
    code = returns.ballots[f"{level}_code"].astype("str")
    counts = returns.ballots[["registered", "voters", "valid"]].groupby(code).sum()
    names = returns.candidates["candidate"].to_numpy()[returns.votes["candidate"]]
    votes = returns.votes["votes"].groupby([code.to_numpy()[returns.votes["ballot"]], names]).sum().unstack()  # noqa: PD010  a grouped column has no pivot_table
    return pd.concat([counts, votes], axis=1).astype("int64").sort_index()


@pytest.fixture(scope="session")
def ministry(published_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the raw file of 2017, both rounds, of all 69,242 polling stations."""
    folder = tmp_path_factory.mktemp("ministry")
    subprocess.run([sys.executable, published_data / "make_ministry_file.py", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def raw(ministry: Path) -> Callable[[int], Returns]:
    """Return what reads a round of the raw file, once."""
    read: dict[int, Returns] = {}

    def of_round(number: int) -> Returns:
        if number not in read:
            read[number] = load(ministry / f"PR17_BVot_T{number}_FE.txt")
        return read[number]

    return of_round


def printed(*arguments: object) -> list[dict[str, str]]:
    """The rows that the command line prints as csv, the numbers as text."""
    command = [sys.executable, "-m", "primaire", *map(str, arguments), "--format", "csv"]
    result = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize("number", [1, 2])
def test_the_raw_file_of_2017(raw, number):
    returns = raw(number)
    assert among(totals(returns), OF_ROUND[number]) == OF_ROUND[number]
    assert len(returns.ballots) == 69_242
    assert returns.contests[["election", "round", "contest", "level"]].to_numpy().tolist() == [
        ["Présidentielle 2017", number, "Présidentielle 2017", "station"]
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_the_raw_file_on_the_command_line(ministry, number):
    rows = printed("results", ministry / f"PR17_BVot_T{number}_FE.txt")
    wanted = OF_ROUND[number]
    assert {row["candidate"]: int(row["votes"]) for row in rows if row["candidate"] in wanted} == {
        name: votes for name, votes in wanted.items() if name not in COUNTS
    }
    for row in rows:
        assert {name: int(row[name]) for name in ("registered", "voters", "blank", "null", "valid")} == {
            name: wanted[name] for name in ("registered", "voters", "blank", "null", "valid")
        }


@pytest.mark.parametrize("number", [1, 2])
def test_conflans_in_the_raw_file(raw, number):
    returns = raw(number).select(where={"commune": "Conflans-Sainte-Honorine"})
    assert len(returns.ballots) == 21
    assert set(returns.ballots["commune_code"]) == {"78172"}
    wanted = {1: (23_861, 19_203), 2: (23_857, 17_997)}[number]
    assert (returns.ballots["registered"].sum(), returns.ballots["voters"].sum()) == wanted


@pytest.mark.parametrize(
    ("name", "number", "units"),
    [
        ("2017-presidentielle-1_par_bureau_large.csv.gz", 1, 69_242),
        ("2017-presidentielle-1_par_departement_long.csv.gz", 1, 107),
        ("2017-presidentielle-2_par_bureau_large.csv.gz", 2, 69_242),
        ("2017-presidentielle-2_par_bureau_long.csv.gz", 2, 69_242),
    ],
)
def test_the_normalised_files_of_2017(published_data, raw, name, number, units):
    returns = load(published_data / "fr-aktiur-bureaux-communes" / name)
    figures, wanted = totals(returns), OF_ROUND[number]
    assert {count: figures[count] for count in WITHOUT_NULL} == {count: wanted[count] for count in WITHOUT_NULL}
    last = {name.split(" ")[-1]: votes for name, votes in figures.items() if name not in COUNTS}
    assert len(last) == {1: 11, 2: 2}[number]
    for candidate, votes in wanted.items():  # some of these files give surnames alone
        assert candidate in COUNTS or last[candidate.split(" ")[-1]] == votes
    assert len(returns.ballots) == units
    counts = ["registered", "voters", "valid"]
    assert by(returns, "departement")[counts].equals(by(raw(number), "departement")[counts])


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(("sheet", "level"), [("Départements", "departement"), ("Circo. leg.", "constituency")])
def test_sheets_of_2017_agree_with_the_stations(published_data, raw, number, sheet, level):
    path = published_data / "fr-presidentielle-2017-xls" / f"Presidentielle_2017_Resultats_Tour_{number}_c.xls"
    returns = load(path, sheet=f"{sheet} Tour {number}")
    figures = totals(returns)
    together = figures.get("blank_null")
    wanted = {name: count for name, count in OF_ROUND[number].items() if name in figures}
    assert among(figures, OF_ROUND[number]) == wanted
    if together is not None:  # the first round's sheet by departement was edited by hand
        assert together == FIRST_2017["blank"] + FIRST_2017["null"]
    assert len(wanted) >= len(OF_ROUND[number]) - 2
    assert by(returns, level).equals(by(raw(number), level))


@pytest.mark.parametrize("number", [1, 2])
def test_the_sheet_of_regions_has_18_of_them(published_data, number):
    path = published_data / "fr-presidentielle-2017-xls" / f"Presidentielle_2017_Resultats_Tour_{number}_c.xls"
    returns = load(path, sheet=f"Régions Tour {number}")
    assert len(returns.ballots) == 18
    if number == 1:
        assert returns.ballots["registered"].sum() == 45_885_832


def test_the_sheet_of_cantons_lacks_four_territories(published_data, raw):
    path = published_data / "fr-presidentielle-2017-xls" / "Presidentielle_2017_Resultats_Tour_2_c.xls"
    returns = load(path, sheet="Canton Tour 2")
    held, every = by(returns, "departement"), by(raw(2), "departement")
    assert sorted(set(every.index) - set(held.index)) == ["ZS", "ZW", "ZX", "ZZ"]
    assert held.equals(every.loc[held.index])


@pytest.mark.parametrize("number", [1, 2])
def test_of_a_workbook_the_finest_sheet_of_all_voters_is_read(published_data, number):
    path = published_data / "fr-presidentielle-2017-xls" / f"Presidentielle_2017_Resultats_Tour_{number}_c.xls"
    returns = load(path)
    # The second round's sheet of cantons lacks some; that of constituencies is whole.
    assert returns.ballots["level"].unique().tolist() == [{1: "canton", 2: "constituency"}[number]]
    assert among(totals(returns), OF_ROUND[number]) == OF_ROUND[number]


def test_two_rounds_are_the_same_people_stations_and_election(raw, ministry):
    both = load(ministry / "PR17_BVot_T1_FE.txt", ministry / "PR17_BVot_T2_FE.txt")
    assert both.contests["election"].tolist() == ["Présidentielle 2017"] * 2
    assert len(both.candidates) == 11
    first, second = (set(both.ballots.loc[both.ballots["round"] == number, "unit"]) for number in (1, 2))
    assert first == second
    assert among(totals(raw(2)), SECOND_2017) == SECOND_2017


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


def test_the_rhone_of_2017(published_data, raw):
    folder = published_data / "fr-presidentielle-rhone-bronze"
    stations = load(folder / "2017-pres-t1-commune-rhone-69-bronze.csv")
    communes = load(folder / "2017-pres-t2-commune-rhone-69-bronze.csv")
    assert (len(stations.ballots), len(communes.ballots)) == (1_287, 280)
    assert by(stations, "commune").equals(by(raw(1).select(where={"departement_code": "69"}), "commune"))
    assert by(communes, "commune").equals(by(raw(2).select(where={"departement_code": "69"}), "commune"))


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


def test_a_table_that_has_no_header_says_what_to_do(published_data):
    path = published_data / "fr-toulouse-municipales-2026" / "resultats-elections-municipales-2026-1er-tour.parquet"
    with pytest.raises(SourceError, match="is not recognised") as raised:
        load(path)
    assert "primaire mapping" in str(raised.value)


def test_one_election_is_chosen_by_name(ministry):
    returns = load(ministry / "PR17_BVot_T1_FE.txt", wanted=Wanted(election="presidentielle"), by="contest")
    assert among(totals(returns), FIRST_2017) == FIRST_2017
