"""Results of other countries, read by the mappings that ship, against the totals that were published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from primaire.sources import load
from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from primaire.schema import Returns


def votes(returns: Returns, election: str | None = None, contest: str | None = None) -> dict[str, int]:
    """The votes of each candidate, all units added up."""
    kept = returns.select(election=election, contest=contest)
    names = kept.candidates["candidate"].to_numpy()[kept.votes["candidate"]]
    return {str(name): int(total) for name, total in kept.votes["votes"].groupby(names).sum().items()}


def test_bundestag(published_data: Path):
    """Preliminary result of 24 February 2025, as the Bundeswahlleiterin's file gives it for the whole country (its rows
    “Bund”), here added up from the 299 constituencies."""
    returns = load(published_data / "de-bundestag-2025" / "kerg2.csv")
    for vote, invalid, valid, spd, afd in (
        ("Erststimmen", 429_129, 49_498_186, 9_934_614, 10_175_438),
        ("Zweitstimmen", 285_228, 49_642_087, 8_148_284, 10_327_148),
    ):
        election = f"Bundestagswahl 2025, {vote}"
        ballots = returns.select(election=election).ballots
        assert len(ballots) == 299
        assert ballots[["registered", "voters", "blank_null", "valid"]].sum().tolist() == [
            60_490_603,
            49_927_315,
            invalid,
            valid,
        ]
        found = votes(returns, election)
        assert (found["SPD"], found["AfD"]) == (spd, afd)
        assert sum(found.values()) == valid
        assert not {"Übrige", "Wahlberechtigte", "Einzelbewerber/Wählergruppe"} & found.keys()
    assert set(returns.contests["date"]) == {"2025-02-23"}
    # A candidate stands in a constituency, a list in the whole country.
    assert returns.select(election="Erststimmen").ballots["contest"].nunique() == 299
    assert returns.select(election="Zweitstimmen").ballots["contest"].nunique() == 1


def test_rhode_island(published_data: Path):
    """General election of 3 November 2020, President: as certified by the state's Board of Elections."""
    returns = load(published_data / "us-openelections-ri" / "20201103__ri__general__precinct.csv")
    found = votes(returns, contest="President")
    assert (found["Joseph R. Biden"], found["Donald J. Trump"], found["Jo Jorgensen"]) == (307_486, 199_922, 5_053)


@pytest.mark.parametrize(("round_", "stations", "lists"), [("1er", 284, 10), ("2nd", 285, 2)])
def test_toulouse_by_the_mapping_of_the_documentation(published_data: Path, tmp_path: Path, round_, stations, lists):
    """A file without headers: if its columns were off by one, votes would not add up to valid votes in every station."""
    page = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")
    example = re.search(r"^```toml\n(mapping = 1\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert example is not None
    # The Parquet file has names for its columns, though they say nothing.
    (tmp_path / "toulouse.toml").write_text(
        re.sub(r"^header = .*$", "", example[1], flags=re.MULTILINE), encoding="utf-8"
    )
    file = (
        published_data / "fr-toulouse-municipales-2026" / f"resultats-elections-municipales-2026-{round_}-tour.parquet"
    )
    returns = load(file, mapping=str(tmp_path / "toulouse.toml"))
    assert (len(returns.ballots), len(returns.candidates)) == (stations, lists)
    added = returns.votes.groupby("ballot")["votes"].sum()
    assert added.tolist() == returns.ballots["valid"].tolist()
