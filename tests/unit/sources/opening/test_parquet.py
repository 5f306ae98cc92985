"""Parquet to text: cells as a person would type them, the rows asked for, files that are damaged."""

from __future__ import annotations

import duckdb
import pytest

from primaire.errors import SourceError
from primaire.sources.opening.content import Content, open_contents
from primaire.sources.opening.parquet import columns_of, is_parquet, read_parquet, values_of

TABLE = """
SELECT * FROM (VALUES
  ('2022_pres_t1', 12, 'A''B'), ('2022_pres_t1', NULL, 'Le "Grand"'), ('2022_pres_t2', 7, NULL)
) AS t (id_election, "nb voix", nom)
"""
ROWS = [
    ["id_election", "nb voix", "nom"],
    ["2022_pres_t1", "12", "A'B"],
    ["2022_pres_t1", "", 'Le "Grand"'],
    ["2022_pres_t2", "7", ""],
]


@pytest.fixture
def stored(tmp_path):
    """Return a Parquet file of a query's rows, as it is opened from the disk."""

    def store(query: str, file: str = "a.parquet") -> Content:
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({query}) TO '{tmp_path / 'new.parquet'}' (FORMAT parquet)")
        (tmp_path / "new.parquet").rename(tmp_path / file)
        (content,) = open_contents(tmp_path / file)
        return content

    return store


def held(content: Content) -> Content:
    """The same file, out of an archive or from standard input."""
    assert content.path is not None
    return Content("a.parquet", "a", content.path.read_bytes())


def test_the_columns_names_are_the_first_row(stored):
    content = stored(TABLE)
    assert is_parquet(content.data)
    assert columns_of(content) == ROWS[0]
    assert read_parquet(content).rows == ROWS


def test_bytes_are_read_as_a_file_is(stored):
    content = held(stored(TABLE))
    assert columns_of(content) == ROWS[0]
    assert read_parquet(content).rows == ROWS


@pytest.mark.parametrize("file", ["a[1].parquet", "*.parquet", "été?.parquet", "it's.parquet"])
def test_a_file_s_name_is_no_pattern(stored, file):
    assert read_parquet(stored(TABLE, file)).rows == ROWS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("8580::DOUBLE", "8580"),
        ("27.27::DOUBLE", "27.27"),
        ("27.27::FLOAT", "27.27"),
        ("'nan'::DOUBLE", ""),
        ("12.5::DECIMAL(8, 2)", "12.50"),
        ("12::DECIMAL(8, 2)", "12"),
        ("7::UTINYINT", "7"),
        ("DATE '2022-04-10'", "2022-04-10"),
        ("TIMESTAMP '2022-04-10'", "2022-04-10"),
        ("TIMESTAMP '2022-04-10 08:30:00'", "2022-04-10 08:30:00"),
        ("true", "true"),
        ("encode('é')", "é"),  # text that old writers did not mark as text
        ("'0012'", "0012"),
        ("NULL::DOUBLE", ""),
    ],
)
def test_a_value_is_text_as_a_person_would_type_it(stored, value, text):
    assert read_parquet(stored(f"SELECT {value} AS x")).rows == [["x"], [text]]


def test_only_the_columns_asked_for_are_read_in_the_order_asked(stored):
    assert read_parquet(stored(TABLE), ["nom", "id_election"]).rows == [[row[2], row[0]] for row in ROWS]


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ({"id_election": ["2022_pres_t1"]}, [0, 1, 2]),
        ({"id_election": ["2022_pres_t2", "2017_pres_t1"]}, [0, 3]),
        ({"nb voix": ["12", "7"], "nom": ["A'B"]}, [0, 1]),
        ({"id_election": []}, [0]),
        ({"nom": ["x' OR 1 = 1 --"]}, [0]),
        ({}, [0, 1, 2, 3]),
    ],
)
def test_only_the_rows_that_fit_are_read(stored, where, rows):
    assert read_parquet(stored(TABLE), where=where).rows == [ROWS[row] for row in rows]


def test_a_condition_need_not_be_on_a_column_that_is_read(stored):
    assert read_parquet(stored(TABLE), ["nom"], {"nb voix": ["12"]}).rows == [["nom"], ["A'B"]]


def test_the_values_of_a_column_are_told_sorted(stored):
    assert values_of(stored(TABLE), "id_election") == ["2022_pres_t1", "2022_pres_t2"]
    assert values_of(stored(TABLE), "nb voix") == ["12", "7"], "as text"


def test_rows_keep_their_order_beyond_one_batch(stored):
    rows = read_parquet(stored("SELECT range AS x FROM range(120000)")).rows
    assert rows == [["x"], *([str(number)] for number in range(120_000))]


@pytest.mark.parametrize("asked", [{"columns": ["voix"]}, {"where": {"voix": ["1"]}}])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(stored, asked):
    with pytest.raises(SourceError, match="has no column voix") as refused:
        read_parquet(stored(TABLE), **asked)
    assert "nb voix" in str(refused.value.expected)


def test_a_damaged_file_is_refused_by_its_own_name(stored):
    data = held(stored(TABLE)).data
    for damaged in (b"PAR1....", data[:-20], data[:4] + bytes(len(data) - 12) + data[-8:]):
        content = Content("a.parquet", "a", damaged)
        for read in (columns_of, read_parquet):
            with pytest.raises(SourceError, match=r"“a\.parquet” is a Parquet file that cannot be read") as refused:
                read(content)
            assert "tmp" not in str(refused.value)


def test_a_file_without_a_header_has_its_columns_names_for_one(published_data):
    """284 stations of Toulouse voted in the first round of 2026, 285 in the second (one was divided)."""
    folder = published_data / "fr-toulouse-municipales-2026"
    for part, stations in (("1er", 284), ("2nd", 285)):
        (content,) = open_contents(folder / f"resultats-elections-municipales-2026-{part}-tour.parquet")
        header, *rows = read_parquet(content).rows
        assert header[:2] == ["column_1", "column_2"]
        assert len(rows) == stations
        assert {row[4] + row[5] for row in rows} == {"31555"}
