"""Columns are found by what a mapping calls them, and never two by one name."""

from __future__ import annotations

import pytest

from primaire.sources.meaning.references import ColumnError, expand, resolve

HEADERS = ["Code", " Inscrits ", "Exprimés", "% Exprimés", "Voix", "Voix", "Élu ?", ""]


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        (1, 0),
        (8, 7),
        ("Code", 0),
        ("Inscrits", 1),
        ("inscrits", 1),
        ("EXPRIMES", 2),
        ("% exprimes", 3),
        ("Élu ?", 6),
        ("elu", 6),  # punctuation makes no difference
        ("Code?", 0),
        ("code?", 0),
        ("county?", None),
    ],
)
def test_a_column_is_found(reference, place):
    assert resolve(reference, HEADERS) == place


def test_as_it_is_written_comes_first():
    assert resolve("voix", ["Voix", "voix"]) == 1


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        (9, "there is no column 9; the table has 8"),
        ("Inscrit", "did you mean “ Inscrits ”?"),
        ("zzz", "the table has no such column"),
        ("Voix", "name one by its number: 5, 6"),
        ("voix", "name one by its number: 5, 6"),
        ("Voix?", "name one by its number: 5, 6"),
    ],
)
def test_what_is_no_column_is_refused(reference, reason):
    with pytest.raises(ColumnError) as caught:
        resolve(reference, HEADERS)
    assert reason in str(caught.value.reason)


def test_of_repeated_headers_the_first_block_is_meant():
    assert resolve("Voix", HEADERS, repeated=True) == 4


@pytest.mark.parametrize(
    ("reference", "headers", "blocks"),
    [
        ("Nom candidat {n}", ["Nom candidat 1", "Voix 1", "Nom candidat 2", "Nom candidat 10"], {1: 0, 2: 2, 10: 3}),
        ("{n} voix", ["1 nuance", "1 voix", "2 nuance", "2 voix"], {1: 1, 2: 3}),
        ("Voix_{n}", ["Voix_0", "Voix_1"], {0: 0, 1: 1}),
        ("voix {n}", ["Voix 1", "% Voix 1"], {1: 0}),
        ("% Voix {n}", ["Voix 1", "% Voix 1"], {1: 1}),
        ("cand{n}_votes", ["cand1_votes", "cand02_votes", "cand_votes"], {1: 0, 2: 1}),
        ("Sigle {n}?", ["Voix 1"], {}),
    ],
)
def test_blocks_are_found_by_their_number(reference, headers, blocks):
    assert expand(reference, headers) == blocks


def test_blocks_that_are_not_there_or_there_twice():
    with pytest.raises(ColumnError) as caught:
        expand("Nom {n}", ["Name 1"])
    assert "Name 1" in str(caught.value.reason)
    with pytest.raises(ColumnError) as caught:
        expand("Nom {n}", ["Code", "Nom 1", "NOM 01"])
    assert "columns 2 and 3 are both of block" in str(caught.value.reason)


@pytest.mark.parametrize(
    ("reference", "headers", "place"),
    [
        ("precinct|ward?", ["county", "Ward"], 1),
        ("precinct|ward", ["ward", "precinct"], 1),  # the first that is named, not the first that stands
        ("precinct|ward?", ["county"], None),
        ("a|b", ["a|b", "a"], 0),  # as it is written comes first
    ],
)
def test_of_several_headers_the_first_that_is_there(reference, headers, place):
    assert resolve(reference, headers) == place


def test_none_of_several_headers_is_there():
    with pytest.raises(ColumnError, match="no such column"):
        resolve("precinct|ward", ["county"])
