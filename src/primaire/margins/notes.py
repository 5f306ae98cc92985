"""What is said of margins beside them: what was supposed of units, what cannot be told, and what annulling changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.margins.words import published_said, uncounted_said, what_it_takes
from primaire.messages import Message, msg, msgn

if TYPE_CHECKING:
    from primaire.captions import Caption
    from primaire.margins.contests import Answer, Contest, Hypotheses


def fates_of(contest: Contest) -> dict[str, str]:
    """Return what becomes of each candidate."""
    verdict = contest.case.verdict
    return dict(zip(contest.names, (fate.word for fate in verdict.fates), strict=True)) if verdict else {}


def seats_changed(before: Contest, after: Contest) -> Message:
    """Say how many seats each list has that has more or fewer than before; a range where a tie leaves them open."""
    had = dict(zip(before.names, before.seats or (), strict=False))
    has = dict(zip(after.names, after.seats or (), strict=False))
    changed = [name for name in after.names if had.get(name) != has.get(name)]
    return msg(
        "Without these units, seats are others: {after}. Before: {before}.",
        after=[_seats_said(name, has.get(name)) for name in changed],
        before=[_seats_said(name, had.get(name)) for name in changed],
    )


def _seats_said(name: str, seats: tuple[int, int] | None) -> Message:
    low, high = seats or (0, 0)
    if low == high:
        return msg("{name} {n:count}", name=name, n=low)
    return msg("{name} {low:count} to {high:count}", name=name, low=low, high=high)


def notes_of(contest: Contest, caption: Caption, supposed: Hypotheses) -> list[Message]:
    """Say what is to be known of a contest beside its margins."""
    ruling, notes = contest.case.ruling, []
    if caption.doubt is not None:
        notes.append(caption.doubt)
    if contest.unknown is not None:
        takes = what_it_takes(contest.margins, contest.names, contest.unknown)
        notes += [
            said
            for said in (*published_said(contest.unknown), uncounted_said(contest.unknown), takes)
            if said is not None
        ]
    if ruling.doubt is not None and not ruling.assumed and contest.case.verdict is not None:
        notes.append(ruling.doubt)
    if contest.seats_lack and not supposed.of:
        notes.append(msg("The number of seats is not given. --seats says it, for how near the last seat is."))
    if contest.spare is not None and supposed.add > contest.spare:
        notes.append(
            msgn(
                "No more than {n:count} ballot can have been wrongly voided here: there are no more besides the valid votes.",
                "No more than {n:count} ballots can have been wrongly voided here: there are no more besides the valid votes.",
                contest.spare,
            )
        )
    return [*notes, *ruling.remarks, *caption.computations, *caption.remarks]


def notes_of_all(answer: Answer, supposed: Hypotheses) -> list[Message]:
    """Say what was supposed of units, and how figures are to be read."""
    notes = []
    if supposed.annul:
        notes.append(
            msgn(
                "Without the ballots of {units} ({n:count} unit); its registered voters stay on the roll, and thresholds are asked of all of them.",
                "Without the ballots of {units} ({n:count} units); their registered voters stay on the roll, and thresholds are asked of all of them.",
                answer.annulled,
                units=list(supposed.annul),
            )
        )
    if answer.emptied:
        told = [answer.found.told[ballot] for ballot in answer.emptied]
        notes.append(
            msg(
                "Without the ballots of these units, nothing is left of {names}.",
                names=[caption.subtitle or caption.place for caption in told],
            )
        )
    if answer.left_out:
        notes.append(
            msgn(
                "{n:count} other contest or round is left out: none of these units is there.",
                "{n:count} other contests and rounds are left out: none of these units is there.",
                answer.left_out,
            )
        )
    if answer.silent:
        notes.append(
            msgn(
                "{n:count} unit has registered voters and not one voter. If it is not counted yet, name it with --unknown.",
                "{n:count} units have registered voters and not one voter. If they are not counted yet, name them with --unknown.",
                answer.silent,
            )
        )
    notes.append(
        msg(
            "Deducted: irregular ballots, taken from whomever that hurts most and from the valid votes. Added back: ballots wrongly voided, given to whomever that helps most, no more than there are besides the valid votes. Each time the majority is computed again; the registered voters stay."
        )
    )
    return notes
