"""Info and the data set as tables: what is published, what follows, what is missing."""

from __future__ import annotations

import pandas as pd

from primaire.analysis.dataset import dataset
from primaire.analysis.info import info
from primaire.provenance import Provenance, SourceFile
from tests.elections import line, returns_of, unit


def figure(table, name, **wanted):
    row = line(table, figure=name, **wanted)
    known = None if pd.isna(row["how_known"]) else row["how_known"]
    return (None if pd.isna(row["value"]) else row["value"], known)


def test_every_count_is_told_with_how_it_is_known():
    table = info(returns_of(unit({"A": 842, "B": 611}, voters=1473, blank_null=20, source="psconflans.fr")))
    assert figure(table, "voters") == (1473, "published")
    assert figure(table, "valid votes") == (1453, "computed")
    assert figure(table, "registered voters") == (None, None)
    assert set(table.frame["source"]) == {"psconflans.fr"}


def test_votes_and_percentages_are_counted_by_candidate():
    table = info(returns_of(unit({"A": 842, "B": None, "C": None})))
    votes, percentages = (
        line(table, figure="votes of each candidate"),
        line(table, figure="percentages of each candidate"),
    )
    assert (votes["candidates_known"], votes["how_known"]) == (1, "published")
    assert percentages["candidates_known"] == 0
    assert pd.isna(percentages["how_known"])
    assert votes["candidates"] == 3


def test_reconstructed_votes_are_told_as_such():
    table = info(returns_of(unit({"A": "66.67", "B": "33.33"}, voters=4)))
    assert line(table, figure="votes of each candidate")["how_known"] == "reconstructed"
    assert line(table, figure="percentages of each candidate")["how_known"] == "published"
    assert figure(table, "valid votes") == (3, "reconstructed")


def test_units_are_not_added():
    table = info(returns_of(unit({"A": 1}, voters=2), unit({"A": 3}, voters=4, unit="There")))
    assert figure(table, "voters", unit="Here") == (2, "published")
    assert figure(table, "voters", unit="There") == (4, "published")


def how_read(**facts):
    file = SourceFile("a.zip", "ab12", 1234, **facts)
    (note,) = info(returns_of(unit({"A": 1})).with_provenance(Provenance((file,)))).notes
    return str(note)


def test_all_that_a_file_shows_of_how_it_was_read_is_told():
    assert how_read(
        reader="header",
        encoding="cp1252",
        separator="\t",
        decimal_mark=",",
        rows=1,
        packing="zip: a.csv",
        sheet="Tour 1",
        header=3,
    ) == (
        "Read from a.zip: columns known by their headers, unpacked from zip: a.csv, sheet “Tour 1”, cp1252, "
        "separated by tab, decimal comma, header on line 3, 1 row, 1,234 bytes, SHA-256 ab12."
    )


def test_what_a_file_does_not_show_is_left_out():
    assert how_read(reader="germany-kerg2", rows=2000) == (
        "Read from a.zip: germany-kerg2, 2,000 rows, 1,234 bytes, SHA-256 ab12."
    )


def test_the_data_set_is_its_tables_with_readable_keys():
    tables = {
        table.name: table
        for table in dataset(returns_of(unit({"A": 842, "B": 611}, voters=1473), unit({"A": 1}, round=2)))
    }
    assert set(tables) == {"contests", "ballots", "votes", "candidates", "sources"}
    votes = tables["votes"].frame
    assert votes[["round", "unit", "candidate", "votes"]].to_numpy().tolist() == [
        [1, "Here", "A", 842],
        [1, "Here", "B", 611],
        [2, "Here", "A", 1],
    ]
    assert tables["ballots"].frame["valid"].tolist() == [1453, 1]
    assert tables["ballots"].frame["valid_origin"].tolist() == ["computed", "computed"]
    assert len(tables["contests"]) == 2
    assert tables["candidates"].frame["candidate"].tolist() == ["A", "B"]
