"""What in a rule contradicts itself, or can have no effect: found before any vote is looked at."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from primaire.apportionment import METHODS
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.rules.rule import Round, Rule, Stage

Contradiction = tuple[tuple[str | int, ...], Message]
"""The path of the key that it is about, and what is wrong."""


def contradictions(rule: Rule) -> Iterator[Contradiction]:
    """Yield everything in a rule that contradicts something else in it."""
    if not rule.rounds:
        yield ("round",), msg("is missing; a rule has one round at least: [[round]]")
    for place, round_ in enumerate(rule.rounds):
        yield from _of_round(rule, place, round_)
    yield from _of_seats(rule)
    yield from _of_scope(rule)
    if rule.expenses and rule.expenses.round > max(len(rule.rounds), 1):
        yield ("expenses", "round"), msg("there are {n} rounds only", n=len(rule.rounds))


def _of_round(rule: Rule, place: int, round_: Round) -> Iterator[Contradiction]:
    path = ("round", place)
    last = place == len(rule.rounds) - 1
    if last and (round_.qualified or round_.may_merge):
        key = "qualified" if round_.qualified else "may_merge"
        yield (*path, key), msg("there is no round after this one to go on to")
    if last and round_.elected is None and rule.seats is None:
        yield (*path, "elected"), msg("is missing: the last round must say who is elected")
    if not last and round_.qualified is None:
        yield (*path, "qualified"), msg("is missing: another round follows, and nothing says who goes on to it")
    if not last and (round_.elected is None or not round_.elected.conditions):
        yield (*path, "elected"), msg("nobody would ever go on: without conditions, this round settles everything")
    yield from _of_those_who_go_on(path, round_)


def _of_those_who_go_on(path: tuple[str | int, ...], round_: Round) -> Iterator[Contradiction]:
    qualified, merge = round_.qualified, round_.may_merge
    if qualified is not None:
        at = (*path, "qualified")
        if (qualified.condition is not None) + (qualified.first is not None) + qualified.everyone != 1:
            yield at, msg("give one of: a condition, how many of the first go on, or everyone = true")
        if qualified.condition is None and (qualified.if_one or qualified.if_none):
            yield at, msg("“if_one” and “if_none” are of a condition, and there is none")
    if merge is not None and qualified is not None and qualified.condition is not None:
        stands, joins = qualified.condition, merge.condition
        if stands.base == joins.base and joins.part >= stands.part:
            yield (*path, "may_merge"), msg("who meets this goes on anyway: it asks for no less than “qualified”")


def _of_seats(rule: Rule) -> Iterator[Contradiction]:
    if rule.seats is None:
        if rule.votes_for == "lists":
            yield ("seats",), msg("is missing: lists share seats, and nothing says how")
        return
    if rule.votes_for != "lists":
        yield ("votes_for",), msg("seats are shared out among lists: write lists, or leave [seats] out")
    stages = rule.seats.stages
    if not stages:
        yield ("seats", "stage"), msg("is missing; seats are given out in one stage at least: [[seats.stage]]")
        return
    for place, stage in enumerate(stages):
        yield from _of_stage(("seats", "stage", place), stage, last=place == len(stages) - 1)
    if stages[-1].seats is not None and _parts(rule) != 1:
        yield ("seats", "stage", len(stages) - 1, "seats"), msg("the last stage gives out what is left: write “rest”")
    if _parts(rule) > 1:
        yield ("seats", "stage"), msg("the stages give out more than all seats")
    if rule.seats.number and sum(stage.seats for stage in stages if isinstance(stage.seats, int)) > rule.seats.number:
        yield ("seats", "number"), msg("the stages give out more than these {n} seats", n=rule.seats.number)


def _parts(rule: Rule) -> Fraction:
    parts = [stage.seats for stage in rule.seats.stages if isinstance(stage.seats, Fraction)] if rule.seats else []
    return sum(parts, Fraction(0))


def _of_stage(path: tuple[str | int, ...], stage: Stage, *, last: bool) -> Iterator[Contradiction]:
    if stage.to == "first" and (stage.method or stage.count_earlier):
        yield path, msg("all seats of this stage go to the first list: a method or earlier seats have no effect")
    if stage.to == "all" and stage.method is None:
        yield (*path, "method"), msg("is missing: nothing says how the seats are shared out")
    if stage.count_earlier and stage.method and not METHODS[stage.method].compensates:
        yield (*path, "count_earlier"), msg("a quota has no use for earlier seats; only averages count them")
    if stage.seats is None and not last:
        yield (*path, "seats"), msg("this stage leaves nothing for the next one")
    if isinstance(stage.seats, Fraction) and stage.seats != 1 and not any(r.below is None for r in stage.rounding):
        yield (*path, "rounding"), msg("is missing: half a seat must become a whole one, up, down or nearest")
    if not isinstance(stage.seats, Fraction) and stage.rounding:
        yield (*path, "rounding"), msg("a whole number of seats is not rounded")


def _of_scope(rule: Rule) -> Iterator[Contradiction]:
    scope = rule.scope
    if scope.first and scope.last and scope.first > scope.last:
        yield ("last",), msg("comes before the first day")
    if scope.seats_from and scope.seats_to and scope.seats_from > scope.seats_to:
        yield ("seats_to",), msg("is fewer than “seats_from”")
    number = rule.seats.number if rule.seats else None
    if number and (scope.seats_from or scope.seats_to):
        yield ("seats", "number"), msg("the number of seats is given, and “seats_from” or “seats_to” besides")
