"""Mappings by name: those that ship, those of other packages, and a user's own file."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from primaire.errors import NameUnknownError, SourceError
from primaire.sources import load
from primaire.sources.meaning import registered as module
from primaire.sources.meaning.mapping_file import parse_mapping
from primaire.sources.meaning.registered import claims, find_mapping, registered

KERG2 = [
    "Wahlart",
    "Wahltag",
    "Gebietsart",
    "Gebietsnummer",
    "Gebietsname",
    "UegGebietsart",
    "UegGebietsnummer",
    "Gruppenart",
    "Gruppenname",
    "Gruppenreihenfolge",
    "Stimme",
    "Anzahl",
    "Prozent",
    "VorpAnzahl",
    "VorpProzent",
    "DiffProzent",
    "DiffProzentPkt",
    "Bemerkung",
    "Gewählt",
]
RHODE_ISLAND = ["office", "district", "candidate", "party", "precinct", "votes", "absentee_votes"]
MINE = """
mapping = 1
[recognise]
headers = ["Ward", "Votes cast"]
[units]
station = "Ward"
[[vote]]
[vote.ballots]
voters = "Votes cast"
"""


def mine() -> str:
    """A mapping as a function of another package gives it."""
    return MINE


TEXT = MINE
HERE = Path(__file__)
NO_MAPPING = 42


def broken() -> str:
    raise RuntimeError("not today")


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch):
    """Let other packages bring mappings: names, and what their entry points load."""

    def bring(**points: str) -> None:
        module._found.cache_clear()
        found = [EntryPoint(name.replace("_", "-"), target, module.GROUP) for name, target in points.items()]
        monkeypatch.setattr(module, "entry_points", lambda *, group: found if group == module.GROUP else [])

    yield bring
    module._found.cache_clear()


def test_those_that_ship_are_named_after_their_files():
    shipped = {path.stem for path in Path(module.__file__).with_name("mappings").glob("*.toml")}
    assert shipped == {"germany-kerg2", "openelections"}
    assert shipped <= registered().keys()
    assert all(mapping.name == name and mapping.headers for name, mapping in registered().items())


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (KERG2, ["germany-kerg2"]),
        (RHODE_ISLAND, ["openelections"]),
        ([header.upper() for header in RHODE_ISLAND], ["openelections"]),
        (RHODE_ISLAND[1:], []),
        (["election", "round", "candidate", "votes", "share"], []),  # primaire's own format
        (["Code du département", "Inscrits", "Voix"], []),
        ([], []),
    ],
)
def test_a_table_is_claimed_by_its_headers(headers, names):
    assert [mapping.name for mapping in claims(headers)] == names


@pytest.mark.parametrize("target", ["mine", "TEXT"])
def test_another_package_brings_a_mapping(brought, target):
    brought(wards=f"{__name__}:{target}")
    assert registered()["wards"] == parse_mapping(MINE, "wards")
    assert [mapping.name for mapping in claims(["Votes cast", "ward", "more"])] == ["wards"]
    assert find_mapping("wards").name == "wards"


def test_another_package_brings_a_file(brought, tmp_path, monkeypatch):
    file = tmp_path / "wards.toml"
    file.write_text(MINE, encoding="utf-8")
    monkeypatch.setattr(f"{__name__}.HERE", file)
    brought(wards=f"{__name__}:HERE")
    assert registered()["wards"] == parse_mapping(MINE, "wards")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (f"{__name__}:broken", "RuntimeError: not today"),
        (f"{__name__}:nothing", "AttributeError"),
        ("no_such_module_of_theirs:text", "ModuleNotFoundError"),
        (f"{__name__}:NO_MAPPING", "AttributeError"),
        (f"{__name__}:HERE", "is not valid TOML"),
    ],
)
def test_a_broken_one_is_an_error_that_names_the_package(brought, target, reason):
    brought(bad=target)
    with pytest.raises(SourceError) as caught:
        registered()
    assert "“bad”" in str(caught.value)
    assert f"the package “{target.partition(':')[0]}”" in str(caught.value)
    assert reason in str(caught.value)
    # It is in nobody's way who uses another one by name.
    assert find_mapping("openelections").name == "openelections"


def test_two_of_one_name_are_refused(brought):
    brought(openelections=f"{__name__}:mine")
    with pytest.raises(SourceError, match="Two packages bring a mapping “openelections”: primaire, "):
        registered()


def test_a_users_own_file(tmp_path, monkeypatch):
    (tmp_path / "wards.toml").write_text(MINE, encoding="utf-8-sig")
    (tmp_path / "openelections").write_text(MINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert find_mapping("wards.toml") == parse_mapping(MINE, "wards.toml")
    assert find_mapping(str(tmp_path / "wards.toml")).places == {"station": "Ward"}
    # A registered name wins over a file that is called so; with its path the file is meant.
    assert find_mapping("openelections").headers
    assert find_mapping(str(tmp_path / "openelections")).places == {"station": "Ward"}


@pytest.mark.parametrize(
    ("word", "near"),
    [("openelection", "openelections"), ("germany_kerg", "germany-kerg2"), ("ward.toml", "wards.toml")],
)
def test_a_name_that_does_not_exist(tmp_path, monkeypatch, word, near):
    (tmp_path / "wards.toml").write_text(MINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NameUnknownError) as caught:
        find_mapping(word)
    assert f"Did you mean “{near}”?" in str(caught.value)
    assert "germany-kerg2, openelections" in str(caught.value)


def test_a_name_like_no_other():
    with pytest.raises(NameUnknownError, match=r"primaire mapping FILE -o zzz\.toml"):
        find_mapping("zzz")


def test_files_that_are_no_mapping(tmp_path):
    (tmp_path / "latin.toml").write_bytes("élection".encode("cp1252"))
    with pytest.raises(SourceError, match="is not text in UTF-8"):
        find_mapping(str(tmp_path / "latin.toml"))
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(SourceError, match="cannot be read"):
        find_mapping(str(tmp_path / "folder.toml"))


PRECINCTS = """county,precinct,office,district,party,candidate,votes,early_voting
Adams,North 1,Registered Voters,,,,120,
Adams,North 1,Ballots Cast,,,,80,30
Adams,North 1,President,,DEM,Alice Martin,40,10
Adams,North 1,President,,REP,Bruno Petit,30,15
Adams,North 1,President,,,Write-ins,3,1
Adams,North 1,President,,,Under Votes,5,3
Adams,North 1,President,,,OVER VOTES,2,1
Adams,North 1,President,,,Total,80,30
Adams,North 1,State House,7,DEM,Chloé Durand,70,20
"""


def test_precincts_of_openelections(tmp_path):
    """By hand: 40 + 30 + 3 votes, 5 blank and 2 null make the 80 ballots cast; write-ins are votes."""
    file = tmp_path / "20201103__xx__general__precinct.csv"
    file.write_text(PRECINCTS, encoding="utf-8")
    returns = load(file)
    president = returns.select(contest="President")
    assert president.ballots[["registered", "voters", "blank", "null"]].to_numpy().tolist() == [[120, 80, 5, 2]]
    assert president.ballots[["departement", "station"]].to_numpy().tolist() == [["Adams", "North 1"]]
    assert president.candidates[["candidate", "label"]].fillna("").to_numpy().tolist() == [
        ["Alice Martin", "DEM"],
        ["Bruno Petit", "REP"],
        ["Write-ins", ""],
    ]
    assert president.votes["votes"].tolist() == [40, 30, 3]
    house = returns.select(contest="State House 7")
    assert house.ballots[["registered", "voters"]].to_numpy().tolist() == [[120, 80]]
    assert set(returns.contests["contest"]) == {"President", "State House 7"}
