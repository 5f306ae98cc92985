"""Machine formats: every column, full precision, one shape whatever the values, and text that stays text."""

import csv as reference
import datetime as dt
import io
import json as notation
from dataclasses import replace

import duckdb
import openpyxl
import pytest

from primaire.errors import OutputError
from primaire.messages import msg
from primaire.provenance import Found, Provenance, SourceFile
from primaire.render import workbook
from primaire.render.parquet import parquet
from primaire.render.records import json, jsonl
from primaire.render.separated import csv
from primaire.render.workbook import xlsx
from primaire.table import Column, Section

NAME = Column("candidate", "Candidate", "text")
VOTES = Column("votes", "Votes", "count", place="foot")
CHANGE = Column("change", "Change", "change")
SHARE = Column("share", "Share", "share", place="hidden")
POINTS = Column("points", "Points", "points", decimals=1)
ELECTED = Column("elected", "Elected", "flag")
DAY = Column("day", "Day", "date", place="heading")

THIRD = 100 / 3  # 33.333333333333336: 17 digits, one more than xlsxwriter writes by itself


@pytest.fixture
def primary(make):
    return make(
        (NAME, ["Benoît, Hamon", "=1+1", None]),
        (VOTES, [1473, 0, None]),
        (CHANGE, [-12, 5, None]),
        (SHARE, [THIRD, 0, None]),
        (POINTS, [-0.5, 22.8796, None]),
        (ELECTED, [True, False, None]),
        (DAY, ["2017-01-29", "2017-01-29", None]),
        sections=(Section(msg("Round {n:count}", n=1), 0, 3, lead=msg("{s:share}.", s=35.68), notes=(msg("Here."),)),),
        notes=(msg("Everywhere."),),
        provenance=Provenance(
            (
                SourceFile(
                    "results.csv",
                    "ab12",
                    321,
                    "canonical",
                    encoding="utf-8",
                    rows=3,
                    remarks=(msg("Odd."),),
                    packing="zip: results.csv",
                    header=2,
                    found=(Found("PRI131", msg("line {line}", line=9), msg("{n:count} rows", n=1000)),),
                ),
            ),
            (msg("Computed."),),
        ),
    )


def test_csv_has_names_full_digits_and_empty_cells(primary):
    assert csv(primary).decode() == (
        "candidate,votes,change,share,points,elected,day\n"
        '"Benoît, Hamon",1473,-12,33.333333333333336,-0.5,true,2017-01-29\n'
        "'=1+1,0,5,0.0,22.8796,false,2017-01-29\n"
        ",,,,,,\n"
    )


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("+33 1", "'+33 1"),
        ("-Union", "'-Union"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", r"\t=1+1"),
        ("\r=1+1", r"\r=1+1"),
        ("a\nb", r"a\nb"),
        ("\x1b[31m", r"\x1b[31m"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_csv_text_is_never_a_formula_nor_a_control(make, text, field):
    # Two columns, so that an empty field is not an empty line.
    rows = list(reference.reader(io.StringIO(csv(make((NAME, [text]), (VOTES, [1]))).decode())))
    assert rows == [["candidate", "votes"], [field, "1"]]


def test_csv_numbers_are_not_guarded(make):
    assert csv(make((CHANGE, [-5]), (POINTS, [-0.5]))).decode().splitlines()[1] == "-5,-0.5"


def test_json_tells_what_the_table_is_and_holds_its_rows(primary, monkeypatch):
    monkeypatch.setattr("primaire.render.records.VERSION", "9.9.9")
    assert notation.loads(json(primary)) == {
        "primaire": "9.9.9",
        "table": "test",
        "title": "Test",
        "columns": [
            {"name": "candidate", "label": "Candidate", "kind": "text"},
            {"name": "votes", "label": "Votes", "kind": "count"},
            {"name": "change", "label": "Change", "kind": "change"},
            {"name": "share", "label": "Share", "kind": "share"},
            {"name": "points", "label": "Points", "kind": "points"},
            {"name": "elected", "label": "Elected", "kind": "flag"},
            {"name": "day", "label": "Day", "kind": "date"},
        ],
        "sections": [
            {"title": "Round 1", "subtitle": None, "lead": "35.68%.", "start": 0, "stop": 3, "notes": ["Here."]},
        ],
        "notes": ["Everywhere."],
        "sources": [
            {
                "name": "results.csv",
                "sha256": "ab12",
                "size": 321,
                "reader": "canonical",
                "encoding": "utf-8",
                "separator": None,
                "decimal_mark": None,
                "rows": 3,
                "remarks": ["Odd."],
                "packing": "zip: results.csv",
                "sheet": None,
                "header": 2,
                "found": [{"code": "PRI131", "place": "line 9", "message": "1,000 rows"}],
            }
        ],
        "steps": ["Computed."],
        "rows": [
            {
                "candidate": "Benoît, Hamon",
                "votes": 1473,
                "change": -12,
                "share": THIRD,
                "points": -0.5,
                "elected": True,
                "day": "2017-01-29",
            },
            {
                "candidate": "=1+1",
                "votes": 0,
                "change": 5,
                "share": 0.0,
                "points": 22.8796,
                "elected": False,
                "day": "2017-01-29",
            },
            dict.fromkeys(["candidate", "votes", "change", "share", "points", "elected", "day"]),
        ],
    }


def test_json_lines_are_the_rows_of_json(primary):
    lines = jsonl(primary).decode().splitlines()
    assert [notation.loads(line) for line in lines] == notation.loads(json(primary))["rows"]


def test_json_keeps_accents_and_escapes_what_acts(make):
    text = "é\x1b\x7f\x9b\u2028\u202e\u2066\udc80"
    line = jsonl(make((NAME, [text]))).decode()
    assert line == '{"candidate": "é\\u001b\\u007f\\u009b\\u2028\\u202e\\u2066\\udc80"}\n'
    assert notation.loads(line) == {"candidate": text}


def sheets(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_xlsx_has_typed_cells_and_no_formula(primary):
    sheet = sheets(xlsx(primary))["data"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["candidate", "votes", "change", "share", "points", "elected", "day"],
        ["Benoît, Hamon", 1473, -12, THIRD, -0.5, True, "2017-01-29"],
        ["=1+1", 0, 5, 0, 22.8796, False, "2017-01-29"],
    ]
    assert [cell.data_type for cell in sheet[3]] == ["s", "n", "n", "n", "n", "b", "s"]  # "f" would be a formula


def test_xlsx_shows_decimals_in_the_readers_own_marks(primary):
    sheet = sheets(xlsx(primary))["data"]
    assert [sheet.cell(2, at).number_format for at in range(2, 6)] == ["0", "+0;-0;0", "0.00", "+0.0;-0.0;0.0"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])


def test_xlsx_has_a_sheet_of_notes_and_sources(primary, monkeypatch):
    monkeypatch.setattr("primaire.render.records.VERSION", "9.9.9")
    sheet = sheets(xlsx(primary))["notes"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["primaire", "9.9.9"],
        ["table", "test"],
        ["title", "Test"],
        ["section", "Round 1"],
        ["lead", "35.68%."],
        ["note", "Here."],
        ["note", "Everywhere."],
        ["source", "results.csv (sha256 ab12, 321 bytes, canonical)"],
        ["packing", "zip: results.csv"],
        ["encoding", "utf-8"],
        ["header", "2"],
        ["rows", "3"],
        ["remark", "Odd."],
        ["found", "PRI131, line 9: 1,000 rows"],
        ["step", "Computed."],
    ]


def test_xlsx_shows_control_characters_and_takes_addresses_as_text(make):
    sheet = sheets(xlsx(make((NAME, ["\x1b[31m", "http://example.org", "_x0041_"]))))["data"]
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == [r"\x1b[31m", "http://example.org", "_x0041_"]
    assert sheet["A3"].hyperlink is None


def test_xlsx_bytes_depend_on_the_table_alone(primary):
    assert xlsx(primary) == xlsx(primary)
    properties = sheets(xlsx(primary)).properties
    assert (properties.created, properties.modified) == (dt.datetime(2000, 1, 1), dt.datetime(2000, 1, 1))  # noqa: DTZ001  as xlsx has it


def test_xlsx_refuses_what_a_sheet_does_not_hold(make, monkeypatch):
    assert xlsx(make((NAME, ["x" * 32_767])))
    with pytest.raises(OutputError, match=r"32,768 characters .*32,767"):
        xlsx(make((NAME, ["x" * 32_768])))
    monkeypatch.setattr(workbook, "_ROWS", 2)
    assert xlsx(make((NAME, ["a", "b"])))
    with pytest.raises(OutputError, match="3 rows; an xlsx sheet holds 2"):
        xlsx(make((NAME, ["a", "b", "c"])))


def query(tmp_path, content: bytes, sql: str) -> list[tuple[object, ...]]:
    path = tmp_path / "table.parquet"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        return connection.execute(sql, [str(path)]).fetchall()


TYPES = [
    ("candidate", "VARCHAR"),
    ("votes", "BIGINT"),
    ("change", "BIGINT"),
    ("share", "DOUBLE"),
    ("points", "DOUBLE"),
    ("elected", "BOOLEAN"),
    ("day", "VARCHAR"),
]


def test_parquet_has_every_column_with_its_type(primary, tmp_path):
    assert query(tmp_path, parquet(primary), "SELECT * FROM read_parquet(?)") == [
        ("Benoît, Hamon", 1473, -12, THIRD, -0.5, True, "2017-01-29"),
        ("=1+1", 0, 5, 0.0, 22.8796, False, "2017-01-29"),
        (None,) * 7,
    ]


@pytest.mark.parametrize("rows", [slice(0, 3), slice(0, 0), slice(2, 3)], ids=["full", "empty", "all missing"])
def test_parquet_types_depend_on_the_kinds_alone(primary, tmp_path, rows):
    part = replace(primary, frame=primary.frame.iloc[rows], sections=())
    described = query(tmp_path, parquet(part), "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet(?))")
    assert described == TYPES


def test_parquet_metadata_tell_what_the_table_is(primary, tmp_path):
    sql = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'primaire'"
    ((told,),) = query(tmp_path, parquet(primary), sql)
    whole = notation.loads(json(primary))
    assert notation.loads(str(told)) == {name: value for name, value in whole.items() if name != "rows"}


def test_parquet_stores_text_as_it_is_and_lone_surrogates_as_escapes(make, tmp_path):
    quoted = Column("it's", "It's", "text")
    content = parquet(make((quoted, ["a'b\x1b", "\udc80"]), notes=(msg("l'urne"),)))
    assert query(tmp_path, content, "SELECT * FROM read_parquet(?)") == [("a'b\x1b",), (r"\udc80",)]


def test_a_table_without_rows_is_a_header_an_empty_list_or_nothing(make):
    empty = make((NAME, []), (VOTES, []))
    assert csv(empty) == b"candidate,votes\n"
    assert notation.loads(json(empty))["rows"] == []
    assert jsonl(empty) == b""
    assert [[cell.value for cell in row] for row in sheets(xlsx(empty))["data"].iter_rows()] == [["candidate", "votes"]]
