"""Margins in sentences: what how many ballots are enough for, and what becomes of it once they are taken or given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.margins.found import (
    BONUS,
    CONDITIONS,
    ELECTION,
    EXPENSES,
    FIRST,
    LAST_SEAT,
    MAJORITY,
    MARGINS,
    MERGER,
    PLACE,
    QUALIFICATION,
    QUARTER,
    SHARING,
    closest,
)
from primaire.margins.points import Bar, Lead
from primaire.messages import Message, msg, msgn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from primaire.margins.counting import Unknown
    from primaire.margins.found import Margin
    from primaire.margins.points import Shift

_RANKED = {
    FIRST: msg("change who comes first"),
    BONUS: msg("change who takes the bonus"),
    PLACE: msg("change who gets the last place"),
    LAST_SEAT: msg("change who gets the last seat"),
}
_LEADS = msg("change who leads here")
_LOST: dict[str, Callable[[str, int], Message]] = {
    MAJORITY: lambda name, _: msg("take the absolute majority from {name}", name=name),
    QUARTER: lambda name, _: msg("bring {name} below a quarter of the registered", name=name),
    ELECTION: lambda name, _: msg("take from {name} what being elected asks for", name=name),
    QUALIFICATION: lambda name, following: msg("keep {name} out of round {next}", name=name, next=following),
    MERGER: lambda name, _: msg("take from {name} the right to merge", name=name),
    EXPENSES: lambda name, _: msg("take the reimbursement from {name}", name=name),
    SHARING: lambda name, _: msg("take from {name} its share in the seats", name=name),
}
_WON: dict[str, Callable[[str, int], Message]] = {
    MAJORITY: lambda name, _: msg("give {name} the absolute majority", name=name),
    QUARTER: lambda name, _: msg("bring {name} up to a quarter of the registered", name=name),
    ELECTION: lambda name, _: msg("give {name} what being elected asks for", name=name),
    QUALIFICATION: lambda name, following: msg("bring {name} into round {next}", name=name, next=following),
    MERGER: lambda name, _: msg("give {name} the right to merge", name=name),
    EXPENSES: lambda name, _: msg("give {name} the reimbursement", name=name),
    SHARING: lambda name, _: msg("give {name} a share in the seats", name=name),
}


def change_said(margin: Margin, names: Sequence[str], round: int) -> Message:
    """Say what overturning a margin would do: “keep Ada out of round 2”."""
    if margin.of in _RANKED:
        return _RANKED[margin.of]
    if margin.lower_rate:
        name = names[margin.candidate]
        return (
            msg("take the full rate of reimbursement from {name}", name=name)
            if margin.above
            else msg("give {name} the full rate of reimbursement", name=name)
        )
    return (_LOST if margin.above else _WON)[margin.of](names[margin.candidate], round + 1)


def margins_lead(margins: Sequence[Margin], names: Sequence[str], round: int) -> Message:
    """Say how many ballots would be enough for the most."""
    found = closest(margins, [each.ballots for each in margins])
    if found is None:
        return msg("No number of ballots overturns anything here.")
    margin, number = found
    if number == 0:
        return _level(margin, names)
    if margin.of == MAJORITY and margin.above and margin.deduct == number:
        return msgn(
            "The majority of {name} rests on {n:count} vote: {n:count} irregular ballot is enough.",
            "The majority of {name} rests on {n:count} votes: {n:count} irregular ballots are enough.",
            number,
            name=names[margin.candidate],
        )
    return msgn(
        "{n:count} ballot would be enough to {change}.",
        "{n:count} ballots would be enough to {change}.",
        number,
        change=change_said(margin, names, round),
    )


def _level(margin: Margin, names: Sequence[str]) -> Message:
    if margin.against is None:
        return msg("A tie leaves open what becomes of {name}.", name=names[margin.candidate])
    both = [names[margin.candidate], names[margin.against]]
    if margin.of == LAST_SEAT:
        return msg("A tie leaves open who gets the last seat: {names}.", names=both)
    return msg("A tie: {names} have {votes:count} votes each.", names=both, votes=margin.votes)


def part_lead(reason: Message | None, margins: Sequence[Margin], names: Sequence[str]) -> Message:
    """Say who leads where nobody can be elected, and by how much."""
    margin = margins[0]
    if not margin.margin:
        said = _level(margin, names)
    else:
        said = msgn(
            "{name} leads by {n:count} vote here: {n:count} irregular ballot is enough for a tie.",
            "{name} leads by {n:count} votes here: {n:count} irregular ballots are enough for a tie.",
            margin.margin,
            name=names[margin.candidate],
        )
    return msg("{reason} {said}", reason=reason, said=said) if reason is not None else said


def part_shifted(reason: Message | None, margins: Sequence[Margin], names: Sequence[str], shift: Shift) -> Message:
    """Say whether who leads would still do so, where nobody can be elected."""
    margin, ballots = margins[0], _shift_said(shift)
    if margin.point is None or not margin.point.overturned(shift):
        said = msg("{ballots}, {name} still leads here.", ballots=ballots, name=names[margin.candidate])
    else:
        said = msg("{ballots}, {so}.", ballots=ballots, so=_after(margin, names, _LEADS, shift))
    return msg("{reason} {said}", reason=reason, said=said) if reason is not None else said


def part_unknown(
    reason: Message | None, margins: Sequence[Margin], number: int | None, names: Sequence[str], unknown: Unknown
) -> Message:
    """Say whether electors whose ballots are not known could change who leads, where nobody can be elected.

    ``number``: how many of them could.
    """
    where, electors = _units_said(unknown), unknown.electors
    if not number:
        said = _level(margins[0], names)
    elif electors is None:
        said = msgn(
            "How many electors there are in {where} is not published; {n:count} alone could change who leads here.",
            "How many electors there are in {where} is not published; {n:count} alone could change who leads here.",
            number,
            where=where,
        )
    elif number > electors:
        said = msgn(
            "The {electors:count} elector in {where} alone could not change who leads here: it would take {number:count}.",
            "The {electors:count} electors in {where} alone could not change who leads here: it would take {number:count}.",
            electors,
            electors=electors,
            where=where,
            number=number,
        )
    else:
        said = msgn(
            "The {electors:count} elector in {where} alone could change who leads here: {number:count} would be enough.",
            "The {electors:count} electors in {where} alone could change who leads here: {number:count} would be enough.",
            electors,
            electors=electors,
            where=where,
            number=number,
        )
    return msg("{reason} {said}", reason=reason, said=said) if reason is not None else said


def shifted_lead(margins: Sequence[Margin], names: Sequence[str], round: int, shift: Shift) -> Message:
    """Say what so many ballots would overturn, of what decides the most closely; or that the outcome stands."""
    overturned = [each for each in margins if each.point is not None and each.point.overturned(shift)]
    ballots = _shift_said(shift)
    deciding = [each for each in overturned if each.decides]
    if not overturned:
        return msg("{ballots}, everything here stands.", ballots=ballots)
    if not deciding and any(each.decides for each in margins):
        return msg("{ballots}, the outcome stands.", ballots=ballots)
    margin = min(deciding or overturned, key=lambda each: MARGINS.index(each.of))
    so = _after(margin, names, change_said(margin, names, round), shift)
    if margin.above and margin.of in CONDITIONS and margin.decides:
        asked = {each.candidate for each in margins if each.of == margin.of}
        so = _not_elected(so, names[margin.candidate], round, alone=len(asked) == 1)
    return msg("{ballots}, {so}.", ballots=ballots, so=so)


def _shift_said(shift: Shift) -> Message:
    if not shift.added:
        return msgn("With {n:count} ballot deducted", "With {n:count} ballots deducted", shift.deducted)
    if not shift.deducted:
        return msgn("With {n:count} ballot added", "With {n:count} ballots added", shift.added)
    return msg(
        "With {deducted:count} ballots deducted and {added:count} added", deducted=shift.deducted, added=shift.added
    )


def _after(margin: Margin, names: Sequence[str], change: Message, shift: Shift) -> Message:
    """Say the figures after so many ballots, and what follows."""
    name, point = names[margin.candidate], margin.point
    if isinstance(point, Lead) and margin.against is not None:
        return msg(
            "{first} has {one:count} votes and {second} {other:count}: enough to {change}",
            first=name,
            one=max(point.first - shift.deducted, 0),
            second=names[margin.against],
            other=point.second + shift.added,
            change=change,
        )
    if not isinstance(point, Bar):
        return msg("there are enough of them to {change}", change=change)
    votes, total, needed = point.after(shift)
    if margin.of == MAJORITY:
        said = msg(
            "{name} has {votes:count} of {total:count}, the majority is {needed:count}",
            name=name,
            votes=votes,
            total=total,
            needed=needed,
        )
    else:
        said = msg(
            "{name} has {votes:count} of {total:count}, and {needed:count} are needed",
            name=name,
            votes=votes,
            total=total,
            needed=needed,
        )
    if margin.above and margin.of in CONDITIONS and margin.decides:
        return said
    return msg("{said}: enough to {change}", said=said, change=change)


def _not_elected(said: Message, name: str, round: int, *, alone: bool) -> Message:
    if alone:
        return msg("{said}: nobody is elected in round {round}", said=said, round=round)
    return msg("{said}: {name} is not elected in round {round}", said=said, name=name, round=round)


def unknown_lead(
    margins: Sequence[Margin],
    opens: Sequence[int | None],
    names: Sequence[str],
    round: int,
    unknown: Unknown,
) -> Message:
    """Say whether the outcome is settled whatever the electors do whose ballots are not known, and what it would take.

    ``opens``: for each margin, from how many electors on it is open.
    """
    found = closest(margins, opens)
    where, electors = _units_said(unknown), unknown.electors
    if found is None:
        return msg("Settled: no number of electors in {where} could change it.", where=where)
    margin, number = found
    if number == 0:
        return _level(margin, names)
    change = change_said(margin, names, round)
    if electors is None:
        return msgn(
            "Open: how many electors there are in {where} is not published, and {n:count} would be enough to {change}.",
            "Open: how many electors there are in {where} is not published, and {n:count} would be enough to {change}.",
            number,
            where=where,
            change=change,
        )
    if number > electors:
        return msg(
            "Settled: it would take {n:count} electors to {change}, and there are {electors:count} in {where}.",
            n=number,
            change=change,
            where=where,
            electors=electors,
        )
    return msgn(
        "Open: of the {electors:count} electors in {where}, {n:count} would be enough to {change}.",
        "Open: of the {electors:count} electors in {where}, {n:count} would be enough to {change}.",
        number,
        electors=electors,
        where=where,
        change=change,
    )


def what_it_takes(margins: Sequence[Margin], names: Sequence[str], unknown: Unknown) -> Message | None:
    """Say by how much the second would have to be ahead of the first among electors of unknown vote; None without a lead."""
    lead = next((margin for margin in margins if isinstance(margin.point, Lead) and margin.against is not None), None)
    electors = unknown.electors
    if lead is None or lead.against is None or not electors or not lead.margin or lead.margin > electors:
        return None
    return msg(
        "To come level, {second} would need {n:count} votes more there than {first}: {share:percent} of these {electors:count} electors.",
        second=names[lead.against],
        first=names[lead.candidate],
        n=lead.margin,
        share=100 * lead.margin / electors,
        electors=electors,
    )


def uncounted_said(unknown: Unknown) -> Message | None:
    """Say how many units are not counted yet, and how many may still vote there; None where all unknown ones were named."""
    number = unknown.number - unknown.named
    if not number:
        return None
    if unknown.electors is None or unknown.units:
        return msgn("{n:count} unit is not counted yet.", "{n:count} units are not counted yet.", number)
    return msgn(
        "{n:count} unit is not counted yet, with {electors:count} electors in doubt.",
        "{n:count} units are not counted yet, with {electors:count} electors in doubt.",
        number,
        electors=unknown.electors,
    )


def published_said(unknown: Unknown) -> list[Message]:
    """Say what becomes of the published ballots of units that are said to be unknown."""
    said = []
    if unknown.aside:
        said.append(
            msgn(
                "The {n:count} published ballot of {units} is left out: it is supposed not to be known.",
                "The {n:count} published ballots of {units} are left out: they are supposed not to be known.",
                unknown.ballots,
                units=list(unknown.aside),
            )
        )
    if unknown.beside:
        said.append(
            msg(
                "The published ballots of {units} stay: the electors in doubt are supposed to be others than those.",
                units=list(unknown.beside),
            )
        )
    return said


def _units_said(unknown: Unknown) -> Message:
    """Name the units, where they were named; else say how many are not counted."""
    if unknown.units and unknown.number == unknown.named and len(unknown.units) <= 6:  # noqa: PLR2004  as many names as a sentence holds
        return msg("{names}", names=list(unknown.units))
    return msgn("{n:count} unit that is not counted", "{n:count} units that are not counted", unknown.number)
