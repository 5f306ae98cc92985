"""What ``check`` finds in published files: nothing where the ministry's figures hold, and what the sources are known for."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from primaire.arrays import listed
from primaire.checks.check import check
from primaire.sources import load

CORE = ("PRI1",)
HOLD = (
    "fr-aktiur-bureaux-communes/2017-presidentielle-1_par_bureau_large.csv.gz",
    "fr-aktiur-bureaux-communes/2017-presidentielle-2_par_bureau_large.csv.gz",
    "fr-legislatives-ministere-xls/Leg_2017_Resultats_T1_officiel.xlsx",
    "fr-legislatives-ministere-xls/Leg_2022_Resultats_T2_officiel.xlsx",
    "fr-departementales-2015/Departementales_2015_Resultats_Tour1_par_canton.csv",
    "fr-brest-finistere/circos23-tour1.csv",
    "fr-ministere-xml/971101.xml",
    "us-openelections-ri/20201103__ri__general__precinct.csv",
    "de-bundestag-2025/kerg2.csv",
)


def found(path):
    return check(load(path, printed=True), select=CORE).frame


@pytest.mark.parametrize("name", HOLD)
def test_figures_that_hold_give_no_alarm(published_data, name):
    assert listed(found(published_data / name)["code"]) == []


@pytest.mark.parametrize(("turn", "differing"), [("1er", 25), ("2nd", 28)])
def test_toulouse_counted_other_ballots_than_signatures(published_data, turn, differing):
    """Columns 11 and 12 of its files: counted here by another program."""
    path = published_data / f"fr-toulouse-municipales-2026/resultats-elections-municipales-2026-{turn}-tour.parquet"
    query = (
        "SELECT file_row_number + 1, column_11, column_12 FROM read_parquet(?, file_row_number = true)"
        " WHERE column_11 <> column_12 ORDER BY 1"
    )
    with duckdb.connect() as connection:
        rows = connection.execute(query, [str(path)]).fetchall()
    frame = found(path)
    assert len(frame) == len(rows) == differing
    assert set(listed(frame["code"])) == {"PRI107"}
    told = zip(listed(frame["line"]), map(str, frame["seen"]), strict=True)
    assert list(told) == [
        (line, f"{signed} signatures on the roll, but {box} ballots in the box") for line, signed, box in rows
    ]


def test_a_candidate_that_a_file_of_2012_lacks_is_missed(published_data):
    """75-8: 48,476 valid votes in the file, and its candidates have 48,402 (summed by hand)."""
    frame = found(published_data / "fr-legislatives-cdsp/cdsp_legi2012t1_circ.csv")
    assert list(zip(listed(frame["code"]), listed(frame["unit"]), listed(frame["line"]), strict=True)) == [
        ("PRI113", "75-8", 394)
    ]


def test_counts_of_a_file_that_was_keyed_in_by_hand(published_data):
    """The round 2 of 2012, counted from the cells themselves: see ``broken``."""
    path = published_data / "fr-legislatives-cdsp/cdsp_legi2012t2_circ.csv"
    codes = Counter(listed(found(path)["code"]))
    assert codes == broken(path)


def broken(path):
    """Count rows whose valid and blank or null votes do not make the voters, or whose votes do not make the valid."""
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    place = {name.strip().lower(): at for at, name in reversed(list(enumerate(header)))}
    voters, valid, spoilt = (
        next(at for name, at in place.items() if name.startswith(word)) for word in ("votants", "exprim", "blancs")
    )
    votes = [at for at, name in enumerate(header) if "voix" in name.lower()]
    codes: Counter[str] = Counter()
    for row in filter(any, rows):
        total = sum(int(row[at]) for at in votes if row[at].strip())
        codes["PRI104"] += int(row[valid]) + int(row[spoilt]) != int(row[voters])
        codes["PRI112"] += total > int(row[valid])
        codes["PRI113"] += total < int(row[valid])
    return codes
