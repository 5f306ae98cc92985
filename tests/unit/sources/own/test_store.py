"""Parquet in primaire's own format: what is told apart, selected, added up, and refused."""

from __future__ import annotations

import json

import duckdb
import pytest

from primaire.arrays import listed
from primaire.checks.contradictions import findings
from primaire.errors import NameUnknownError, NotHeldError, SourceError
from primaire.sources.own.conversion import to_parquet
from primaire.sources.own.store import is_canonical_parquet, read_store
from primaire.sources.wanted import Wanted
from primaire.tally import tally
from tests.elections import returns_of, unit
from tests.returns import values

EVERYTHING = Wanted()


def station(number: int, departement: str | None, **more: object):
    """A station where 4 of 10 registered vote Ann, 3 vote Bob and 1 is blank."""
    counts = {"registered": 10, "voters": 8, "blank": 1, "null": 0, "valid": 7}
    given = {"level": "station", "unit": f"S{number}", "departement_code": departement, **counts, **more}
    return unit({"Ann": 4, "Bob": 3}, **given)


@pytest.fixture
def keep(tmp_path):
    """Write a data set as Parquet, and return its path."""

    def write(figures):
        path = tmp_path / "a.parquet"
        path.write_bytes(to_parquet(figures))
        return path

    return write


def made(path, query: str):
    duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_a_file_is_told_by_its_columns(tmp_path, keep):
    assert is_canonical_parquet(keep(returns_of(station(1, "01"))))
    assert is_canonical_parquet(
        made(tmp_path / "b.parquet", "SELECT 1 AS format_version, 'A' AS candidate, 2 AS votes")
    )
    assert not is_canonical_parquet(made(tmp_path / "c.parquet", "SELECT 'A' AS candidate, 'format_versions' AS x"))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\xff" * 20 + b"PAR1", b"format_version,candidate,votes\n"])
def test_what_is_no_parquet_is_none_of_ours(tmp_path, data):
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    assert not is_canonical_parquet(path)


def test_stations_that_add_up_are_added_before_they_are_read(keep):
    path = keep(returns_of(station(1, "01"), station(2, "01"), station(3, "02")))
    summed = read_store(path, EVERYTHING, "departement")
    assert summed.ballots["units"].tolist() == [2, 1]
    assert summed.ballots["registered"].tolist() == [20, 10]
    assert summed.votes["votes"].tolist() == [8, 6, 4, 3]
    assert summed.ballots["unit"].isna().tolist() == [True, False]


def test_a_station_that_contradicts_itself_is_read_by_itself(keep):
    """11 voters of 10 registered: the finding is told of that station, and the sum is the same."""
    stations = [station(1, "01"), station(2, "01", voters=11, valid=10), station(3, "01")]
    path = keep(returns_of(*stations))
    summed = read_store(path, EVERYTHING, "departement")
    assert listed(summed.ballots["unit"]) == [None, "S2"]
    assert [one.code for one in findings(summed)] == ["PRI101", "PRI113"]
    assert list(map(str, findings(summed))) == list(map(str, findings(returns_of(*stations))))
    assert tally(summed, "departement").ballots["voters"].tolist() == [27]


def test_a_count_that_one_station_lacks_is_no_part_of_a_sum(keep):
    path = keep(returns_of(station(1, "01"), station(2, "01", registered=None), station(3, "02")))
    assert tally(read_store(path, EVERYTHING, "departement"), "departement").ballots["registered"].isna().tolist() == [
        True,
        False,
    ]


def test_units_of_no_departement_stay_apart(keep):
    path = keep(returns_of(station(1, "01"), station(2, None), station(3, None)))
    assert read_store(path, EVERYTHING, "departement").ballots["units"].tolist() == [1, 1, 1]


def test_percentages_are_not_added(keep):
    figures = returns_of(unit({"Ann": "60.0", "Bob": "40.0"}, unit="a"), unit({"Ann": "50.0", "Bob": "50.0"}, unit="b"))
    assert values(read_store(keep(figures), EVERYTHING, "contest")) == values(figures)


@pytest.mark.parametrize("by", [None, "unit", "station,nuance", ["commune"]])
def test_a_level_that_says_nothing_is_refused_as_ever(keep, by):
    figures = returns_of(station(1, "01"))
    if by is None or by == "unit":
        assert values(read_store(keep(figures), EVERYTHING, by)) == values(figures)
    else:
        with pytest.raises(NotHeldError, match="departement"):
            read_store(keep(figures), EVERYTHING, by)


def test_a_selection_reads_that_part(keep):
    path = keep(returns_of(station(1, "01"), station(2, "02", round=2), station(3, "02")))
    assert read_store(path, Wanted(round=1, where={"departement_code": ["2"]})).ballots["unit"].tolist() == ["S3"]


def test_a_name_that_is_not_there_is_refused_with_those_that_are(keep):
    path = keep(returns_of(station(1, "01")))
    with pytest.raises(NotHeldError, match="Contest"):
        read_store(path, Wanted(contest="Nowhere"))
    with pytest.raises(NameUnknownError, match="departement"):
        read_store(path, Wanted(where={"departemant": ["01"]}))


def test_a_copy_tells_what_it_was_converted_from(keep):
    import primaire

    original = primaire.load("conflans")
    (file,) = read_store(keep(original), EVERYTHING, name="mine").provenance.files
    assert (file.name, file.rows, file.reader) == ("mine", 11, "primaire Parquet")
    (remark,) = file.remarks
    assert "conflans" in str(remark)
    assert original.provenance.files[0].sha256 in str(remark)


def test_any_program_may_write_it_in_its_own_order_and_types(tmp_path):
    path = made(
        tmp_path / "a.parquet",
        "SELECT * FROM (VALUES (1, 'b', 'Ann', 1.0, 0.00001, true), (1, 'a', 'Ann', 2.0, 35.5, false), (1, 'b', 'Bob', 3.0, NULL, NULL))"
        " AS t(format_version, unit, candidate, votes, share, elected)",
    )
    figures = read_store(path, EVERYTHING, "contest")
    assert figures.ballots["unit"].tolist() == ["b", "a"]
    assert figures.votes["votes"].tolist() == [1, 2, 3]
    assert figures.votes["share"].tolist()[:2] == [0.00001, 35.5]
    assert figures.votes["elected"].tolist()[:2] == [True, False]
    assert figures.ballots["election"].tolist() == ["a", "a"]  # named after the file


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("2 AS format_version, 'A' AS candidate, 1 AS votes", "newer primaire"),
        ("1 AS format_version, 'A' AS candidate, 1 AS vots", "vots"),
        ("1 AS format_version, 'A' AS candidate, -1 AS votes", "negative"),
        ("1 AS format_version, 'A' AS candidate, 1 AS votes, 'x' AS level", "x"),
    ],
)
def test_what_is_wrong_is_refused_with_its_row(tmp_path, columns, said):
    with pytest.raises(SourceError) as refused:
        read_store(made(tmp_path / "a.parquet", f"SELECT {columns}"), EVERYTHING, "contest")
    assert said in str(refused.value)


def test_a_file_that_says_its_units_stand_together_but_was_shuffled_is_still_right(tmp_path, keep):
    """Another program may sort the rows and leave what the file says of itself."""
    figures = returns_of(*(station(number, "01") for number in range(6)))
    path = keep(figures)
    shuffled = tmp_path / "b.parquet"
    facts = json.dumps({"together": True})
    duckdb.execute(
        f"COPY (FROM '{path}' ORDER BY candidate, unit DESC) TO '{shuffled}' (FORMAT parquet, KV_METADATA {{primaire: '{facts}'}})"
    )
    assert tally(read_store(shuffled, EVERYTHING, "contest")).ballots["registered"].tolist() == [60]


def test_selecting_the_same_again_changes_nothing(keep):
    """Whoever brings sources together selects from all of them: what is asked by stays apart in the sums."""
    wanted = {"departement_code": ["1", "02"]}
    path = keep(returns_of(station(1, "01"), station(2, "01"), station(3, "02"), station(4, "03")))
    summed = read_store(path, Wanted(where=wanted), "contest")
    assert summed.ballots["units"].tolist() == [2, 1]
    assert values(summed.select(where=wanted)) == values(summed)
