"""Many contests on one page: what came of all of them, one row for each, and the details of each as far as there is room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.analysis.outlook import outlook
from primaire.analysis.results import results
from primaire.analysis.turnout import turnout
from primaire.arrays import numbered, whole
from primaire.captions import origin_column
from primaire.choropleth.measures import turnout as turnout_of
from primaire.choropleth.measures import winners
from primaire.messages import Message, msg, msgn, term
from primaire.reporting.asked import attempted
from primaire.reporting.contents import Chapter, Detail, Details, Headline, Shown, bare, came, pictured
from primaire.reporting.maps import attempted_maps
from primaire.reporting.places import AHEAD, BALLOTS, ahead_or_why, came_columns
from primaire.reporting.votes import VOTE
from primaire.rules.judging import ELECTED
from primaire.schema import weaker
from primaire.scores import scores
from primaire.table import Column, Section, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from primaire.choropleth.measures import Measure
    from primaire.reporting.asked import Asked
    from primaire.reporting.contents import Block
    from primaire.schema import Returns

MOST: Final = 1200
"""Contests that have a row each; of more, those with the most voters."""

_NAMED: Final = 6
"""Labels that the sentence of an election names."""

_COLUMNS: Final = (
    Column("contest", term("contest"), "text"),
    Column("departement", term("departement"), "text", missing=None),
    Column("round", term("round"), "count"),
    Column("status", term("status"), "term", missing=None),
    *BALLOTS,
)
"""What a contest's row begins with."""

_LEAD: Final = (
    Column("lead", term("ahead by votes"), "count", origin="lead_origin"),
    origin_column("lead_origin"),
    Column("fate", term("outcome"), "term", missing=None),
)
"""What it ends with."""


def headlines(returns: Returns, decided: Table | None) -> tuple[Headline, ...]:
    """Say of each election who is elected how often, else who comes first how often."""
    return tuple(_headline(returns, decided, election) for election in returns.contests["election"].drop_duplicates())


def _headline(returns: Returns, decided: Table | None, election: str) -> Headline:
    title = msg("{election}", election=election)
    number = returns.contests.loc[returns.contests["election"] == election, "contest"].nunique()
    rows = None if decided is None else decided.frame[decided.frame["election"] == election]
    elected = None if rows is None else rows[rows["fate"] == ELECTED]
    if elected is None or elected.empty:
        return Headline(title, msgn("{n:count} contest.", "{n:count} contests.", number), None, "overview")
    settled = elected["contest"].nunique()
    said = msg("Somebody is elected in {settled:count} of {n:count} contests.", settled=settled, n=number)
    counted = elected["label"].value_counts()
    if counted.empty:
        return Headline(title, said, None, "overview")
    most = [msg("{label} {n:count}", label=label, n=int(n)) for label, n in counted.head(_NAMED).items()]
    others = int(counted.iloc[_NAMED:].sum())
    more = [msgn("{n:count} other", "{n:count} others", others)] if others else []
    return Headline(title, msg("Elected: {labels}.", labels=[*most, *more]), said, "overview")


def chapters(returns: Returns, asked: Asked, decided: Table | None) -> Iterator[Chapter]:
    """Yield the chapters of many contests."""
    yield from _by_nuance(returns)
    ballots = attempted(turnout, returns, by="nation")
    if ballots is not None:
        yield Chapter("turnout", msg("Turnout"), (Shown(came(bare(ballots)), msg("Who came, all contests together")),))
    yield from _counted(returns, asked, decided)
    if asked.shapes is not None:
        last = returns.select(round=int(returns.ballots["round"].max()))
        yield from attempted_maps(last, asked.shapes, "all")
    shown, notes = _largest(returns)
    table = bare(results(shown))
    listed = _last_rounds(shown, decided, notes)
    yield Chapter("overview", msg("Contest by contest"), (Shown(listed, msg("Who is ahead in the last round")),))
    yield Chapter("details", msg("Each contest in detail"), (_details(table),))


def _largest(returns: Returns) -> tuple[Returns, tuple[Message, ...]]:
    """Return the contests that have a row each, and what is to be said of the others."""
    number = numbered(returns.ballots, VOTE)
    voters = np.bincount(number, whole(returns.ballots["voters"]))
    if len(voters) <= MOST:
        return returns, ()
    largest = np.zeros(len(voters), dtype="bool")
    largest[np.argsort(-voters, kind="stable")[:MOST]] = True
    said = msg(
        "Of {all:count} contests, the {shown:count} with the most voters. “primaire results” shows all.",
        all=len(voters),
        shown=MOST,
    )
    return returns.keep(largest[number]), (said,)


def _by_nuance(returns: Returns) -> Iterator[Chapter]:
    """Yield the votes of all contests by nuance, where candidates have one: the last round first."""
    rounds = []
    for number in sorted(set(returns.ballots["round"].tolist()), reverse=True):
        table = attempted(results, returns.select(round=number), by="nuance")
        if table is not None:
            shown = bare(replace(table, notes=()))
            caption = msg("All contests of round {round}, by nuance", round=number)
            block = Shown(shown, caption, pictured("results", replace(table, notes=())), key_figures=True)
            rounds.append(Chapter(f"nuances-{number}", msg("Round {round}", round=number), (block,)))
    if rounds:
        yield Chapter("nuances", msg("Votes by nuance"), (), tuple(rounds))


def _counted(returns: Returns, asked: Asked, decided: Table | None) -> Iterator[Chapter]:
    if decided is None:
        return
    blocks: list[Block] = []
    elected = decided.frame[decided.frame["fate"] == ELECTED]
    if elected["label"].notna().any():
        counted = elected["label"].fillna("").value_counts(sort=True)
        frame = pd.DataFrame({"label": counted.index.astype("str"), "elected": counted.to_numpy()})
        columns = (Column("label", term("label"), "text"), Column("elected", term("elected"), "count"))
        blocks.append(Shown(Table("elected", msg("Elected"), frame, columns), msg("Elected, by label")))
    facts = attempted(outlook, returns, **asked.law())
    if facts is not None:
        blocks.append(Shown(bare(facts), msg("Outcomes counted")))
    if blocks:
        yield Chapter("outcome", msg("Who is elected"), tuple(blocks))


def _last_rounds(returns: Returns, decided: Table | None, notes: tuple[Message, ...]) -> Table:
    """Return who comes first in the last round of each contest, and why nobody does: one row per contest, in the order of
    the source."""
    figures = tally(returns)
    contest = figures.ballots.groupby(list(VOTE), dropna=False, sort=False)
    last = figures.ballots["round"] == contest["round"].transform("max")
    rows = np.flatnonzero(last.to_numpy())
    rows = rows[np.argsort(contest.ngroup().to_numpy()[rows], kind="stable")]
    came, ahead = turnout_of(figures, rows), winners(figures, rows)
    ballots = figures.ballots.take(rows).reset_index(drop=True)
    status = ballots["status"].astype("str")
    found: dict[str, Any] = {
        **{name: ballots[name].array for name in (*VOTE, "round", *(column.name for column in BALLOTS))},
        "status": status.mask(status == "final"),
        **came.found,
        **ahead.found,
        **_leads(figures, rows, ahead),
    }
    first = pd.DataFrame(found)
    first["fate"] = _fates(first, decided)
    first["departement"] = _departements(returns, first)
    first[AHEAD.name] = ahead_or_why(ahead)
    columns = (*_COLUMNS, *came_columns(came), *_ahead_columns(ahead), *_LEAD)
    frame = first[[column.name for column in columns]]
    section = Section(msg("Contest by contest"), 0, len(frame), notes=notes)
    return Table("contests", msg("Contests"), frame, columns, (section,))


def _leads(figures: Returns, rows: npt.NDArray[np.int64], ahead: Measure) -> dict[str, Any]:
    """Return by how many votes the first is ahead of the second, and how that is known."""
    lines = scores(figures)
    second = lines[(lines["rank"] == 2).fillna(value=False)].drop_duplicates("ballot").set_index("ballot").reindex(rows)  # noqa: PLR2004  the second
    votes, origin = pd.Series(ahead.found["votes"]), pd.Series(ahead.found["votes_origin"])
    return {
        "lead": (votes - second["votes"].reset_index(drop=True)).array,
        "lead_origin": weaker(origin, second["votes_origin"].reset_index(drop=True)),
    }


def _ahead_columns(measure: Measure) -> Iterator[Column]:
    """Yield who comes first, without the second and the points ahead: votes say it here."""
    for column in measure.columns:
        if column.name == "candidate":
            yield AHEAD
        elif column.name not in ("second", "lead"):
            yield column


def _departements(returns: Returns, first: pd.DataFrame) -> Any:
    """Return the departement of each contest, where all of it lies in one."""
    held = returns.ballots[[*VOTE, "departement"]].astype("str").drop_duplicates()
    held = held[~held.duplicated(list(VOTE), keep=False)]
    return first[list(VOTE)].merge(held, on=list(VOTE), how="left")["departement"].to_numpy()


def _fates(first: pd.DataFrame, decided: Table | None) -> Any:
    """Return what becomes of those who come first, where it is known."""
    if decided is None:
        return pd.Series([None] * len(first), dtype="str")
    key = [*VOTE, "round", "candidate"]
    known = decided.frame[[*key, "fate"]].drop_duplicates(key)
    return first[key].merge(known, on=key, how="left")["fate"].to_numpy()


def _details(table: Table) -> Details:
    """Return each contest with the sections of its rounds, the last one first."""
    names = [table.frame[name].tolist() for name in VOTE]
    sections: dict[tuple[Any, ...], list[int]] = {}
    for number, section in enumerate(table.parts()):
        if section.stop > section.start:
            key = tuple(column[section.start] for column in names)
            sections.setdefault(key, []).append(number)
    several = len({election for election, *_ in sections}) > 1
    return Details(
        table,
        tuple(
            Detail(
                msg("{election}: {contest}", election=election, contest=contest)
                if several
                else msg("{contest}", contest=contest),
                tuple(reversed(numbers)),
            )
            for (election, contest, _), numbers in sections.items()
        ),
    )
