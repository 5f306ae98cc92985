"""What is said beside every estimate: what it assumes, what was left out, what was put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.flows.options import GONE, NEW, OTHERS
from primaire.messages import Message, msg, msgn
from primaire.schema import shortened

if TYPE_CHECKING:
    from primaire.flows.contests import Flow
    from primaire.flows.options import Option


def assumptions(context: float, seed: int, *, intervals: bool, local: str | None) -> list[Message]:
    """Say what every figure rests on; ``local`` is the level of the places whose tables are shown."""
    said = [
        msg(
            "Estimated, not counted: nobody's two votes are known, only the totals of each unit. The bounds alone (Duncan and Davis 1953) assume nothing."
        ),
        _context(context),
        msg(
            "The method was tried on elections whose true table is known, two votes of the same day in New Zealand and Scotland. Nothing of the kind exists for two rounds with abstention: there, how far it is off is not known."
        ),
    ]
    if local is not None:
        said.append(
            msg(
                "These are the local tables of one estimate, by {level:term}, each with the place's own totals. They have no intervals, which are for whole tables.",
                level=local,
            )
        )
    elif intervals:
        said.append(
            msg(
                "In brackets, 90% intervals: nine in ten of them held the true share in the elections where it is known. Errors in one table go together, so where one is missed, others are too. Drawn with seed {seed}.",
                seed=seed,
            )
        )
    else:
        said.append(msg("No intervals were asked for: nothing here says how sure these figures are."))
    return said


def _context(context: float) -> Message:
    if context == 0:
        return msg(
            "Assumed: electors of one option before behave alike wherever they live, but for chance and differences at random (context 0)."
        )
    if context == 1:
        return msg(
            "Assumed: electors of one option before behave alike but for chance, and lean towards what their unit does as much as where the truth is known. Counts cannot tell. --context 0 shows the answer without."
        )
    return msg(
        "Assumed: electors of one option before behave alike but for chance, and lean towards what their unit does, {context:percent} as much as where the truth is known. Counts cannot tell. --context 0 shows the answer without.",
        context=100 * context,
    )


def small(below: float | None) -> list[Message]:
    """Say by which rule small candidates are put together."""
    if below is None:
        return []
    return [
        msg(
            "Candidates with less than {below:percent} of the registered voters of their vote are put together as others, where there are two at least; blank and null votes, abstention and the change of the rolls never are.",
            below=below,
        )
    ]


def notes_of(flow: Flow) -> list[Message]:
    """Say what is to be known of one table's options and units."""
    notes = [_together(option) for side in (flow.before, flow.after) for option in side.options if option.parts]
    kinds = {option.kind for side in (flow.before, flow.after) for option in side.options}
    if kinds & {NEW, GONE}:
        before, after = flow.registered
        notes.append(
            msg(
                "The rolls differ: {before:count} registered before, {after:count} after. What each unit gained or lost, on balance, is a line or a column of its own; those who came and those who left within a unit are not seen.",
                before=before,
                after=after,
            )
        )
    if flow.status != "final":
        notes.append(msg("Not all of the {n:count} units are final: {status:term}.", n=len(flow), status=flow.status))
    sources = (source for caption in flow.captions for source in caption.sources)
    return [*notes, *{str(source): source for source in sources}.values()]


def _together(option: Option) -> Message:
    names = shortened([part.said for part in option.parts])
    if option.kind == OTHERS:
        return msg("Put together as others: {names}.", names=names)
    return msg("Put together as “{group}”: {names}.", group=option.name, names=names)


def alone(names: list[str]) -> list[Message]:
    """Say which contests have one unit only."""
    if not names:
        return []
    return [
        msgn(
            "{n:count} contest or place has a single unit, of which nothing can be estimated: {names}.",
            "{n:count} contests or places have a single unit each, of which nothing can be estimated: {names}.",
            len(names),
            names=shortened(names, 5),
        )
    ]
