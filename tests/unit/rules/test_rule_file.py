"""Rules as files: every key means what the format says, and what is wrong is refused, all of it, with its line."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.errors import NameUnknownError, PrimaireError, SourceError
from primaire.rules.parts import Condition, Rounding
from primaire.rules.rule import Elected, Expenses, MayMerge, Qualified, Round, Rule, Scope, Seats, Stage
from primaire.rules.rule_file import parse_rule

HALF = Condition(strictly=True, part=Fraction(1, 2), base="valid")
QUARTER = Condition(strictly=False, part=Fraction(1, 4), base="registered")
TENTH = Condition(strictly=False, part=Fraction(1, 10), base="valid")
TWENTIETH = Condition(strictly=False, part=Fraction(1, 20), base="valid")

WHOLE = """
rules = 1
title = "Council"
law = "Code"
note = "Read this."
kind = "Municipales"
first = 2014-01-01
last = 2025-12-31
contest = "commune"
votes_for = "lists"
only = { commune_code = ["75056"], region_code = ["11"] }
without = { departement_code = ["987", "988"] }
seats_from = 15
seats_to = 69

[[round]]
elected = { conditions = ["more than 1/2 of valid"], first = 1, tie = ["lot"], article = "L. 1" }
qualified = { condition = "at least 10 % of valid", if_one = 2, if_none = 3, tie = ["the elder"], article = "L. 2" }
may_merge = { condition = "at least 5 % of valid", article = "L. 3" }

[[round]]

[[seats.stage]]
seats = "1/2"
rounding = ["down below 4 seats", "up"]
to = "first"
tie = ["higher average age"]
article = "L. 4"

[[seats.stage]]
seats = 2
to = "all"
method = "dhondt"
count_earlier = true

[[seats.stage]]
seats = "rest"
method = "dhondt"
threshold = "at least 5 % of valid"
tie = ["most votes", "the elder"]
article = "L. 5"

[expenses]
condition = "at least 5 % of valid"
round = 2
lower_rate = true
article = "L. 6"
note = "Not everywhere."
"""

TWO_ROUNDS = """
rules = 1
[[round]]
elected = {{ conditions = ["more than 1/2 of valid"] }}
{first}
[[round]]
{last}
{more}
"""
LISTS = """
rules = 1
{top}
[[round]]
[seats]
{number}
[[seats.stage]]
{stage}
"""


def refused(text):
    with pytest.raises(PrimaireError) as caught:
        parse_rule(text, "my.toml")
    return caught.value


def said(text):
    return [str(problem.message) for problem in refused(text).problems]


def two_rounds(first="qualified = { first = 2 }", last="elected = {}", more=""):
    return TWO_ROUNDS.format(first=first, last=last, more=more)


def lists(stage='method = "dhondt"', number="", top=""):
    return LISTS.format(stage=stage, number=number, top=top)


def test_every_key():
    assert parse_rule(WHOLE, "mine") == Rule(
        name="mine",
        title="Council",
        law="Code",
        note="Read this.",
        votes_for="lists",
        rounds=(
            Round(
                Elected((HALF,), 1, ("lot",), "L. 1"),
                Qualified(TENTH, if_one=2, if_none=3, tie=("the elder",), article="L. 2"),
                MayMerge(TWENTIETH, "L. 3"),
            ),
            Round(),
        ),
        seats=Seats(
            (
                Stage(
                    Fraction(1, 2),
                    (Rounding("down", 4), Rounding("up")),
                    "first",
                    tie=("higher average age",),
                    article="L. 4",
                ),
                Stage(2, method="dhondt", count_earlier=True),
                Stage(method="dhondt", threshold=TWENTIETH, tie=("most votes", "the elder"), article="L. 5"),
            )
        ),
        expenses=Expenses(TWENTIETH, 2, lower_rate=True, article="L. 6", note="Not everywhere."),
        scope=Scope(
            "Municipales",
            date(2014, 1, 1),
            date(2025, 12, 31),
            "commune",
            {"region_code": ("11",), "commune_code": ("75056",)},
            {"departement_code": ("987", "988")},
            15,
            69,
        ),
    )


def test_people_and_one_seat_unless_it_is_said():
    rule = parse_rule(two_rounds(), "club")
    assert rule == Rule(
        "club", "club", (Round(Elected((HALF,)), Qualified(first=2)), Round(Elected())), votes_for="people"
    )


def test_seats_make_lists():
    rule = parse_rule(lists(number="number = 12"), "club")
    assert (rule.votes_for, rule.seats) == ("lists", Seats((Stage(method="dhondt"),), 12))


def test_seats_by_section_are_said_to_be_so():
    for number, by_section in (("by_section = true", True), ("", False)):
        seats = parse_rule(lists(number=number), "islands").seats
        assert seats is not None
        assert seats.by_section is by_section


def test_names_as_many_as_there_are_seats_and_everyone_again():
    rule = parse_rule(
        """
rules = 1
votes_for = "names"
[[round]]
elected = { conditions = ["more than 1/2 of valid", "at least 1/4 of registered"], first = "seats" }
qualified = { everyone = true }
[[round]]
elected = { first = "seats" }
""",
        "small",
    )
    assert rule.rounds == (
        Round(Elected((HALF, QUARTER), "seats"), Qualified(everyone=True)),
        Round(Elected((), "seats")),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules = 1", "is missing; a rule has one round at least: [[round]]"),
        ("rules = 1\n[[round]]", "is missing: the last round must say who is elected"),
        (
            "rules = 1\n[[round]]\nelected = {}\nqualified = { first = 2 }",
            "there is no round after this one to go on to",
        ),
        (two_rounds(first=""), "is missing: another round follows, and nothing says who goes on to it"),
        (
            "rules = 1\n[[round]]\nelected = {}\nqualified = { first = 2 }\n[[round]]\nelected = {}",
            "nobody would ever go on: without conditions, this round settles everything",
        ),
        (
            two_rounds(first="qualified = {}"),
            "give one of: a condition, how many of the first go on, or everyone = true",
        ),
        (
            two_rounds(first='qualified = { condition = "at least 5 % of valid", first = 2 }'),
            "give one of: a condition, how many of the first go on, or everyone = true",
        ),
        (
            two_rounds(first="qualified = { first = 2, everyone = true }"),
            "give one of: a condition, how many of the first go on, or everyone = true",
        ),
        (
            two_rounds(first="qualified = { first = 2, if_one = 2 }"),
            "“if_one” and “if_none” are of a condition, and there is none",
        ),
        (
            two_rounds(
                first='qualified = { condition = "at least 5 % of valid" }\n'
                'may_merge = { condition = "at least 10 % of valid" }'
            ),
            "who meets this goes on anyway: it asks for no less than “qualified”",
        ),
        (two_rounds(more="[expenses]\ncondition = 'at least 5 % of valid'\nround = 3"), "there are 2 rounds only"),
        (
            'rules = 1\nvotes_for = "lists"\n[[round]]\nelected = {}',
            "is missing: lists share seats, and nothing says how",
        ),
        (lists(top='votes_for = "people"'), "seats are shared out among lists: write lists, or leave [seats] out"),
        (
            "rules = 1\n[[round]]\n[seats]\nnumber = 5",
            "is missing; seats are given out in one stage at least: [[seats.stage]]",
        ),
        (lists(stage="seats = 3\nmethod = 'dhondt'"), "the last stage gives out what is left: write “rest”"),
        (
            lists(
                stage="seats = '2/3'\nrounding = ['up']\nto = 'first'\n[[seats.stage]]\nseats = '2/3'\nrounding = ['up']\n"
                "method = 'dhondt'"
            ),
            "the stages give out more than all seats",
        ),
        (
            lists(number="number = 5", stage="seats = 6\nto = 'first'\n[[seats.stage]]\nmethod = 'dhondt'"),
            "the stages give out more than these 5 seats",
        ),
        (
            lists(stage="seats = 1\nto = 'first'\nmethod = 'dhondt'\n[[seats.stage]]\nmethod = 'dhondt'"),
            "all seats of this stage go to the first list: a method or earlier seats have no effect",
        ),
        (lists(stage="to = 'all'"), "is missing: nothing says how the seats are shared out"),
        (
            lists(stage="method = 'dhondt'\n[[seats.stage]]\nmethod = 'dhondt'"),
            "this stage leaves nothing for the next one",
        ),
        (
            lists(stage="seats = '1/2'\nto = 'first'\n[[seats.stage]]\nmethod = 'dhondt'"),
            "is missing: half a seat must become a whole one, up, down or nearest",
        ),
        (
            lists(stage="seats = 3\nrounding = ['up']\nto = 'first'\n[[seats.stage]]\nmethod = 'dhondt'"),
            "a whole number of seats is not rounded",
        ),
        (lists(top="first = 2020-01-02\nlast = 2020-01-01"), "comes before the first day"),
        (lists(top="seats_from = 4\nseats_to = 3"), "is fewer than “seats_from”"),
        (
            lists(top="seats_to = 3", number="number = 3"),
            "the number of seats is given, and “seats_from” or “seats_to” besides",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(text, message):
    assert isinstance(refused(text), SourceError)
    assert message in said(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (two_rounds(first="qualified = { condition = 'a tenth' }"), "is no condition; write “at least” or “more than”"),
        (two_rounds(last="elected = { conditions = ['5 %'] }"), "is no condition; write “at least” or “more than”"),
        (two_rounds(more="[expenses]"), "is missing: it says how many votes are needed"),
        (lists(stage="seats = 'half'\nmethod = 'dhondt'"), "write a part (“1/2”, “25 %”), a number, or “rest”"),
        (lists(stage="seats = '1/2'\nrounding = ['upwards']\nto = 'first'"), "is no rounding; write one of: up, down"),
        (lists(top="first = '2026-03-15'"), "write a day, as 2026-03-15, without quotation marks"),
        (lists(top="seats_from = 0"), "write a whole number, 1 or more"),
        (two_rounds(first="qualified = { first = 1 }"), "write a whole number, 2 or more"),
    ],
)
def test_what_is_not_understood_is_refused(text, message):
    assert any(one.startswith(message) for one in said(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (two_rounds(more="[expense]"), "unknown key; did you mean “expenses”?"),
        (two_rounds(last="elected = { artcle = 'L. 1' }"), "unknown key; did you mean “article”?"),
        (two_rounds(last="elected = { tie = ['the older'] }"), "is not known here; did you mean “the elder”?"),
        (lists(stage="method = 'dhont'"), "is not known here; did you mean “dhondt”?"),
        (lists(top="contest = 'county'"), "is not one of: nation, region, departement, constituency, canton"),
        (lists(top="only = { comune_code = ['1'] }"), "unknown key; did you mean “commune_code”?"),
    ],
)
def test_words_that_do_not_exist_are_answered_with_the_nearest(text, message):
    assert isinstance(refused(text), NameUnknownError)
    assert any(one.startswith(message) for one in said(text))


def test_all_problems_are_listed_with_their_lines():
    error = refused('rules = 1\ntitel = "X"\n[[round]]\nelected = { frist = 2 }\n[[round]]\nelected = { first = 0 }')
    assert [(problem.line, problem.column) for problem in error.problems] == [
        (2, "titel"),
        (4, "round.elected.frist"),
        (6, "round.elected.first"),
    ]


def test_the_version_comes_first():
    assert "the version of the format is missing; begin the file with: rules = 1" in said('title = "X"')
    later = refused("rules = 2\nsomething_new = true")
    assert isinstance(later, SourceError)
    assert "version 2" in str(later)
    assert refused("rules = '1'").problems


def test_what_is_no_toml_is_refused_with_its_line():
    error = refused("rules = 1\n[[round]\n")
    assert [problem.line for problem in error.problems] == [2]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    with suppress(SourceError, NameUnknownError):
        parse_rule("rules = 1\n" + text, "any.toml")


def test_more_seats_than_there_can_be_are_a_slip():
    text = 'rules = 1\n[[round]]\n[seats]\nnumber = 99999999999999999999\n[[seats.stage]]\nseats = "rest"\nmethod = "hare"\n'
    with pytest.raises(SourceError, match="at most 100,000 seats") as refused:
        parse_rule(text, "council")
    assert "council:4:" in str(refused.value)
