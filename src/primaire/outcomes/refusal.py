"""Why nobody can be declared elected: the answer where no contest can be judged."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from primaire.captions import Lines
from primaire.errors import NotHeldError, Problem
from primaire.messages import Message, msg, msgn
from primaire.outcomes.verdict import MANY

if TYPE_CHECKING:
    from primaire.outcomes.judged import Case, Judged


def refuse_unjudged(found: Judged) -> None:
    """Raise NotHeldError where no contest at all can be judged."""
    if any(case.verdict for case in found.cases):
        return
    if not found.cases or found.rows.empty:
        raise NotHeldError(msg("The source names no candidates: nobody can be declared elected."))
    parts = any(case.ruling.part for case in found.cases)
    remedies = [msg("If these units are the whole contest after all, say so: --assume-whole.")] if parts else []
    if any(case.ruling.rule is None for case in found.cases):
        remedies.append(msg("--rules names the rules of an election: a file, or rules that ship (docs/rules.md)."))
    raise NotHeldError(
        msg("Nobody can be declared elected here."),
        remedy=reduce(lambda one, other: msg("{one} {other}", one=one, other=other), remedies) if remedies else None,
        problems=tuple(_problems(found)),
    )


def _problems(found: Judged) -> list[Problem]:
    """Return why contests cannot be judged, and who comes first there; of many contests, each reason once."""
    alike: dict[object, list[Case]] = {}
    for case in found.cases:
        alike.setdefault(case.ballot if len(found.cases) <= MANY else str(case.ruling.reason), []).append(case)
    listed = [_problem(found, cases) for cases in list(alike.values())[:MANY]]
    left = len(found.cases) - sum(len(cases) for cases in list(alike.values())[:MANY])
    more = msgn("{n:count} more contest", "{n:count} more contests", left)
    return [*listed, Problem(more)] if left else listed


def _problem(found: Judged, cases: list[Case]) -> Problem:
    caption, reason = found.told[cases[0].ballot], cases[0].ruling.reason
    if len(cases) > 1:
        return Problem(msg("{n:count} contests and rounds: {reason}", n=len(cases), reason=reason))
    told = caption.subtitle is None or cases[0].ruling.part  # the reason names the place, then
    where = caption.title if told else msg("{title}, {place}", title=caption.title, place=caption.subtitle)
    first = _first(found, cases[0])
    if first is None:
        return Problem(msg("{where}: {reason}", where=where, reason=reason))
    return Problem(msg("{where}: {reason} {first}", where=where, reason=reason, first=first))


def _first(found: Judged, case: Case) -> Message | None:
    """Say who comes first, which is all that can be said; nothing where several do, or it is not known."""
    lines = Lines(found.rows)
    ahead = [row for row in range(case.start, case.stop) if lines["rank"][row] == 1]
    if len(ahead) != 1 or lines["votes"][ahead[0]] is None:
        return None
    name, votes = (lines[column][ahead[0]] for column in ("candidate", "votes"))
    listed = sum(one or 0 for one in lines["votes"][case.start : case.stop])
    if (Lines(found.figures.ballots)["valid"][case.ballot] or 0) - listed >= votes:  # for somebody who is not listed
        return None
    return msg("{name} comes first, with {votes:count} votes.", name=name, votes=votes)


def unjudged(found: Judged) -> list[Message]:
    """Return why some contests are not judged, each reason once, beside others that are."""
    alike: dict[str, list[Case]] = {}
    for case in found.cases:
        if case.verdict is None:
            alike.setdefault(str(case.ruling.reason), []).append(case)
    return [
        msgn(
            "Not judged, {n:count} contest: {reason}",
            "Not judged, {n:count} contests: {reason}",
            len(cases),
            reason=cases[0].ruling.reason,
        )
        for cases in alike.values()
    ]
