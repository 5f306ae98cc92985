"""Outlook: outcomes counted over contests."""

from __future__ import annotations

import pytest

from primaire.analysis.outlook import outlook
from primaire.errors import NotHeldError
from primaire.rules.rule_file import parse_rule
from tests.elections import returns_of, unit

RULE = parse_rule(
    """
rules = 1
[[round]]
elected = { conditions = ["more than 1/2 of valid", "at least 1/4 of registered"] }
qualified = { condition = "at least 12.5 % of registered", if_one = 2, if_none = 2 }
[[round]]
elected = {}
""",
    "ours",
)


def place(name, *votes, round=1, registered=800):
    people = {f"{name} {number}": count for number, count in enumerate(votes, start=1)}
    return unit(people, contest=name, round=round, registered=registered, coverage="whole", unit=name)


def test_contests_are_counted_by_what_happened():
    # 800 registered: a quarter is 200, an eighth 100.
    table = outlook(
        returns_of(
            place("W", 300, 100),  # elected
            place("X", 150, 140, 120),  # three may stand, two do
            place(
                "Y", 190, 40, 30
            ),  # a majority (of 260) without a quarter: one reaches an eighth, the next goes along
            place("Z", 90, 80, 70),  # nobody reaches it
            place("X", 300, 310, round=2),
            place("Y", 100, 100, round=2),
            place("Z", 100, 101, round=2),
        ),
        rules=[RULE],
    )
    first = table.frame[table.frame["round"] == 1]
    told = [
        (fact, None if number is None else int(number), names)
        for fact, number, names in zip(
            first["fact"],
            first["number"].astype("object").where(first["number"].notna(), None),
            first["which"],
            strict=True,
        )
    ]
    assert told == [
        ("votes were cast", None, "W, X, Y, Z"),
        ("the round settles everything", None, "W"),
        ("another round is needed", None, "X, Y, Z"),
        ("a majority lacks another condition", None, "Y"),
        ("the threshold to go on is reached by", 0, "Z"),
        ("the threshold to go on is reached by", 1, "Y"),
        ("the threshold to go on is reached by", 3, "X"),
        ("through to the next round go", 2, "Y, Z"),
        ("through to the next round go", 3, "X"),
        ("in the next round stood", 2, "X, Y, Z"),
        ("somebody withdrew before the next round", None, "X"),
    ]
    second = table.frame[table.frame["round"] == 2]
    assert dict(zip(second["fact"], second["contests"], strict=True)) == {
        "votes were cast": 3,
        "the round settles everything": 3,
        "there is a tie": 1,
    }


def test_many_contests_are_counted_and_not_named():
    table = outlook(returns_of(*(place(f"{number}", 300, 100) for number in range(13))), rules=[RULE])
    assert table.frame["contests"].tolist() == [13, 13]
    assert table.frame["which"].isna().all()


def test_contests_that_cannot_be_judged_are_counted_too_and_it_is_said_why():
    table = outlook(returns_of(place("V", 300, 100), place("W", 3, 2, registered=None)), rules=[RULE])
    assert table.frame["fact"].tolist() == [
        "votes were cast",
        "nobody can be declared elected",
        "the round settles everything",
    ]
    why = "The rule asks for a share of the registered voters, and their number is not published."
    assert str(table.notes[0]) == f"Not judged, 1 contest: {why}"


def test_where_none_can_be_judged_that_is_the_answer():
    with pytest.raises(NotHeldError, match="Nobody can be declared elected here"):
        outlook(returns_of(place("W", 3, 2, registered=None)), rules=[RULE])
