"""The options of a vote, and which units can be used: counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.flows.options import Option, Side
from primaire.tally import tally
from tests.elections import returns_of, unit

COUNTS = {"registered": 100, "voters": 70, "blank": 3, "null": 2}
"""With 65 valid votes: 100 - 70 stayed away."""


def side(*units):
    return Side.of(tally(returns_of(*units), "unit"))


def counted(*units):
    of = side(*units)
    return of.counted(np.arange(len(of.contest)))


def said(options):
    return [str(option.said) for option in options]


def test_the_options_of_a_unit_are_all_that_its_roll_did():
    found = counted(unit({"A": 20, "B": 45}, **COUNTS))
    assert said(found.options) == ["B", "A", "blank", "null", "abstention"]  # most votes first
    assert found.counts.tolist() == [[45, 20, 3, 2, 30]]
    assert found.counts.sum() == 100


def test_blank_and_null_are_one_option_where_one_unit_does_not_tell_them_apart():
    found = counted(
        unit({"A": 20, "B": 45}, unit="1", **COUNTS),
        unit({"A": 10, "B": 5}, unit="2", registered=20, voters=17, blank_null=2),
    )
    assert said(found.options) == ["B", "A", "blank and null", "abstention"]
    assert found.counts.tolist() == [[45, 20, 5, 30], [5, 10, 2, 3]]


def test_who_has_not_a_single_vote_is_no_option():
    found = counted(unit({"A": 20, "B": 45, "Nobody": 0}, **COUNTS))
    assert said(found.options) == ["B", "A", "blank", "null", "abstention"]


def test_who_is_not_stated_has_no_vote_only_where_the_others_are_all_there_is():
    of = side(
        unit({"A": 20, "B": 45}, unit="1", **COUNTS),
        unit({"A": 65}, unit="2", valid=65, **COUNTS),  # all valid votes: B has none
        unit({"A": 60}, unit="3", valid=65, **COUNTS),  # five votes are somebody's
    )
    assert of.known.tolist() == [True, True, False]
    assert of.votes[1].sum() == 65


@pytest.mark.parametrize(
    ("published", "known", "sound"),
    [
        ({"valid": 65}, True, True),
        ({"valid": 66}, True, False),  # votes add up to 65
        ({"registered": 69}, True, False),  # fewer than voters
        ({"registered": None}, False, False),
        ({"null": 3}, True, False),  # 70 - 3 - 3 is not 65
        ({"blank": -3, "null": 8}, True, False),
        ({"voters": None, "blank": None, "null": None}, False, False),
    ],
)
def test_a_unit_is_used_if_its_counts_are_known_and_add_up(published, known, sound):
    of = side(unit({"A": 20, "B": 45}, **{**COUNTS, "valid": 65, **published}))
    assert (of.known.tolist(), of.sound.tolist()) == ([known], [sound])


def test_a_unit_without_candidates_is_not_known():
    of = side(unit({"A": 20, "B": 45}, unit="1", **COUNTS), unit({"A": None, "B": None}, unit="2", valid=0, **COUNTS))
    assert of.known.tolist() == [True, False]


def test_a_name_is_never_translated_and_a_word_of_ours_is():
    assert Option("candidate", "blank").said.text == "{name}"
    assert Option("blank").said.text == "{option:term}"
    assert str(Option("blank").said) == "blank"
