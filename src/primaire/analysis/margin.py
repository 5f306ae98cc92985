"""Margin: how near everything was that votes decide, and how many ballots overturn it, as the judge of elections asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import column
from primaire.captions import HEADING, Lines, by_nuance, count_columns, heading, repeated
from primaire.margins.contests import Answer, Contest, Hypotheses, margins_in, only_led
from primaire.margins.notes import fates_of, notes_of, notes_of_all, seats_changed
from primaire.margins.words import (
    margins_lead,
    part_lead,
    part_shifted,
    part_unknown,
    shifted_lead,
    unknown_lead,
)
from primaire.messages import Message, msg, msgn, term
from primaire.outcomes.judged import rules_said
from primaire.outcomes.refusal import unjudged
from primaire.outcomes.verdict import Heard
from primaire.table import Column, Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.rules.rule import Rule
    from primaire.schema import Returns

MANY: Final = 12
"""Contests and rounds above which all margins are one list."""

_NOT_PUBLISHED: Final = term("not published")
_STANDS: Final = Column("stands", term("stands"), "flag", missing=term("–"))
_OPEN_FROM: Final = Column("open_from", term("open from (electors)"), "count", missing=term("settled"))
_BEFORE: Final = (
    Column("margin_before", term("before"), "change"),
    Column("deduct_before", term("deducted, before"), "count", place="hidden"),
    Column("add_before", term("added, before"), "count", place="hidden"),
)
_TYPES: Final = {
    "margin_of": "str",
    "condition": "str",
    "candidate": "str",
    "against": "str",
    "votes": "Int64",
    "bar": "Int64",
    "margin": "Int64",
    "margin_before": "Int64",
    "deduct_before": "Int64",
    "add_before": "Int64",
    "deduct": "Int64",
    "add": "Int64",
    "ballots": "Int64",
    "share_valid": "Float64",
    "stands": "boolean",
    "open_from": "Int64",
    "decides": "boolean",
    "article": "str",
    "rule": "str",
    "assumed_whole": "boolean",
}


def margin(  # noqa: PLR0913  what can be supposed of ballots
    returns: Returns,
    *,
    rules: Sequence[Rule] | None = None,
    seats: int | None = None,
    assume_whole: bool = False,
    deduct: int = 0,
    add: int = 0,
    annul: Sequence[str] = (),
    unknown: Sequence[tuple[str, int | None]] = (),
    of: Sequence[str] = (),
) -> Table:
    """Say how near everything was that votes decide, and how many ballots overturn it.

    Ballots are deducted from, and added for, whomever overturns a point with the fewest; valid votes and the majority are
    computed again, the registered voters and the voters stay. A tie overturns.

    Args:
        returns: as read. Units without votes of anybody, among others that have some, are not counted yet: their voters, or
            where these are not published their registered voters, may vote for anybody, or not at all.
        rules, seats, assume_whole: as for :func:`primaire.analysis.outcome.outcome`.
        deduct, add: how many ballots are supposed to be deducted, or added: ``stands`` says what holds all the same.
        annul: names or codes of units whose ballots do not count; their registered voters stay on the roll.
        unknown: units whose ballots are not known, each with its electors; None for all registered voters of a unit in the
            data, whose published ballots are then left out, and for a number not published of any other. A unit that is
            not in the data adds its electors to the registered voters.
        of: what margins are wanted, of :data:`primaire.margins.found.MARGINS`; none for all.

    Returns:
        One row per contest, round and margin, contests and rows in the order of ``ballots``, the closest first; of more than
        :data:`MANY` contests, all as one list, what decides first. With units named, only their contests. ``votes`` are
        those of ``candidate``; ``bar`` the votes needed, or those of ``against``; ``margin`` is votes above (0 and more) or short of it. ``deduct`` and ``add`` are the fewest ballots
        that overturn it, NA where no number does, ``ballots`` the smaller, ``share_valid`` that in per cent of valid votes.
        ``decides`` tells whether the outcome of the round hangs on it. ``stands`` is there with ``deduct``, ``add`` or
        unknown electors, ``open_from`` with these, ``margin_before`` with ``annul``.

    Raises:
        NotHeldError: no contest has a margin; a unit is not there; more ballots are deducted than are valid; it is not clear
            to which contest an unknown unit belongs.
        NameUnknownError: a unit is annulled and unknown at once, or twice unknown with other numbers.
    """
    supposed = Hypotheses(deduct, add, tuple(annul), tuple(unknown), tuple(of))
    answer = margins_in(returns, supposed, rules=rules, seats=seats, assume_whole=assume_whole)
    shown = _Shown(answer, supposed)
    return shown.one_list() if len(answer.contests) > MANY else shown.by_contest()


class _Shown:
    """The table of an answer."""

    def __init__(self, answer: Answer, supposed: Hypotheses) -> None:
        self._answer = answer
        self._supposed = supposed
        self._found = answer.found
        self._waiting = any(contest.unknown for contest in answer.contests)
        self._before = {} if answer.before is None else {each.case.ballot: each for each in answer.before}

    def by_contest(self) -> Table:
        """Return a section for each contest."""
        contests = self._answer.contests
        stops, stop = [], 0
        for contest in contests:
            stop += len(contest.margins)
            stops.append(stop)

        def section(place: int, start: int, stop: int) -> Section:
            contest = contests[place]
            caption = self._found.told[contest.case.ballot]
            return Section(
                caption.title,
                start,
                stop,
                caption.subtitle,
                self._lead(contest),
                tuple(notes_of(contest, caption, self._supposed)),
            )

        return self._table(self._columns(), self._frame(), Sections(stops, section), msg("Margins"))

    def one_list(self) -> Table:
        """Return one list of all contests, closest first."""
        frame = self._frame()
        key = "open_from" if self._waiting else "ballots"
        frame = frame.sort_values(key, kind="stable", na_position="last")
        frame = frame.sort_values("decides", kind="stable", ascending=False, ignore_index=True)
        apart = {name for name in ("election", "round", "decides") if len(frame[name].unique()) > 1} | {"contest"}
        columns = [
            Column(
                each.name,
                each.label,
                each.kind,
                each.decimals,
                "body" if each.name in apart else "hidden" if each.place in {"foot", "heading"} else each.place,
                each.missing,
                each.origin,
                each.places,
            )
            for each in self._columns()
        ]
        elections = frame["election"].unique().tolist()
        title = msg("Margins: {election}", election=elections[0]) if len(elections) == 1 else msg("Margins")
        sections = (Section(title, 0, len(frame), lead=self._lead_of_all()),)
        return self._table(tuple(columns), frame, sections, title)

    def _table(
        self, columns: tuple[Column, ...], frame: pd.DataFrame, sections: Sequence[Section], title: Message
    ) -> Table:
        # Where the lead alone is told, the section says why.
        rest = [each for each in unjudged(self._found) if not self._led()]
        notes = (*notes_of_all(self._answer, self._supposed), *rest, *rules_said(self._found))
        return Table("margin", title, frame, columns, sections, notes, self._found.figures.provenance)

    def _led(self) -> bool:
        return all(case.verdict is not None or only_led(self._found, case) for case in self._found.cases)

    def _columns(self) -> tuple[Column, ...]:
        """Return the columns: those of hypotheses only where they were made."""
        candidate = Column("candidate", term("candidate"), "term" if by_nuance(self._found.figures) else "text")
        return (
            *HEADING,
            Column("margin_of", term("margin"), "term"),
            Column("condition", term("condition"), "text", place="hidden", missing=None),
            candidate,
            Column("against", term("against"), "text", missing=None),
            Column("votes", term("votes"), "count"),
            Column("bar", term("needed / rival's"), "count", missing=None),
            Column("margin", term("by votes"), "change", missing=None),
            *(_BEFORE if self._supposed.annul else ()),
            Column("deduct", term("deducted"), "count", missing=term("no number")),
            Column("add", term("added back"), "count", missing=term("no number")),
            Column("ballots", term("ballots"), "count", place="hidden", missing=None),
            Column("share_valid", term("% of valid"), "share", missing=None),
            *((_STANDS,) if self._supposed.shift or self._waiting else ()),
            *((_OPEN_FROM,) if self._waiting else ()),
            Column("decides", term("decides"), "flag", place="hidden"),
            Column("article", term("article"), "term", missing=None),
            *count_columns("registered", term("Registered"), _NOT_PUBLISHED),
            *count_columns("valid", term("Valid"), _NOT_PUBLISHED),
            Column("rule", term("rule"), "text", place="hidden"),
            Column("assumed_whole", term("assumed to be the whole contest"), "flag", place="hidden"),
        )

    def _frame(self) -> pd.DataFrame:
        cells: dict[str, list[Any]] = {name: [] for name in _TYPES}
        ballots: list[int] = []
        valid = Lines(self._found.figures.ballots)["valid"]
        for contest in self._answer.contests:
            ballots += [contest.case.ballot] * len(contest.margins)
            for row in self._rows(contest, valid[contest.case.ballot]):
                for name, value in row.items():
                    cells[name].append(value)
        frame = pd.DataFrame({name: column(values, _TYPES[name]) for name, values in cells.items() if values})
        names = [f"{count}{end}" for count in ("registered", "valid") for end in ("", "_origin")]
        at = np.array(ballots, dtype="int64")
        frame = pd.concat([frame, pd.DataFrame(repeated(self._found.figures.ballots, names, at))], axis=1)
        told = heading(self._found.told, frame.assign(ballot=at))
        return told[[each.name for each in self._columns()]]

    def _rows(self, contest: Contest, valid: int | None) -> list[dict[str, Any]]:
        rule, before = contest.case.ruling.rule, self._margins_before(contest)
        valid = valid if valid is not None else sum(contest.votes)
        rows = []
        for each, opens in zip(contest.margins, contest.opens, strict=True):
            name = contest.names[each.candidate]
            old = before.get((each.of, str(each.condition), name))
            rows.append(
                {
                    "margin_of": each.of,
                    "condition": None if each.condition is None else str(each.condition),
                    "candidate": name,
                    "against": None if each.against is None else contest.names[each.against],
                    "votes": each.votes,
                    "bar": each.bar,
                    "margin": each.margin,
                    "margin_before": old and old.margin,
                    "deduct_before": old and old.deduct,
                    "add_before": old and old.add,
                    "deduct": each.deduct,
                    "add": each.add,
                    "ballots": each.ballots,
                    "share_valid": None if each.ballots is None or not valid else 100 * each.ballots / valid,
                    "stands": contest.stands(each, self._supposed.shift),
                    "open_from": opens,
                    "decides": each.decides,
                    "article": each.article,
                    "rule": rule.name if rule and contest.case.verdict else None,
                    "assumed_whole": contest.case.ruling.assumed,
                }
            )
        return rows

    def _margins_before(self, contest: Contest) -> dict[tuple[str, str, str], Any]:
        before = self._before.get(contest.case.ballot)
        if before is None:
            return {}
        return {(each.of, str(each.condition), before.names[each.candidate]): each for each in before.margins}

    def _lead(self, contest: Contest) -> Message:
        """Say what matters most of one contest."""
        if contest.case.verdict is None:
            return self._lead_of_part(contest)
        round_ = self._found.told[contest.case.ballot].round
        lead = self._what_if(contest, round_) or margins_lead(contest.margins, contest.names, round_)
        change = self._changed_by_annulling(contest)
        return msg("{change} {lead}", change=change, lead=lead) if change is not None else lead

    def _lead_of_part(self, contest: Contest) -> Message:
        """Say who leads where nobody can be elected: nothing is said of an outcome."""
        reason, margins, names = contest.case.ruling.reason, contest.margins, contest.names
        if self._supposed.shift is not None:
            return part_shifted(reason, margins, names, self._supposed.shift)
        if contest.unknown is not None:
            return part_unknown(reason, margins, contest.opens[0], names, contest.unknown)
        return part_lead(reason, margins, names)

    def _what_if(self, contest: Contest, round_: int) -> Message | None:
        """Say what hypotheses make of a contest; None where there are none."""
        if self._supposed.shift is not None:
            return shifted_lead(contest.margins, contest.names, round_, self._supposed.shift)
        if contest.unknown is not None:
            return unknown_lead(contest.margins, contest.opens, contest.names, round_, contest.unknown)
        return None

    def _changed_by_annulling(self, contest: Contest) -> Message | None:
        """Say what the outcome is without the annulled units, and what it was with them; None where none are annulled."""
        before, case = self._before.get(contest.case.ballot), contest.case
        if before is None or case.verdict is None or before.case.verdict is None:
            return None
        after = self._heard(contest)
        if fates_of(before) != fates_of(contest):
            return msg("Without these units: “{after}” Before: “{before}”", after=after, before=self._heard(before))
        if before.seats != contest.seats:
            return seats_changed(before, contest)
        if case.rule.seats is not None and contest.seats is None and case.verdict.settled:
            return msg("Without these units, the same lists share the seats. {after}", after=after)
        return msg("Without these units, the outcome is the same. {after}", after=after)

    def _heard(self, contest: Contest) -> Message | None:
        if contest.case.verdict is None:
            return None
        round_ = self._found.told[contest.case.ballot].round
        return Heard(contest.case.rule, round_, contest.case.verdict, contest.names, contest.votes).lead

    def _lead_of_all(self) -> Message:
        """Say which contest is the closest of all."""
        if self._supposed.shift is not None:
            fallen = sum(
                any(each.decides and contest.stands(each, self._supposed.shift) is False for each in contest.margins)
                for contest in self._answer.contests
            )
            if not fallen:
                return msg(
                    "In none of {all:count} contests and rounds would these ballots change the outcome.",
                    all=len(self._answer.contests),
                )
            return msgn(
                "In {n:count} of {all:count} contests and rounds, the outcome would not stand.",
                "In {n:count} of {all:count} contests and rounds, the outcome would not stand.",
                fallen,
                all=len(self._answer.contests),
            )
        known = [(nearest, each) for each in self._answer.contests if (nearest := each.nearest) is not None]
        if not known:
            return msg("No number of ballots overturns anything here.")
        contest = min(known, key=lambda pair: pair[0])[1]
        caption = self._found.told[contest.case.ballot]
        return msg(
            "The closest of {n:count} contests and rounds: {where}. {lead}",
            n=len(self._answer.contests),
            where=caption.subtitle or caption.place,
            lead=self._lead(contest),
        )
