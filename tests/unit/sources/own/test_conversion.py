"""The format as programs write it: every column, every figure once, and the way back."""

from __future__ import annotations

import csv
import io
import json

import duckdb
import pytest

import primaire
from primaire.errors import SourceError
from primaire.sources.opening.content import MAPPED_ABOVE, Content
from primaire.sources.own.canonical import read_canonical
from primaire.sources.own.columns import COLUMNS
from primaire.sources.own.conversion import long_form, to_csv, to_parquet
from tests.elections import returns_of, unit
from tests.returns import TRICKY, values


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def read(data: bytes, name: str = "a.csv"):
    return read_canonical(Content(name, "a", data))


def two_units():
    return returns_of(
        unit({"Ann": 40, "Bob": 60}, unit="North", registered=200, voters=105, valid=100, commune_code="01004"),
        unit({"Bob": 10}, unit="South", registered=50, voters=10, valid=10),
    )


def test_one_row_per_unit_and_candidate_with_every_column():
    written = rows(to_csv(two_units()))
    assert [(row["unit"], row["unit_row"], row["candidate"], row["votes"]) for row in written] == [
        ("North", "1", "Ann", "40"),
        ("North", "2", "Bob", "60"),
        ("South", "1", "Bob", "10"),
    ]
    assert list(written[0]) == [column.name for column in COLUMNS if column.name != "publication"]
    assert {row["format_version"] for row in written} == {"1"}
    assert written[0]["commune_code"] == "01004"


def test_who_sums_the_rows_numbered_1_counts_nobody_twice():
    """200 and 50 registered are 250; summed over all rows they would be 450."""
    frame = long_form(two_units())
    assert frame.loc[frame["unit_row"] == 1, "registered"].sum() == 250
    assert frame["registered"].sum() == 450


def test_a_unit_without_candidates_is_one_row_at_its_place():
    figures = read(
        b"format_version,unit,registered,candidate,votes\n1,a,10,Ann,1\n1,b,20,,\n1,c,30,Ann,2\n1,c,30,Bob,3\n"
    )
    assert figures.ballots["registered"].tolist() == [10, 20, 30]
    assert figures.votes["ballot"].tolist() == [0, 2, 2]
    written = rows(to_csv(figures))
    assert [(row["unit"], row["unit_row"], row["candidate"], row["registered"]) for row in written] == [
        ("a", "1", "Ann", "10"),
        ("b", "1", "", "20"),
        ("c", "1", "Ann", "30"),
        ("c", "2", "Bob", "30"),
    ]


def test_percentages_keep_the_decimals_they_were_published_with():
    figures = returns_of(unit({"Ann": "35.70", "Bob": "64.30"}), unit({"Ann": "0.000001"}, unit="There"))
    written = rows(to_csv(figures))
    assert [(row["share"], row["share_decimals"]) for row in written] == [
        ("35.70", "2"),
        ("64.30", "2"),
        ("0.000001", "6"),
    ]


def test_approximations_are_named_on_their_row():
    figures = returns_of(
        unit({"Ann": {"votes": 10, "approximate": frozenset({"votes", "voters"})}, "Bob": {"votes": 5}}, voters=20)
    )
    assert [row["approximate"] for row in rows(to_csv(figures))] == ["voters votes", "voters"]


@pytest.mark.parametrize("name", TRICKY)
def test_names_come_back_whatever_they_are(name):
    """What a spreadsheet would run is guarded in CSV, and nowhere else; names of counts are candidates here."""
    figures = returns_of(unit({name: 1, "Other": 2}, unit=name))
    data = to_csv(figures)
    assert values(read(data)) == values(figures)
    (cell, _) = [row["candidate"] for row in rows(data)]
    assert not cell.startswith(("=", "+", "-", "@"))


def test_parquet_has_types_and_says_where_it_comes_from(tmp_path):
    original = read(b"candidate,votes,share,elected,registered\nAnn,1,33.3,yes,10\nBob,2,66.7,no,10\n", "board.csv")
    path = tmp_path / "a.parquet"
    path.write_bytes(to_parquet(original))
    kinds = {name: kind for name, kind, *_ in duckdb.execute(f"DESCRIBE FROM '{path}'").fetchall()}
    assert list(kinds) == [column.name for column in COLUMNS if column.name != "publication"]
    assert {kinds[name] for name in ("round", "registered", "votes", "seats", "unit_row")} == {"BIGINT"}
    assert [kinds[name] for name in ("share", "elected", "commune_code", "candidate")] == [
        "DOUBLE",
        "BOOLEAN",
        "VARCHAR",
        "VARCHAR",
    ]
    ((key, facts),) = duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    assert key == b"primaire"
    (source,) = json.loads(facts)["sources"]
    assert (source["name"], source["sha256"]) == ("board.csv", original.provenance.files[0].sha256)


# What the reader knows of it


def test_a_later_version_is_refused_before_anything_else():
    with pytest.raises(SourceError, match="newer primaire") as refused:
        read(b"format_version,nobody_knows,candidate,votes\n2,x,Ann,1\n")
    assert "version 2" in str(refused.value)


@pytest.mark.parametrize("version", ["1", "", " 1 "])
def test_this_version_is_read(version):
    assert len(read(f"format_version,candidate,votes\n{version},Ann,1\n".encode()).votes) == 1


@pytest.mark.parametrize(
    ("header", "cell"),
    [("unit_row", "first"), ("unit_row", "1.5"), ("units", "-1"), ("format_version", "one"), ("elected", "perhaps")],
)
def test_what_programs_write_is_checked_too(header, cell):
    with pytest.raises(SourceError) as refused:
        read(f"candidate,votes,{header}\nAnn,1,{cell}\n".encode())
    assert [(problem.line, problem.column, problem.value) for problem in refused.value.problems] == [(2, header, cell)]


def test_the_number_of_a_row_says_nothing():
    """Rows may be sorted anew, or filtered."""
    assert read(b"candidate,votes,unit_row\nAnn,1,7\nBob,1,7\n").votes["votes"].tolist() == [1, 1]


def test_a_row_without_a_candidate_beside_others_is_refused():
    with pytest.raises(SourceError) as refused:
        read(b"unit,voters,candidate,votes\na,10,Ann,1\na,10,,\nb,10,,\n")
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(3, "candidate")]


def test_a_row_that_holds_no_count_is_refused():
    with pytest.raises(SourceError) as refused:
        read(b"unit,note,candidate,votes\na,closed,,\n")
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(2, "candidate")]


def test_a_person_types_seats_lists_and_who_is_elected():
    figures = read("candidat,voix,liste,numéro,sièges,élu\nAnn,60,Ensemble,1,3,oui\nBob,40,Union,2,1,non\n".encode())
    assert figures.candidates[["list", "number"]].to_numpy().tolist() == [["Ensemble", "1"], ["Union", "2"]]
    assert figures.votes["seats"].tolist() == [3, 1]
    assert figures.votes["elected"].tolist() == [True, False]


def test_a_file_of_many_megabytes_is_read_as_any_other(tmp_path):
    """Large files are mapped into memory rather than read."""
    stations = 30_000
    rows_ = "".join(
        f"{number},{name},{number % 7},{'x' * 60}\n" for number in range(stations) for name in ("Ann", "Bob")
    )
    path = tmp_path / "large.csv"
    path.write_text(f"unit,candidate,votes,note\n{rows_}", encoding="utf-8")
    assert path.stat().st_size > MAPPED_ABOVE
    figures = primaire.load(path)
    assert (len(figures.ballots), len(figures.votes), len(figures.candidates)) == (stations, 2 * stations, 2)
    assert figures.votes["votes"].sum() == 2 * sum(number % 7 for number in range(stations))
