"""Figures that cannot all be right: what every command warns of, whatever it is asked."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from primaire.captions import captions
from primaire.checks.codes import CODES, ERROR
from primaire.checks.finding import Finding
from primaire.checks.identities import Exact, of_ballots, of_votes
from primaire.checks.percentages import no_whole_numbers, of_shares
from primaire.messages import Message, msg
from primaire.provenance import Found

if TYPE_CHECKING:
    from primaire.checks.finding import Seen
    from primaire.schema import Returns


TOLD: Final = 60
"""How many contradictions of one kind, seen while one file was read, are told one by one."""


def contradictions(returns: Returns) -> list[Seen]:
    """List every identity that the published figures break, by unit in the order of the source, and by code.

    Approximate counts are left out: they need not add up. Percentages are compared with their own rounding.

    Args:
        returns: as read, before anything is derived.
    """
    figures = Exact.of(returns)
    found = [*of_ballots(figures), *of_votes(figures, returns), *of_shares(returns)]
    explained = {one.ballot for one in found if one.code.startswith("PRI12")}
    found.extend(no_whole_numbers(returns, explained=explained))
    return sorted(found, key=lambda one: (one.ballot or 0, one.code))


def findings(returns: Returns) -> list[Finding]:
    """List every contradiction in the figures of a data set: :func:`contradictions`, with their places in words.

    What was found while reading comes first: printed totals and percentages are not kept beside the counts.

    Args:
        returns: as read, before anything is derived.
    """
    found = contradictions(returns)
    read = _while_reading(returns)
    if not found:
        return read
    told = captions(returns)

    def place(ballot: int) -> Message:
        each = told[ballot]
        return msg("{election}, round {round}, {place}", election=each.election, round=each.round, place=each.place)

    return [*read, *(Finding(one.code, place(one.ballot or 0), one.message) for one in found)]


def _while_reading(returns: Returns) -> list[Finding]:
    """Return what the readers found that cannot be right: not what merely happens at a count."""
    return [
        Finding(one.code, msg("{file}, {place}", file=file.name, place=one.where), one.message)
        for file in returns.provenance.files
        for code, of_code in groupby(sorted(file.found, key=attrgetter("code")), attrgetter("code"))
        if CODES[code].severity == ERROR
        for one in _few(list(of_code))
    ]


def _few(found: list[Found]) -> list[Found]:
    """Return the first findings of one kind in one file, and how many more there are."""
    if len(found) <= TOLD:
        return found
    more = msg("… and {n:count} more of this kind, which “primaire check” lists", n=len(found) - TOLD)
    return [*found[:TOLD], Found(found[0].code, msg("and further on"), more)]
