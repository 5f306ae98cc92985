"""Conditions, roundings and shares: what the phrases say, and how many votes they ask for, counted by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.rules.parts import (
    BASES,
    Condition,
    Rounding,
    parse_condition,
    parse_part,
    parse_rounding,
    rounded,
    written,
)


def condition(phrase):
    found = parse_condition(phrase)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("phrase", "total", "needed"),
    [
        # An eighth: of 8,000 it is 1,000; of 8,001 it is 1,000.125, which 1,000 votes are not.
        ("at least 12.5 % of registered", 8000, 1000),
        ("at least 12.5 % of registered", 8001, 1001),
        ("at least 12.5 % of registered", 8007, 1001),
        # Aube-1, 2017, and Bondy, 2015 (38,080 / 8 = 4,760 exactly: 4,759 votes were one short).
        ("at least 12.5 % of registered", 64357, 8045),
        ("at least 12.5 % of registered", 38080, 4760),
        # Argentan-1, 2021: 2,293 of the 2,300 that were needed. A quarter of 13,295 is 3,323.75.
        ("at least 1/4 of registered", 9200, 2300),
        ("at least 1/4 of registered", 13295, 3324),
        # Dannemarie, 2014: 468 each, of 936. Causses-Rougiers, 2015: 3,047 of 6,093 is more than half.
        ("more than 1/2 of valid", 936, 469),
        ("more than 1/2 of valid", 6093, 3047),
        ("more than 1/2 of valid", 6646, 3324),
        # A twentieth: of 100 it is 5; of 101 it is 5.05.
        ("at least 5 % of valid", 100, 5),
        ("at least 5 % of valid", 101, 6),
        ("more than 5 % of valid", 100, 6),
        ("more than 5 % of valid", 101, 6),
        ("at least 7 % of valid", 100, 7),
        ("at least 7 % of valid", 101, 8),
        ("at least 10 % of voters", 1999, 200),
        # No number of votes is a share of nothing: one is asked for.
        ("at least 5 % of valid", 0, 1),
        ("more than 1/2 of valid", 0, 1),
    ],
)
def test_votes_needed(phrase, total, needed):
    assert condition(phrase).needed(total) == needed


@given(st.booleans(), st.fractions(0, 1).filter(bool), st.integers(0, 10**6))
def test_the_votes_needed_meet_the_condition_and_one_less_does_not(strictly, part, total):
    needed = Condition(strictly, part, "valid").needed(total)

    def meets(votes):
        """Asked of whole numbers, as the law does."""
        ours, theirs = votes * part.denominator, part.numerator * total
        return ours > theirs if strictly else ours >= theirs

    assert needed >= 1
    assert meets(needed)
    assert needed == 1 or not meets(needed - 1)


def test_a_condition_is_read_with_any_spaces_and_either_decimal_mark():
    assert condition("at  least 12,5% of registered") == condition("at least 12.5 % of registered")
    assert condition("more than 50 % of valid") == condition("more than 1/2 of valid")
    assert [condition(f"at least 5 % of {base}").base for base in BASES] == ["valid", "voters", "registered"]


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "5 %",
        "at least 5 of valid",
        "at least 5 % of inscrits",
        "at most 5 % of valid",
        "at least 0 % of valid",
        "at least 101 % of valid",
        "at least 1/0 of valid",
        "at least half of valid",
        "at least -5 % of valid",
        "at least 5 % of valid votes",
        "more than 1/2 of valid and more",
    ],
)
def test_anything_else_is_no_condition(phrase):
    assert parse_condition(phrase) is None


@pytest.mark.parametrize(
    "phrase",
    ["at least 12.5 % of registered", "more than 1/2 of valid", "at least 1/3 of voters", "more than 5 % of valid"],
)
def test_a_condition_is_written_as_it_is_read(phrase):
    assert str(condition(phrase)) == phrase


def test_parts():
    assert [parse_part(word) for word in ("1/2", "25 %", "12,5%", "1/3")] == [
        Fraction(1, 2),
        Fraction(1, 4),
        Fraction(1, 8),
        Fraction(1, 3),
    ]
    assert [parse_part(word) for word in ("rest", "2", "3/2", "0/4", "1.5/2", "%")] == [None] * 6
    assert [written(Fraction(part)) for part in ("1/8", "1/20", "2/3", "3/7", "1/2", "1/1")] == [
        "12.5 %",
        "5 %",
        "2/3",
        "3/7",
        "1/2",
        "1",
    ]


MUNICIPAL = (Rounding("down", below=4), Rounding("up"))


@pytest.mark.parametrize(
    ("part", "seats", "roundings", "whole"),
    [
        # L. 262: half, rounded down below four seats, and up above.
        *(
            ("1/2", seats, MUNICIPAL, bonus)
            for seats, bonus in [(1, 0), (2, 1), (3, 1), (4, 2), (5, 3), (15, 8), (29, 15)]
        ),
        # L. 272-4-1: a quarter, rounded up. 40.75, 18.25, 27.75 seats.
        *(("1/4", seats, (Rounding("up"),), bonus) for seats, bonus in [(163, 41), (73, 19), (111, 28), (4, 1)]),
        ("1/2", 5, (Rounding("nearest"),), 3),
        ("1/4", 5, (Rounding("nearest"),), 1),
        ("1/3", 23, (Rounding("up"),), 8),
        ("1/3", 19, (Rounding("down"),), 6),
        ("1/2", 8, (), 4),
    ],
)
def test_a_part_of_the_seats_becomes_a_whole_number(part, seats, roundings, whole):
    assert rounded(Fraction(part), seats, roundings) == whole


def test_a_part_that_no_rounding_holds_for_is_an_error():
    with pytest.raises(ValueError, match="5/2 of 5 seats"):
        rounded(Fraction(1, 2), 5, (Rounding("down", below=4),))


def test_roundings_are_read_and_written():
    assert parse_rounding("down  below 4 seats") == Rounding("down", 4)
    assert [str(parse_rounding(phrase)) for phrase in ("up", "down below 4 seats")] == ["up", "down below 4 seats"]
    assert [parse_rounding(phrase) for phrase in ("", "upwards", "down below four seats", "below 4 seats")] == [
        None
    ] * 4
