"""The chapters of one vote: its rounds, what moved between them, who is elected, how near it was, and its places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from primaire.analysis.margin import margin
from primaire.analysis.outcome import outcome
from primaire.analysis.results import results
from primaire.analysis.seats import seats
from primaire.analysis.swing import DEFINITIONS, swing
from primaire.analysis.turnout import turnout
from primaire.arrays import numbered
from primaire.captions import STANDING, Caption, captions
from primaire.messages import Message, msg
from primaire.outcomes.judged import judged
from primaire.reporting.asked import attempted
from primaire.reporting.contents import (
    Chapter,
    Folded,
    Headline,
    Listed,
    Said,
    Shown,
    bare,
    came,
    hidden,
    latest_first,
    noted,
    pictured,
    unrepeated,
)
from primaire.reporting.maps import attempted_maps
from primaire.reporting.places import by_place
from primaire.reporting.transfers import chapter_of_transfers
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.reporting.asked import Asked
    from primaire.reporting.contents import Block
    from primaire.schema import Returns
    from primaire.table import Section, Table

VOTE: Final = ("election", "contest", "level")
"""What a vote is: all rounds of one contest, over units of one level."""

NO_RESULT: Final = ("frozen", "annulled")
"""Where a count stands, and nobody comes of it."""


@dataclass(frozen=True)
class Vote:
    """One vote: its figures, and the captions of its rounds, the first one first.

    ``transfers`` is where votes went from the last round but one to the last; None where that is not estimated.
    """

    returns: Returns
    rounds: tuple[Caption, ...]
    transfers: Table | None = None

    @property
    def last(self) -> Caption:
        return self.rounds[-1]

    @property
    def title(self) -> Message:
        """The election, with its place where that is not the election itself."""
        place, election = self.last.subtitle, self.last.election
        if place is None:
            return msg("{election}", election=election)
        if election in str(place):
            return place
        return msg("{election}: {place}", election=election, place=place)

    @property
    def short(self) -> Message:
        """The contest where it is named, else the election."""
        return msg("{name}", name=self.last.election if self.last.coverage == "part" else self.last.contest)


def votes(returns: Returns) -> list[Returns]:
    """Return each vote of a data set by itself, in the order of the source."""
    number = numbered(returns.ballots, VOTE)
    return [returns.keep(number == vote) for vote in range(int(number.max(initial=-1)) + 1)]


def vote_of(returns: Returns) -> Vote:
    """Return one vote with its rounds told."""
    told = captions(tally(returns, candidates=False))
    return Vote(returns, tuple(sorted(told, key=lambda caption: caption.round)))


def headline(vote: Vote, asked: Asked, key: str, *, placed: bool) -> Headline:
    """Say what came of a vote in one sentence: who is elected, else who comes first, and why that elects nobody.

    ``placed`` tells whether the vote is named with its place, which tells it from others.
    """
    last = vote.last
    title = _dated(vote)
    if placed and last.subtitle is not None:
        title = msg("{vote}, {place}", vote=title, place=last.subtitle)
    if last.status in NO_RESULT:
        note = None if last.status_note is None else msg("{note:term}", note=last.status_note)
        return Headline(title, STANDING[last.status], note, key)
    reason = _reason(vote, asked)
    decided = None if reason is not None else attempted(outcome, vote.returns, **asked.law())
    told = decided if decided is not None else attempted(results, _as_final(vote.returns))
    section = None if told is None else _of_round(told, last.round)
    lead = None if section is None else section.lead
    remark = last.doubt if reason is None else reason
    return Headline(title, lead or msg("Nobody comes first by these figures."), remark, key)


def _as_final(returns: Returns) -> Returns:
    """Return figures as if they were final, to hear what they say."""
    status = returns.ballots["status"]
    return replace(returns, ballots=returns.ballots.assign(status=status.mask(status.notna(), "final")))


def _dated(vote: Vote) -> Message:
    return vote.last.title if len(vote.rounds) > 1 else _without_round(vote.last)


def _without_round(caption: Caption) -> Message:
    if caption.date is None:
        return msg("{election}", election=caption.election)
    return msg("{election}, {date:date}", election=caption.election, date=caption.date)


def _of_round(table: Table, number: int) -> Section | None:
    """Return the section of a round; None where the round has no rows, since it names no candidates."""
    rounds = table.frame["round"].tolist()
    held = (section for section in table.parts() if section.stop > section.start)
    return next((section for section in held if rounds[section.start] == number), None)


def chapters(vote: Vote, asked: Asked, key: str) -> Iterator[Chapter]:
    """Yield the chapters of a vote; what its data cannot tell is left out."""
    said: list[Message] = []
    for caption in reversed(vote.rounds):
        yield _round(vote, caption, key, said)
    yield from _between_rounds(vote, key, said)
    if vote.transfers is not None:
        yield chapter_of_transfers(vote.transfers, vote.rounds, key, said)
    if asked.shapes is not None:
        yield from attempted_maps(vote.returns.select(round=vote.last.round), asked.shapes, key)
    yield from _judged(vote, asked, key, said)
    near = attempted(margin, vote.returns, **asked.law())
    if near is not None and len(near):
        # How many are registered, and how many votes are valid, stands above.
        table = latest_first(hidden(unrepeated(bare(near), said), "registered", "valid"))
        closest = Shown(table, msg("Ballots that would overturn it"))
        yield Chapter(f"{key}-margins", msg("How near it was"), (closest,))
    yield from by_place(vote.returns, vote.rounds, key)


def _round(vote: Vote, caption: Caption, key: str, said: list[Message]) -> Chapter:
    number = caption.round
    part = vote.returns if len(vote.rounds) == 1 else vote.returns.select(round=number)
    table = attempted(results, part)
    blocks: tuple[Block, ...]
    if table is None:
        table = turnout(part)
        blocks = (Shown(bare(table), msg("Ballots")),)
    else:
        picture = pictured("results", noted(table, caption.sources))
        blocks = (Shown(bare(table), msg("Votes and shares"), picture, key_figures=True),)
    said.extend(note for section in table.parts() for note in section.notes)
    said.extend([caption.doubt] if caption.doubt else [])
    alone = len(vote.rounds) == 1
    short = None if alone else msg("Round {round}", round=number)
    return Chapter(f"{key}-round-{number}", _round_title(caption, alone=alone), blocks, short=short)


def _round_title(caption: Caption, *, alone: bool) -> Message:
    if alone:
        return msg("Results")
    if caption.date is None:
        return msg("Results of round {round}", round=caption.round)
    return msg("Results of round {round}, {date:date}", round=caption.round, date=caption.date)


def _between_rounds(vote: Vote, key: str, said: Sequence[Message]) -> Iterator[Chapter]:
    if len(vote.rounds) < 2:  # noqa: PLR2004  one round has nothing before it
        return
    told = came(unrepeated(bare(turnout(vote.returns)), said))
    title = msg("Turnout") if any(caption.rolled for caption in vote.rounds) else msg("Voters")
    yield Chapter(f"{key}-turnout", title, (Shown(told, msg("Who came, round by round")),))
    moved = attempted(swing, vote.returns)
    if moved is not None:
        shown = replace(unrepeated(bare(moved), said), notes=tuple(n for n in moved.notes if n not in DEFINITIONS))
        blocks = (
            Shown(shown, msg("Shares and votes before and after"), pictured("swing", noted(moved, vote.last.sources))),
            Folded(msg("How swing is measured"), (Listed(DEFINITIONS),)),
        )
        yield Chapter(f"{key}-swing", msg("From round to round"), blocks)


def _judged(vote: Vote, asked: Asked, key: str, said: list[Message]) -> Iterator[Chapter]:
    """Yield who is elected, and who gets which seat; why nobody can be, where it is so."""
    decided = attempted(outcome, vote.returns, **asked.law())
    shared = attempted(seats, vote.returns, **asked.law())
    if decided is not None:
        # Votes and their share of the valid ones stand above, with the results.
        shown = latest_first(hidden(unrepeated(bare(decided), said), "share_valid", "registered", "voters", "valid"))
        blocks = [Shown(replace(shown, notes=()), msg("What becomes of the candidates"))]
        said.extend(note for section in decided.parts() for note in section.notes)
        said.extend(decided.notes)
        rules = Folded(msg("The rules, and where they are written"), (Listed(decided.notes),))
        yield Chapter(f"{key}-outcome", msg("Who is elected"), (*blocks, *([rules] if decided.notes else [])))
    elif (reason := _reason(vote, asked)) is not None:
        said_so = msg("Nobody can be declared elected by these votes. {reason}", reason=reason)
        yield Chapter(f"{key}-outcome", msg("Who is elected"), (Said((said_so,)),))
    if shared is not None:
        table = latest_first(_filled(unrepeated(bare(shared), said)))
        yield Chapter(
            f"{key}-seats",
            msg("Seats"),
            (Shown(table, msg("Seats of each list"), pictured("seats", noted(shared, vote.last.sources))),),
        )


def _filled(shared: Table) -> Table:
    """Return the seats of those rounds in which seats are shared out, where there are any: the others have none yet."""
    given = shared.frame["seats"].notna().to_numpy()
    held = tuple(section for section in shared.parts() if given[section.start : section.stop].any())
    return replace(shared, sections=held or shared.parts())


def _reason(vote: Vote, asked: Asked) -> Message | None:
    """Say why nobody can be declared elected by the last round; None where somebody can."""
    found = judged(vote.returns, **asked.law())
    cases = (case for case in found.cases if found.told[case.ballot].round == vote.last.round)
    return next((case.ruling.reason for case in cases), None)
