"""JSON to one table: which list is read, how what is nested gets its header, what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from primaire.errors import SourceError
from primaire.sources.opening.content import Content
from primaire.sources.opening.tree import is_json, read_json

if TYPE_CHECKING:
    from primaire.sources.opening.sheet import Sheet

NESTED = {
    "scrutin": "Présidentielle 2022",
    "total": 2,
    "results": [
        {"bureau": {"code": "0001"}, "inscrits": 9, "candidats": [{"nom": "UN", "voix": 5}, {"nom": "DEUX", "voix": 1}]},
        {"bureau": {"code": "0002"}, "inscrits": 8, "candidats": [{"nom": "UN", "voix": 4}]},
    ],
}  # fmt: skip
ROWS = [
    ["scrutin", "total", "bureau.code", "inscrits", "candidats.nom", "candidats.voix"],
    ["Présidentielle 2022", "2", "0001", "9", "UN", "5"],
    ["Présidentielle 2022", "2", "0001", "9", "DEUX", "1"],
    ["Présidentielle 2022", "2", "0002", "8", "UN", "4"],
]


def read(document: object, records: str | None = None) -> Sheet:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_json(Content("a.json", "a", data), records)


def remarks(sheet: Sheet) -> list[str]:
    return [str(remark) for remark in sheet.remarks]


@pytest.mark.parametrize("records", [None, "results[].candidats[]", "results[].candidats", "results[]", "results"])
def test_records_are_found_and_what_is_nested_in_them_expanded(records):
    sheet = read(NESTED, records)
    assert (sheet.rows, sheet.remarks) == (ROWS, ())


def test_a_list_of_records_may_be_all_there_is():
    for records in (None, "[]", ""):
        assert read([{"nom": "UN", "voix": 5}], records).rows == [["nom", "voix"], ["UN", "5"]]


def test_a_list_inside_an_object_has_a_dotted_name():
    document = {"data": {"records": [{"fields": {"voix": 5}}]}}
    for records in (None, "data.records", "data.records[]"):
        assert read(document, records).rows == [["fields.voix"], ["5"]]


def test_lists_three_deep_are_one_row_for_each_of_the_innermost():
    document = [{"dep": "05", "communes": [{"nom": "Gap", "candidats": [{"nom": "UN"}, {"nom": "DEUX"}]}]}]
    assert read(document).rows == [
        ["dep", "communes.nom", "communes.candidats.nom"],
        ["05", "Gap", "UN"],
        ["05", "Gap", "DEUX"],
    ]


def test_numbers_keep_their_digits():
    data = b'[{"a": 0.10, "b": 123456789012345678901234567890, "c": 1e2, "d": -0, "e": NaN, "f": null, "g": true}]'
    assert read(data).rows[1] == ["0.10", "123456789012345678901234567890", "1e2", "-0", "", "", "true"]


def test_records_need_not_have_the_same_fields():
    assert read([{"a": 1}, {"b": 2, "a": 3}]).rows == [["a", "b"], ["1", ""], ["3", "2"]]


def test_of_several_lists_in_a_record_the_longest_is_expanded_and_the_others_named():
    document = [{"id": 1, "votes": [{"n": "UN"}, {"n": "DEUX"}], "seats": [{"s": 1}], "shape": [[1, 2]], "none": []}]
    sheet = read(document)
    assert sheet.rows == [["id", "votes.n"], ["1", "UN"], ["1", "DEUX"]]
    assert remarks(sheet) == ["left out, being lists inside the records: seats, shape"]
    assert read(document, "[].seats[]").rows == [["id", "seats.s"], ["1", "1"]]


def test_the_list_that_makes_most_rows_is_read():
    document = {"parties": [{"p": 1}], "results": [{"r": 1}, {"r": 2}]}
    assert read(document).rows == [["r"], ["1"], ["2"]]
    assert read(document, "parties").rows == [["p"], ["1"]]


def test_a_record_whose_list_is_empty_keeps_its_row():
    document = [{"bureau": "1", "candidats": [{"nom": "UN"}]}, {"bureau": "2", "candidats": []}]
    assert read(document).rows == [["bureau", "candidats.nom"], ["1", "UN"], ["2", ""]]


def test_a_list_of_plain_values_is_one_cell():
    assert read([{"a": ["x", 1, None]}]).rows == [["a"], ["x, 1, "]]


def test_fields_around_the_records_give_way_to_theirs_and_are_named():
    sheet = read({"name": "all", "records": [{"name": "UN"}]})
    assert sheet.rows == [["name"], ["UN"]]
    assert remarks(sheet) == ["left out around the records, which have fields of that name: name"]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\n\n", " "])
def test_json_lines_are_records(separator):
    data = separator.join(['{"a": 1}', '{"a": 2}', ""]).encode()
    assert read(data).rows == [["a"], ["1"], ["2"]]


def test_json_lines_with_lists_in_them_are_expanded():
    data = b'{"b": 1, "c": [{"n": "UN"}]}\n{"b": 2, "c": [{"n": "UN"}, {"n": "DEUX"}]}\n'
    assert read(data, "[].c[]").rows == [["b", "c.n"], ["1", "UN"], ["2", "UN"], ["2", "DEUX"]]


def test_a_single_object_is_one_record():
    assert read({"nom": "UN", "bureau": {"code": "1"}}).rows == [["nom", "bureau.code"], ["UN", "1"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_encoding_is_found(encoding):
    data = '[{"nom": "CÔTÉ"}]'.encode(encoding)
    assert is_json(data)
    assert read(data).rows == [["nom"], ["CÔTÉ"]]


@pytest.mark.parametrize(("data", "found"), [(b" \n[1]", True), (b"{", True), (b"a;{", False), (b"", False)])
def test_json_is_told_by_its_beginning(data, found):
    assert is_json(data) is found


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b'[{"a": 1},\n {"a" 2}]', 2, 7),  # a colon is expected before the 2
        (b'[{"a": 1},', 1, 11),
        (b'{"a": 1}\n{"a":', 2, 6),
        (b'[{"a": 1}]\n]', 2, 1),
    ],
)
def test_malformed_json_is_refused_with_its_place(data, line, column):
    with pytest.raises(SourceError, match=r"“a\.json” is JSON that is malformed") as refused:
        read(data)
    (problem,) = refused.value.problems
    assert problem.line == line
    assert f"column {column}:" in str(problem.message)


@pytest.mark.parametrize("data", [b'["\xff"]', b"[" * 100_000])
def test_what_cannot_be_decoded_is_refused(data):
    with pytest.raises(SourceError, match="malformed"):
        read(data)


def test_a_list_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(SourceError, match=r"no list of records “result\[\]”") as refused:
        read(NESTED, "result[]")
    assert "results[], results[].candidats[]" in str(refused.value.expected)
    assert "“results[]”" in str(refused.value.remedy)


@pytest.mark.parametrize("document", [[], {}, [1, 2], 7, {"a": []}, [[{"a": 1}]]])
def test_json_without_a_record_is_refused(document):
    with pytest.raises(SourceError, match="holds no record"):
        read(document)
