"""A page put together: few votes with all their chapters, or many contests with an overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.analysis.outcome import outcome
from primaire.checks.check import check
from primaire.errors import NotHeldError
from primaire.messages import Message, msg
from primaire.reporting import overview, transfers, trust, votes
from primaire.reporting.asked import attempted
from primaire.reporting.contents import Chapter, Page
from primaire.reporting.folders import without_folders
from primaire.reporting.maps import chapter_of_maps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.reporting.asked import Asked
    from primaire.reporting.votes import Vote
    from primaire.schema import Returns

FEW: Final = 6
"""Votes up to which each has all its chapters."""


def page_of(read: Returns, asked: Asked) -> Page:
    """Return what stands on the page of a data set. Raises NotHeldError where there is no vote in it."""
    if read.ballots.empty:
        raise NotHeldError(msg("The source holds no ballots."))
    returns = without_folders(read)
    found = check(returns)
    each = votes.votes(returns)
    if len(each) <= FEW:
        told = transfers.estimated([votes.vote_of(one) for one in each], asked)
        keys = [f"vote-{number}" for number in range(1, len(told) + 1)]
        apart = len({vote.last.election for vote in told}) < len(told)
        headlines = tuple(votes.headline(vote, asked, key, placed=apart) for vote, key in zip(told, keys, strict=True))
        chapters = _of_few(told, keys, asked)
        subtitle = _when_and_where(told)
    else:
        if asked.transfers:
            raise transfers.of_many(len(each))
        decided = attempted(outcome, returns, **asked.law())
        headlines = overview.headlines(returns, decided)
        chapters = tuple(overview.chapters(returns, asked, decided))
        subtitle = None
    if asked.shapes is not None and not any(_is_of_maps(chapter) for chapter in chapters):
        last = returns.select(round=int(returns.ballots["round"].max()))
        chapter_of_maps(last, asked.shapes, "map")  # which says why there is none
    return Page(
        title=_title(returns, asked),
        subtitle=subtitle,
        headlines=headlines,
        warning=trust.warning(found),
        chapters=(*chapters, trust.checks(found), trust.sources(returns, asked)),
    )


def _is_of_maps(chapter: Chapter) -> bool:
    return chapter.key.endswith("-map") or any(map(_is_of_maps, chapter.chapters))


def _of_few(told: Sequence[Vote], keys: Sequence[str], asked: Asked) -> tuple[Chapter, ...]:
    """Return the chapters of votes: of one, its own; of several, one chapter each."""
    if len(told) == 1:
        return tuple(votes.chapters(told[0], asked, keys[0]))
    return tuple(
        Chapter(key, vote.title, (), tuple(votes.chapters(vote, asked, key)), vote.short)
        for vote, key in zip(told, keys, strict=True)
    )


def _title(returns: Returns, asked: Asked) -> Message:
    """Return the title asked for, else the election, else the place that all elections have in common."""
    if asked.title is not None:
        return msg("{title}", title=asked.title)
    elections = returns.contests["election"].drop_duplicates().tolist()
    if len(elections) == 1:
        return msg("{election}", election=elections[0])
    place = _place_of(returns)
    return msg("Election results") if place is None else msg("Election results: {place}", place=place)


def _when_and_where(told: Sequence[Vote]) -> Message | None:
    """Return the place and the days of a vote; nothing of several, whose chapters say it."""
    if len(told) > 1:
        return None
    place = told[0].last.subtitle
    days = [msg("{day:date}", day=caption.date) for caption in told[0].rounds if caption.date is not None]
    parts = [*([place] if place is not None else []), *days]
    return msg("{parts}", parts=parts) if parts else None


def _place_of(returns: Returns) -> str | None:
    """Return the narrowest place that all units lie in; None where there is none."""
    for level in ("commune", "canton", "constituency", "departement", "region"):
        names = returns.ballots[level]
        if names.notna().all() and names.nunique() == 1:
            return str(names.iloc[0])
    return None
