"""Which units of two votes are set against each other, and which are left out."""

from __future__ import annotations

import pytest

from primaire.assembly import combine
from primaire.errors import NotHeldError
from primaire.flows.contests import flows, places
from primaire.flows.merging import merging
from primaire.flows.units import units_of
from primaire.sources import load
from tests.elections import returns_of, unit
from tests.unit.flows.rounds import FIRST, SECOND, STAYED, rounds, station


def of(before, after=None, **asked):
    units = units_of(before, after)
    return list(flows(units, merging(units.votes.left, units.votes.right, **asked)))


def options(side):
    return [str(option.said) for option in side.options]


def test_both_sides_of_every_unit_have_the_same_total():
    (flow,) = of(*rounds())
    assert options(flow.before) == ["A", "B", "C", "blank", "null", "abstention", "newly on the roll (net)"]
    assert options(flow.after) == ["A", "B", "blank", "null", "abstention", "no longer on the roll (net)"]
    # Rolls of 125, 135, 165 become 120, 140, 160: five fewer, five more, five fewer.
    assert flow.before.counts[:, -1].tolist() == [0, 5, 0]
    assert flow.after.counts[:, -1].tolist() == [5, 0, 5]
    assert flow.before.counts.sum(axis=1).tolist() == flow.after.counts.sum(axis=1).tolist() == [125, 140, 165]
    assert flow.registered == (425, 420)


def test_those_who_stand_again_come_in_the_order_of_the_later_vote():
    # Before, A has 125 votes, B 120 and C 75; after, C has 195 and B 135.
    (flow,) = of(*rounds(second=({"C": 65, "B": 35}, {"C": 60, "B": 50}, {"C": 70, "B": 50})))
    assert options(flow.after)[:2] == ["C", "B"]
    assert options(flow.before)[:3] == ["C", "B", "A"]


def test_rounds_of_one_data_set_are_the_same_as_two_sources():
    one, other = rounds()
    together = returns_of(
        *(station(at, votes, (20, 30, 40)[at]) for at, votes in enumerate(FIRST)),
        *(station(at, votes, (15, 25, 35)[at], round=2) for at, votes in enumerate(SECOND)),
    )
    (flow,), (same,) = of(one, other), of(together)
    assert flow.before.counts.tolist() == same.before.counts.tolist()
    assert flow.after.counts.tolist() == same.after.counts.tolist()


def test_a_unit_of_one_vote_alone_is_counted_and_named():
    one, other = rounds(first=(*FIRST, {"A": 1, "B": 1, "C": 1}))
    units = units_of(one, other)
    assert len(units.used) == 3
    (note,) = [str(note) for note in units.notes]
    assert note == "Without a counterpart: Vote, round 1, Town 3."


def test_a_contest_that_the_first_vote_settled_is_named():
    one, other = rounds()
    settled = [station(9, FIRST[0], 30, contest="Village", commune="Village", commune_code="78002", unit="Village 1")]
    units = units_of(combine([one, returns_of(*settled)]), other)
    assert [str(note) for note in units.notes] == [
        "1 contest of the first vote was not held in the second: Village.",
        "Without a counterpart: Vote, round 1, Village 1.",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"registered": None, "voters": None}, "is left out, since one of its counts is not known"),
        ({"valid": 99}, "is left out, since its counts contradict each other"),
        # 30 and 125 registered: the rest are others.
        ({"registered": 300}, "since its roll changed by more than half"),
    ],
)
def test_a_unit_that_cannot_be_used_is_left_out_and_named(changed, said):
    _, other = rounds((*FIRST, *FIRST, *FIRST), (*SECOND, *SECOND, *SECOND))
    spoilt = returns_of(
        *(station(at, votes, (20, 30, 40)[at % 3]) for at, votes in enumerate((*FIRST, *FIRST))),
        *(station(at + 6, votes, (20, 30, 40)[at], **(changed if at == 0 else {})) for at, votes in enumerate(FIRST)),
    )
    units = units_of(spoilt, other)
    assert len(units.used) == 8
    (note,) = [str(note) for note in units.notes]
    assert said in note
    assert note.startswith("1 unit ")
    assert "Town 6" in note


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        # Two units that do not tell who had 90 of 100 votes; where no roll is published, there are not 0 registered.
        ((None, None), "registered voters not published"),
        ((125, None), "125 registered as far as published"),
    ],
)
def test_rolls_that_are_not_published_are_not_taken_for_nobody(registered, said):
    _, other = rounds((*FIRST, *FIRST), (*SECOND, *SECOND))
    untold = {"voters": 105, "valid": 100}
    spoilt = returns_of(
        *(station(at, {"A": None, "B": None, "C": 10}, 0, registered=registered[at], **untold) for at in range(2)),
        *(station(at, FIRST[at % 3], STAYED[at % 3]) for at in range(2, 6)),
    )
    (note,) = [str(note) for note in units_of(spoilt, other).notes]
    assert note == f"2 units are left out, since counts of theirs are not known ({said}): Town 0, Town 1."


def test_a_source_by_commune_is_set_against_one_by_station():
    _, other = rounds()
    town = returns_of(
        # 125 + 120 + 75 valid, 425 registered, as the three stations together.
        unit(
            {"A": 125, "B": 120, "C": 75},
            contest="Town",
            level="commune",
            departement_code="78",
            commune="Town",
            commune_code="78001",
            unit="Town",
            registered=425,
            voters=335,
            blank=9,
            null=6,
        )
    )
    units = units_of(town, other)
    assert len(units.used) == 1
    assert "added up by commune first" in str(units.notes[0])


def test_contests_are_estimated_one_by_one():
    one, other = (
        returns_of(
            *(
                station(
                    at, votes, 30, contest=contest, commune=contest, commune_code=code, unit=f"{contest} {at}", round=n
                )
                for contest, code in (("Here", "78001"), ("There", "78002"))
                for at, votes in enumerate(of_round)
            )
        )
        for n, of_round in ((1, FIRST), (2, SECOND))
    )
    here, there = of(one, other)
    assert [flow.captions[1].contest for flow in (here, there)] == ["Here", "There"]
    assert here.before.counts.tolist() == there.before.counts.tolist()


def test_places_of_one_contest_may_be_estimated_one_by_one():
    one, other = (
        returns_of(
            *(
                station(at, votes, 30, contest="Land", commune=town, commune_code=code, unit=f"{town} {at}", round=n)
                for town, code in (("Here", "78001"), ("There", "78002"))
                for at, votes in enumerate(of_round)
            )
        )
        for n, of_round in ((1, FIRST), (2, SECOND))
    )
    assert len(of(one, other)) == 1
    units = units_of(one, other)
    both = merging(units.votes.left, units.votes.right)
    here, there = flows(units, both, places(units, "commune"))
    assert (here.place, there.place) == ("Here", "There")
    assert len(here) == len(there) == 3


def strangers():
    return returns_of(
        *(
            station(at, votes, 20, commune="Far", commune_code="99001", unit=f"Far {at}")
            for at, votes in enumerate(SECOND)
        )
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (rounds()[0], strangers(), "The two votes have no unit in common."),
        (rounds()[0], None, "There is one round only"),
        (load("conflans"), None, "No unit has all the counts"),
        (*rounds(registered=None, voters=None, blank=None, null=None), "Not published: before: registered voters"),
        (*rounds(valid=7), "contradict each other"),
    ],
)
def test_what_cannot_be_set_against_each_other_is_refused(before, after, said):
    with pytest.raises(NotHeldError, match=said):
        units_of(before, after)


def test_rolls_that_differ_too_much_are_those_of_other_people():
    one, _ = rounds()
    other = returns_of(*(station(at, votes, 120, round=2) for at, votes in enumerate(SECOND)))
    # 100, 110 and 120 valid, 5 blank and null and 120 who stayed away: 425 registered before, 705 after, 280 of 705 more.
    with pytest.raises(
        NotHeldError, match=r"425 registered before, 705 after, and 280 more or fewer unit by unit \(39.7%\)"
    ):
        units_of(one, other)
