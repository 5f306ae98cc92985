"""The way in: several sources as one data set, own format and others', what is wanted of them."""

from __future__ import annotations

import io
import zipfile

import pytest

from primaire.arrays import listed
from primaire.errors import NotHeldError, SourceError
from primaire.sources import Wanted, load

HEADER = "Code du département;Code de la commune;Inscrits;Votants;Exprimés;Nom;Voix\n"


def text(votes: int, departement: str = "01") -> str:
    return f"{HEADER}{departement};001;20;10;10;A;{votes};B;{10 - votes}\n"


@pytest.fixture
def folder(tmp_path):
    for name, votes in (("Présidentielle 2017 T1", 1), ("Présidentielle 2017 T2", 2), ("Présidentielle 2022 T1", 3)):
        (tmp_path / f"{name}.csv").write_text(text(votes), encoding="utf-8")
    return tmp_path


def votes_of(returns) -> dict[tuple[str, int], int]:
    """The first candidate's votes by election and round."""
    rows = returns.votes.drop_duplicates("ballot")
    ballots = returns.ballots.iloc[rows["ballot"]]
    return dict(zip(zip(ballots["election"], ballots["round"], strict=True), listed(rows["votes"]), strict=True))


ALL = {("Présidentielle 2017", 1): 1, ("Présidentielle 2017", 2): 2, ("Présidentielle 2022", 1): 3}


def test_files_folders_and_archives_are_read_alike(folder, tmp_path_factory):
    files = sorted(folder.iterdir())
    packed = tmp_path_factory.mktemp("packed") / "all.zip"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for one in files:
            archive.write(one, one.name)
    packed.write_bytes(file.getvalue())
    assert votes_of(load(*files)) == votes_of(load(folder)) == votes_of(load(packed)) == ALL
    assert {one.packing for one in load(packed).provenance.files} == {f"zip: {one.name}" for one in files}


def test_what_is_wanted_is_what_is_returned(folder):
    assert votes_of(load(folder, wanted=Wanted(election="Présidentielle 2022"))) == {("Présidentielle 2022", 1): 3}
    assert votes_of(load(folder, wanted=Wanted(round=2))) == {("Présidentielle 2017", 2): 2}
    with pytest.raises(NotHeldError):
        load(folder, wanted=Wanted(round=3))


def test_the_own_format_and_that_of_others_side_by_side(folder):
    (folder / "own.csv").write_text("election,candidate,votes\nMairie,A,7\n", encoding="utf-8")
    assert votes_of(load(folder)) == {**ALL, ("Mairie", 1): 7}


def test_parts_of_one_vote_in_two_files_are_one(tmp_path):
    for departement in ("01", "02"):
        (tmp_path / f"Présidentielle 2017 T1 {departement}.csv").write_text(text(5, departement), encoding="utf-8")
    returns = load(tmp_path)
    assert listed(returns.ballots["departement_code"]) == ["01", "02"]
    assert len(returns.contests) == 1


def test_a_unit_in_two_files_is_refused(tmp_path):
    for name in ("Présidentielle 2017 T1.csv", "Présidentielle 2017 T1 bis.csv"):
        (tmp_path / name).write_text(text(5), encoding="utf-8")
    with pytest.raises(SourceError, match="twice"):
        load(tmp_path)


def test_an_order_of_files_that_changes_nothing(folder):
    files = sorted(folder.iterdir())
    assert votes_of(load(*files)) == votes_of(load(*reversed(files)))
