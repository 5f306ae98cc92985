"""Options put together: small ones by the rule, others by name; and names that mean nothing."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.errors import NameUnknownError
from primaire.flows.merging import Grouped, merging
from primaire.flows.options import Counted, Option
from tests.elections import returns_of, unit

PEOPLE = {"Jean LE PEN": 5, "Marine LE PEN": 50, "Jean-Luc MÉLENCHON": 40, "Benoît HAMON": 4, "Small": 1}
COUNTED = Counted(
    (*(Option("candidate", name) for name in PEOPLE), Option("blank"), Option("abstention")),
    np.array([[*PEOPLE.values(), 0, 100]]),
)
"""200 registered: 5, 4 and 1 are 2.5 %, 2 % and 0.5 % of them."""


def vote():
    stood = {name: {"votes": cast, "label": name[:3].upper()} for name, cast in PEOPLE.items()}
    return returns_of(unit(stood, registered=200, voters=100, valid=100))


def put(**asked):
    found = merging(vote(), vote(), **asked)[0].of(COUNTED)
    return dict(zip((str(option.said) for option in found.options), found.counts[0].tolist(), strict=True))


def test_nothing_is_put_together_unless_it_is_asked_for():
    assert put() == {**PEOPLE, "blank": 0, "abstention": 100}


def test_candidates_below_the_percentage_of_the_registered_are_others():
    # 2.1 % of 200 are 4.2 votes: Hamon and Small. Blank votes, of which there are none, stay.
    assert list(put(below=2.1).items()) == [
        ("Jean LE PEN", 5), ("Marine LE PEN", 50), ("Jean-Luc MÉLENCHON", 40), ("others", 5), ("blank", 0), ("abstention", 100),
    ]  # fmt: skip


def test_exactly_the_percentage_is_not_below_it():
    assert "others" not in put(below=2)  # Small alone is below, and one alone stays


def test_who_is_kept_stays():
    assert put(below=3, keep=["hamon"]) == {
        "Marine LE PEN": 50, "Jean-Luc MÉLENCHON": 40, "Benoît HAMON": 4, "others": 6, "blank": 0, "abstention": 100,
    }  # fmt: skip


def test_groups_are_named_by_part_of_a_name_by_label_and_by_kind():
    found = put(groups={"melenchon": "left", "BEN": "left", "small": "nobody", "abstention": "nobody"})
    # 40 + 4, and 1 + 100; groups stand among the candidates, most votes first.
    assert list(found.items()) == [
        ("nobody", 101), ("Marine LE PEN", 50), ("left", 44), ("Jean LE PEN", 5), ("blank", 0),
    ]  # fmt: skip


def test_a_group_is_never_put_together_with_others():
    assert put(below=10, groups={"small": "tiny"}) == {
        "Marine LE PEN": 50, "Jean-Luc MÉLENCHON": 40, "tiny": 1, "others": 9, "blank": 0, "abstention": 100,
    }  # fmt: skip


def test_a_group_may_be_of_one_side():
    one, other = merging(vote(), vote(), groups=[Grouped("small", "tiny", "after")])
    assert "tiny" not in [option.name for option in one.of(COUNTED).options]
    assert "tiny" in [option.name for option in other.of(COUNTED).options]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"keep": ["Hammon"]}, "No option is called “Hammon” in either vote. Did you mean “HAMON”?"),
        ({"groups": {"xyz": "left"}}, "means no option"),
        ({"groups": {"le pen": "right"}}, "could mean each of: Jean LE PEN, Marine LE PEN"),
        ({"groups": [Grouped("hamon", "left"), Grouped("Benoît HAMON", "centre")]}, "in the group “left” already"),
        ({"groups": [Grouped("hamon", "left", "later")]}, "is for the side “later”"),
    ],
)
def test_names_that_mean_nothing_or_too_much_are_told(asked, said):
    with pytest.raises(NameUnknownError) as found:
        merging(vote(), vote(), **asked)
    assert said in str(found.value)


def test_every_wrong_line_of_a_file_is_told_with_its_place():
    lines = [Grouped("xyz", "left", None, "groups.csv", 2), Grouped("hamon", "left", None, "groups.csv", 3)]
    with pytest.raises(NameUnknownError) as found:
        merging(vote(), vote(), groups=[*lines, Grouped("le pen", "right", None, "groups.csv", 4)])
    assert [(problem.line, problem.value) for problem in found.value.problems] == [(2, "xyz"), (4, "le pen")]
