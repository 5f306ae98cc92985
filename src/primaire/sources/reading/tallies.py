"""Rows that count ballots, not somebody's votes: “Undervotes” among candidates, “Registered Voters” among offices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.captions import FIGURES
from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.sources.meaning.mapping import IGNORED
from primaire.sources.reading.gathered import Figures
from primaire.sources.reading.harvest import MOST_PROBLEMS
from primaire.sources.reading.keys import key_of, numbered_by_first
from primaire.sources.reading.polls import Polls, entries_of, unit_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.people import Person
    from primaire.sources.reading.plan import VotePlan

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_OF_ALL: Final = ("registered", "voters")
"""Figures that an office may be called after, which its rows then count for all offices."""

_NOBODY: Final = -1


@dataclass(frozen=True)
class _Contest:
    """What the name of a contest says.

    Attributes:
        figure: what its rows count, if it is none.
        party: whose it is, where each party has contests of its own.
        real: people stand in it.
    """

    figure: str
    party: str = ""
    real: bool = True


def without_tallies(raw: Raw, found: Polls, name: str, plan: VotePlan, figures: Mapping[str, str]) -> Polls:
    """Turn rows that count ballots into counts of the unit, and leave sums of votes out.

    Args:
        figures: what the rows of a folded name count.

    Raises:
        SourceError: one figure of a unit stands in several rows that differ.
    """
    by_party = set(plan.blocks[0].fields.get("label", ())) & set(plan.contest.columns)
    parties = sorted({person.label for person in found.people if person.label}, key=len) if by_party else []
    contests = [_contest(word, figures, parties) for word in found.contest.words]
    names = [*dict.fromkeys([*figures.values(), IGNORED])]
    contest, person = found.contest.codes[found.entries.row], found.entries.person
    pairs, first = numbered_by_first(key_of([contest.astype("int64"), person.astype("int64")]))
    said = [
        _said(contests[code] if code >= 0 else _Contest(IGNORED), found.people[who], figures, named_parties=parties)
        for code, who in zip(contest[first].tolist(), person[first].tolist(), strict=True)
    ]
    place = np.array([names.index(figure) if figure else _NOBODY for figure, _ in said] or [_NOBODY])[pairs]
    wide = np.array([of_all for _, of_all in said] or [False])[pairs]
    if not (place >= 0).any():
        return found
    group = _groups(found, contests)
    counts = dict(found.counts)
    for at, figure in enumerate(names):
        rows = np.flatnonzero((place == at) & found.entries.votes.known)
        if len(rows) and figure != IGNORED:
            if figure in _OF_ALL:
                of = np.where(wide[rows], group[found.entries.row[rows]], -2 - found.entries.row[rows].astype("int64"))
                _refuse_differing(raw, found, name, figure, rows=rows, of=of)
            counts[figure] = _counted(found, rows, wide[rows], group, counts.get(figure), once=figure in _OF_ALL)
    left = place < 0
    entries = entries_of(found.entries, np.where(left, found.entries.row, -1))
    remaining = np.isin(np.arange(len(found)), entries.row)
    gone = np.isin(np.arange(len(found)), found.entries.row[wide])
    # What stood in rows of its own contest only is no unit of that contest.
    kept = remaining | ~(np.ones(len(found), dtype="bool") if plan.contest.columns else gone)
    notes = _unread(found, contests, contest[(place >= 0) & found.entries.votes.known])
    return replace(found, counts=counts, entries=entries, remarks=(*found.remarks, *notes)).keep(kept)


def _contest(word: str, figures: Mapping[str, str], parties: Sequence[str]) -> _Contest:
    """Return what a contest's name says; longer parties come later among ``parties``."""
    party = next((one for one in reversed(parties) if word.endswith(f" {one}")), "")
    office = fold(word.removesuffix(f" {party}") if party else word)
    figure = figures.get(office, "")
    if figure in _OF_ALL:
        return _Contest(figure, party, real=False)
    if any(office.startswith(f"{known} ") for known, counted in figures.items() if counted in _OF_ALL):
        return _Contest(IGNORED, party, real=False)  # parts of a figure: “Registered Voters - Nonpartisan”
    return _Contest(figure or IGNORED, party)


def _said(
    contest: _Contest, person: Person, figures: Mapping[str, str], *, named_parties: Sequence[str]
) -> tuple[str, bool]:
    """Return what a row counts, nothing if somebody's votes, and whether for all contests of its place."""
    if not person.name:
        return contest.figure, True
    if contest.real:
        return figures.get(fold(person.name), ""), False
    of_party = bool(person.label) and not named_parties
    part = person.name != person.label and figures.get(fold(person.name)) not in (contest.figure, IGNORED)
    return (IGNORED if of_party or part else contest.figure), True


def _groups(found: Polls, contests: Sequence[_Contest]) -> Wholes:
    """Return a number for each unit, the same for all contests of a place; of a party's own, for those of the party."""
    party = [contest.party for contest in contests]
    alone = {contest.party for contest in contests if contest.real and contest.party}
    if len(alone) == 1:  # what is counted for everybody is counted for the only one
        party = [one or next(iter(alone)) for one in party]
    known = {word: code for code, word in enumerate(dict.fromkeys(party))}
    of_contest = np.array([*(known[word] for word in party), -1], dtype="int64")[found.contest.codes]
    number, _ = numbered_by_first(
        key_of([*(column for column in unit_key(found) if column is not found.contest), of_contest])
    )
    return number


def _counted(  # noqa: PLR0913  the rows of one figure, and what they count for
    found: Polls, rows: Wholes, wide: Flags, group: Wholes, before: Figures | None, *, once: bool
) -> Figures:
    """Return a count from rows of entries; a wide one counts for all contests of its group. ``once``: rows repeat it."""
    values = np.zeros(len(found), dtype="int64")
    known = np.zeros(len(found), dtype="bool")
    units, votes = found.entries.row[rows], found.entries.votes.values[rows]
    add = np.maximum if once else np.add
    add.at(values, units[~wide], votes[~wide])
    known[units[~wide]] = True
    if wide.any():
        of_group = np.zeros(int(group.max()) + 1, dtype="int64")
        there = np.zeros(len(of_group), dtype="bool")
        add.at(of_group, group[units[wide]], votes[wide])
        there[group[units[wide]]] = True
        values, known = np.where(known, values, of_group[group]), known | there[group]
    if before is not None:
        values, known = np.where(before.known, before.values, values), before.known | known
    return Figures(values, known)


def _refuse_differing(  # noqa: PLR0913  a figure, its rows, and where they are
    raw: Raw, found: Polls, name: str, figure: str, *, rows: Wholes, of: Wholes
) -> None:
    """Raise SourceError where rows give a figure of one unit (``of``) differently: none is surely the right one."""
    number, first = numbered_by_first(of)
    votes = found.entries.votes.values[rows]
    differing = np.flatnonzero(votes != votes[first[number]])
    if not len(differing):
        return
    problems = tuple(
        Problem(
            msg(
                "{what:term}: differs from {first:count}, which the same unit has on line {line}",
                what=FIGURES.get(figure, figure),
                first=int(votes[first[number[at]]]),
                line=raw.line_at(int(found.positions[found.entries.row[rows[first[number[at]]]]])),
            ),
            name,
            raw.line_at(int(found.positions[found.entries.row[rows[at]]])),
            None,
            str(int(votes[at])),
        )
        for at in differing[:MOST_PROBLEMS].tolist()
    )
    raise SourceError(
        msg("Rows of one unit in “{name}” disagree.", name=name),
        remedy=msg("Perhaps a column that tells units apart is missing or not recognised: name it in a mapping."),
        problems=problems,
    )


def _unread(found: Polls, contests: Sequence[_Contest], counted: Wholes) -> list[Message]:
    """Say which rows that are called like a contest were left out: parts of counts, and counts of no party's contest."""
    held = {contest.party for contest in contests if contest.real and contest.party}
    words = [
        found.contest.words[code]
        for code in np.unique(counted[counted >= 0]).tolist()
        if not contests[code].real
        and (contests[code].figure == IGNORED or (len(held) > 1 and contests[code].party not in held))
    ]
    return [msg("Counts of ballots that are not read: {names}.", names=words)] if words else []
