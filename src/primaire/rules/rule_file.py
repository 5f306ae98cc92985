"""Rules as files: TOML that a person writes, read strictly. ``docs/rules.md`` describes every key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from primaire.apportionment import METHODS
from primaire.errors import SourceError
from primaire.messages import Message, msg
from primaire.rules.consistency import contradictions
from primaire.rules.parts import (
    BASES,
    MOST_SEATS,
    ROUNDINGS,
    TIES,
    Condition,
    Rounding,
    parse_condition,
    parse_part,
    parse_rounding,
)
from primaire.rules.rule import (
    ALL_SEATS,
    FOR,
    Elected,
    Expenses,
    MayMerge,
    Places,
    Qualified,
    Round,
    Rule,
    Scope,
    Seats,
    Stage,
)
from primaire.toml_node import Node, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

VERSION: Final = 1
"""The version of the format; a file of a later one is refused."""

CONTESTS: Final = ("nation", "region", "departement", "constituency", "canton", "commune")
"""On which level of geography each place can be a contest of its own."""

CODES: Final = tuple(f"{level}_code" for level in CONTESTS[1:])
"""Where a rule can be said to hold."""

REST: Final = "rest"
"""The seats that the stages before have left."""


def parse_rule(text: str, name: str) -> Rule:
    """Read a rule.

    Args:
        text: TOML as ``docs/rules.md`` describes it.
        name: what the rule is called in messages: its file, or the name it ships under.

    Raises:
        SourceError: it is no TOML, it is of a later version, it lacks what is needed or contradicts itself.
        NameUnknownError: it uses a key or a word that does not exist. Either lists everything that is wrong.
    """
    root = read_toml(text, name)
    _check_version(root, name)
    held = set(root.cells)
    seats, expenses = root.table("seats"), root.table("expenses")
    rounds = tuple(map(_round, root.tables("round")))
    rule = Rule(
        name=name,
        title=root.text("title") or name,
        law=root.text("law"),
        votes_for=root.word("votes_for", FOR) or ("lists" if "seats" in held else "people"),
        rounds=rounds,
        seats=_seats(seats) if "seats" in held else None,
        expenses=_expenses(expenses) if "expenses" in held else None,
        scope=_scope(root),
        note=root.text("note"),
    )
    root.document.refuse_unknown()
    if not root.document.problems:  # what is not understood contradicts nothing
        for key, reason in contradictions(rule):
            root.document.refuse(key, reason)
    root.document.finish(
        msg("The rules “{name}” cannot be used as they are.", name=name),
        msg("Correct what is listed; docs/rules.md describes every key."),
    )
    return rule


def _check_version(root: Node, name: str) -> None:
    version = root.number("rules", least=1)
    if version is not None and version > VERSION:
        raise SourceError(
            msg("The rules “{name}” are written in version {version} of the format.", name=name, version=version),
            expected=msg("This primaire reads version {known}.", known=VERSION),
            remedy=msg("A newer primaire reads it."),
        )
    if version is None and not root.document.problems:
        reason = msg("the version of the format is missing; begin the file with: rules = {known}", known=VERSION)
        root.refuse("rules", reason)


def _round(node: Node) -> Round:
    held = set(node.cells)
    elected, qualified, may_merge = (node.table(key) for key in ("elected", "qualified", "may_merge"))
    return Round(
        elected=_elected(elected) if "elected" in held else None,
        qualified=_qualified(qualified) if "qualified" in held else None,
        may_merge=_may_merge(may_merge) if "may_merge" in held else None,
    )


def _elected(node: Node) -> Elected:
    return Elected(
        conditions=_conditions(node),
        first=_places(node) or 1,
        tie=_tie(node),
        article=node.text("article"),
    )


def _places(node: Node) -> Places | None:
    if node.cells.get("first") == ALL_SEATS:
        node.take("first")
        return "seats"
    return node.number("first", least=1)


def _qualified(node: Node) -> Qualified:
    return Qualified(
        condition=_condition(node, "condition"),
        first=node.number("first", least=2),
        everyone=node.flag("everyone"),
        if_one=node.number("if_one", least=2),
        if_none=node.number("if_none", least=2),
        tie=_tie(node),
        article=node.text("article"),
    )


def _may_merge(node: Node) -> MayMerge | None:
    condition = _needed(node, "condition")
    article = node.text("article")
    return MayMerge(condition, article) if condition else None


def _conditions(node: Node) -> tuple[Condition, ...]:
    found = [(phrase, parse_condition(phrase)) for phrase in node.texts("conditions")]
    for phrase, condition in found:
        if condition is None:
            node.refuse("conditions", _how_conditions_read(), phrase)
    return tuple(condition for _, condition in found if condition is not None)


def _condition(node: Node, key: str) -> Condition | None:
    phrase = node.text(key)
    condition = None if phrase is None else parse_condition(phrase)
    if phrase is not None and condition is None:
        node.refuse(key, _how_conditions_read(), phrase)
    return condition


def _needed(node: Node, key: str) -> Condition | None:
    if key not in node.cells:
        node.refuse(key, msg("is missing: it says how many votes are needed"))
    return _condition(node, key)


def _how_conditions_read() -> Message:
    return msg(
        "is no condition; write “at least” or “more than”, a share, and what it is of: at least 12.5 % of registered, "
        "more than 1/2 of valid ({bases})",
        bases=BASES,
    )


def _tie(node: Node) -> tuple[str, ...]:
    return tuple(word for word in node.texts("tie") if node.is_one_of("tie", word, TIES))


def _seats(node: Node) -> Seats:
    stages = tuple(map(_stage, node.tables("stage")))
    number = node.number("number", least=1)
    if number is not None and number > MOST_SEATS:
        node.refuse("number", msg("write at most {most:count} seats", most=MOST_SEATS), number)
    return Seats(stages, number, node.flag("by_section"))


def _stage(node: Node) -> Stage:
    to = node.word("to", ("first", "all")) or "all"
    return Stage(
        seats=_share(node),
        rounding=_roundings(node),
        to="first" if to == "first" else "all",
        method=node.word("method", METHODS),
        threshold=_condition(node, "threshold"),
        count_earlier=node.flag("count_earlier"),
        tie=_tie(node),
        article=node.text("article"),
    )


def _share(node: Node) -> Fraction | int | None:
    if type(node.cells.get("seats")) is int:
        return node.number("seats", least=1)
    word = node.text("seats")
    part = None if word is None else parse_part(word)
    if word is not None and part is None and word != REST:
        node.refuse("seats", msg("write a part (“1/2”, “25 %”), a number, or “{rest}”", rest=REST), word)
    return part


def _roundings(node: Node) -> tuple[Rounding, ...]:
    found = [(phrase, parse_rounding(phrase)) for phrase in node.texts("rounding")]
    for phrase, rounding in found:
        if rounding is None:
            reason = msg("is no rounding; write one of: {words}, or “down below 4 seats”", words=ROUNDINGS)
            node.refuse("rounding", reason, phrase)
    return tuple(rounding for _, rounding in found if rounding is not None)


def _expenses(node: Node) -> Expenses | None:
    condition = _needed(node, "condition")
    round_ = node.number("round", least=1) or 1
    lower_rate, article, note = node.flag("lower_rate"), node.text("article"), node.text("note")
    return Expenses(condition, round_, lower_rate, article, note) if condition else None


def _scope(root: Node) -> Scope:
    return Scope(
        kind=root.text("kind"),
        first=_day(root, "first"),
        last=_day(root, "last"),
        contest=root.word("contest", CONTESTS),
        only=_codes(root.table("only")),
        without=_codes(root.table("without")),
        seats_from=root.number("seats_from", least=1),
        seats_to=root.number("seats_to", least=1),
    )


def _day(node: Node, key: str) -> date | None:
    value = node.take(key)
    if value is None or type(value) is date:
        return value
    node.refuse(key, msg("write a day, as 2026-03-15, without quotation marks"), value)
    return None


def _codes(node: Node) -> Mapping[str, tuple[str, ...]]:
    return {key: codes for key in CODES if (codes := node.texts(key))}
