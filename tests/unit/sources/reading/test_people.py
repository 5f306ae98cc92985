"""Candidates however their cells are written."""

from __future__ import annotations

import pytest

from primaire.sources.opening.content import Content
from primaire.sources.opening.raw import raw_of_text
from primaire.sources.reading.people import People, Person

RAW = raw_of_text(Content("a.csv", "a", 'Nuance;Nom;Prénom;Voix\nSOC;"Été";A;1\n'.encode()))
NAMED = (("name", (2, 1)), ("label", (0,)))


def people(names=None) -> People:
    return People(RAW, names or {})


def test_a_candidate_is_first_name_then_surname():
    found = people()
    assert found.places(NAMED, [b"SOC;LE PEN;Marine"]).tolist() == [0]
    assert found.all == [Person("Marine LE PEN", "SOC")]


def test_everybody_has_one_place_and_nobody_none():
    found = people()
    words = [b"SOC;A;X", b"COM;B;Y", b"SOC;A;X", b";;", b'"SOC";A; X ', b"SOC;A"]
    assert found.places(NAMED, words).tolist() == [0, 1, 0, -1, 0, 2]
    # A label alone stands in for a name; the last word lacks a cell.
    assert found.all == [Person("X A", "SOC"), Person("Y B", "COM"), Person("A", "SOC")]


@pytest.mark.parametrize(
    ("word", "name"),
    [(b"SOC;;", "SOC"), (b";A;", "A"), (b'DVD;"LE ""ROI""";Y', 'Y LE "ROI"'), (b"X;  DE   LA  ;  Y ", "Y DE LA")],
)
def test_what_a_candidate_is_called_where_cells_are_empty(word, name):
    found = people()
    found.places(NAMED, [word])
    assert [person.name for person in found.all] == [name]


NUMBERED = (("number", (0,)), ("list", (1,)))


@pytest.mark.parametrize(
    ("word", "person"),
    [
        (b"3;Ensemble", Person("Ensemble", "", "Ensemble", "3")),
        (b"3;", Person("3", "", "", "3")),
        (b"7;", Person("Zoé A", "", "", "7")),
    ],
)
def test_a_number_is_called_by_the_mapping_else_by_its_list_else_by_itself(word, person):
    found = people({"7": "Zoé A"})
    assert found.places(NUMBERED, [word]).tolist() == [0]
    assert found.all == [person]


def test_a_number_of_zeros_is_nobody():
    assert people().places(NUMBERED, [b"0;", b"00;"]).tolist() == [-1, -1]


def test_the_same_cells_in_another_place_are_other_fields():
    found = people()
    found.places(NAMED, [b"A;B;C"])
    found.places((("name", (0,)), ("label", (1,))), [b"A;B;C"])
    assert found.all == [Person("C B", "A"), Person("A", "B")]


def test_namesakes_with_another_label_are_two():
    found = people()
    assert found.places(NAMED, [b"SOC;A;X", b"COM;A;X"]).tolist() == [0, 1]
