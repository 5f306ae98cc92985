"""Transfers: of the electors of each option before, how many went to each option after; and what is certain of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import rates
from primaire.captions import from_to
from primaire.errors import NameUnknownError, NotHeldError
from primaire.exact import HUNDRED
from primaire.flows.cautions import Cautions
from primaire.flows.contests import Flow, flows, places
from primaire.flows.estimates import Estimated, check_memory, estimated
from primaire.flows.merging import merging
from primaire.flows.parts import Divider
from primaire.flows.units import units_of
from primaire.flows.words import alone, assumptions, notes_of, small
from primaire.inference.cores import on_all_cores
from primaire.inference.estimate import MOST_CONTEXT
from primaire.messages import Message, msg, msgn, term
from primaire.schema import LEVELS
from primaire.suggestion import did_you_mean
from primaire.table import Column, Crossed, Section, Sections, Table, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from primaire.flows.merging import Grouped
    from primaire.provenance import Provenance
    from primaire.schema import Returns

COLUMNS: Final = (
    Column("election_before", term("election before"), "text", place="heading"),
    Column("round_before", term("round before"), "count", place="heading"),
    Column("election_after", term("election after"), "text", place="heading"),
    Column("round_after", term("round after"), "count", place="heading"),
    Column("contest_before", term("contest before"), "text", place="heading"),
    Column("contest_after", term("contest after"), "text", place="heading"),
    Column("place", term("place"), "text", place="heading"),
    Column("units", term("units"), "count", place="heading"),
    Column("before", term("before"), "sentence"),
    Column("before_is", term("what it is"), "term", place="hidden"),
    Column("before_label", term("label"), "text", place="hidden"),
    Column("after", term("after"), "sentence"),
    Column("after_is", term("what it is"), "term", place="hidden"),
    Column("after_label", term("label"), "text", place="hidden"),
    Column("share", term("% of before"), "share", decimals=1),
    Column("lower", term("90% interval"), "share", decimals=1, upper="upper", missing=None),
    Column("upper", term("90% interval, at most"), "share", place="hidden"),
    Column("bound_lower_share", term("bounds"), "share", decimals=0, upper="bound_upper_share", missing=None),
    Column("bound_upper_share", term("bounds, at most"), "share", place="hidden"),
    Column("votes", term("electors"), "count"),
    Column("votes_estimated", term("electors, before rounding"), "index", place="hidden"),
    Column("bound_lower", term("bounds in electors"), "count", upper="bound_upper", place="hidden"),
    Column("bound_upper", term("bounds in electors, at most"), "count", place="hidden"),
    Column("before_votes", term("electors before"), "count", place="hidden"),
    Column("after_votes", term("electors after"), "count", place="hidden"),
)

CROSSED: Final = Crossed(
    lines="before",
    columns="after",
    size="before_votes",
    heading=term("electors"),
    views=(
        View(term("of 100 electors of"), "share", beside="lower"),
        View(term("electors of"), "votes", title=msg("The same in electors"), total="after_votes"),
        View(
            term("of 100 electors of"),
            "bound_lower_share",
            title=msg("What is certain: the bounds, from the totals of each unit alone"),
        ),
    ),
)


def transfers(  # noqa: PLR0913  what can be asked of an estimate
    before: Returns,
    after: Returns | None = None,
    *,
    by: str = "contest",
    each: str | None = None,
    over: str = "unit",
    merge_below: float | None = None,
    keep: Sequence[str] = (),
    groups: Mapping[str, str] | Sequence[Grouped] | None = None,
    intervals: bool = True,
    seed: int = 1,
    context: float = 1.0,
    progress: Callable[[float], None] | None = None,
) -> Table:
    """Estimate how many electors of each option of one vote went to each option of the next, from the counts of their units.

    Options are the candidates, blank and null votes (together, where they are published together), abstention, and what
    the roll of each unit gained or lost on balance. Units are the finest that both votes have, matched as by
    :func:`primaire.analysis.swing.swing`; those without all counts are left out, and a note says which. A contest of more
    than 500 units is estimated by constituency, or by other places of 20 to 500 units, whose tables are added up.

    Args:
        before: the earlier vote; or, without ``after``, a data set whose rounds are set against each other.
        after: the later vote, where it is another data set.
        by: a level of places, for the local tables of each estimate: their sums are those of the place. ``contest``: none.
        each: a level of places, to estimate each by itself.
        over: ``unit``: units are those of the source; a level: they are added up to its places first.
        merge_below: candidates with less than this percentage of the registered voters of their side become ``others``, if
            they are two at least. Other options are never put together so.
        keep: names of candidates who stay by themselves.
        groups: options and the groups they are put into, on both sides; or, side by side,
            :class:`primaire.flows.merging.Grouped`. Who is named in none stays by himself.
        intervals: whether 90 % intervals are wanted, which take about as long again; the estimate is the same.
        seed: of the draws behind them.
        context: how much electors lean towards what their unit as a whole does, 0 to 4: 0 not at all, 1 as much as on the
            elections whose true table is known.
        progress: called with the part that is done, 0 to 1.

    Returns:
        One row per contest (and place) and cell, ``before`` and ``after`` being its options, ``before_is`` and
        ``after_is`` what these are. ``share`` is the estimate in per cent of the electors of ``before`` (0 to 100, NA where
        there are none), ``lower`` and ``upper`` its 90 % interval (NA without, and for places, whose errors nobody knows);
        ``votes_estimated`` the same in electors, and ``votes`` in whole numbers whose sums are exactly ``before_votes`` and
        ``after_votes``. ``bound_lower`` to ``bound_upper`` (electors, and in per cent of ``before``) is certain.

    Raises:
        NotHeldError: there are no two votes, or no unit of both that can be used, or only one; the rolls differ too much;
            the memory would not suffice.
        NameUnknownError: ``by``, ``each`` or ``over`` is no level of places; or a name is that of nobody.

    Source:
        Duncan and Davis, American Sociological Review 18 (1953), 665-666 (bounds); docs/transfers.md (the estimate).
    """
    levels = [None if level in {None, "contest"} else _level(str(level)) for level in (by, each)]
    if not 0 <= context <= MOST_CONTEXT:
        raise NameUnknownError(
            msg("The context is a number from 0 to {most}, not {value}.", most=MOST_CONTEXT, value=context)
        )
    units = units_of(before, after, _level(over))
    together = merging(units.votes.left, units.votes.right, below=merge_below, keep=keep, groups=groups)
    local, apart = (None if level is None else places(units, level) for level in levels)
    asked_for = list(flows(units, together, apart))
    several = _several(asked_for)
    check_memory(several, local)
    intervals = intervals and local is None  # there are none of local tables
    divider, steps = Divider(units), _Progress(several, progress)
    divided = [(flow, divider.parts(flow), steps.of(flow)) for flow in several]
    found = list(
        on_all_cores(
            lambda one: estimated(*one[:2], context=context, intervals=intervals, seed=seed, by=local, progress=one[2]),
            divided,
        )
    )
    lonely = [str(flow.place or flow.captions[1].contest) for flow in asked_for if len(flow) == 1]
    notes = (
        *units.notes,
        *alone(lonely),
        *small(merge_below),
        *assumptions(context, seed, intervals=intervals, local=levels[0]),
    )
    return _Shown(found, is_local=local is not None).table(notes, units.votes.provenance)


def units_used(before: Returns, after: Returns | None = None) -> int:
    """Return of how many units :func:`transfers` would take the counts, without the estimate. Raises NotHeldError as it does."""
    units = units_of(before, after)
    return sum(map(len, _several(list(flows(units, merging(units.votes.left, units.votes.right))))))


def _several(asked_for: list[Flow]) -> list[Flow]:
    """Return the flows of more than one unit. Raises NotHeldError where none says anything of who went where."""
    several = [flow for flow in asked_for if len(flow) > 1]
    if not several:
        raise _single(asked_for)
    if all(flow.unchanged for flow in several):
        raise NotHeldError(
            msg("The two votes are the same: each unit has the same counts in both."),
            remedy=msg("Name two votes, or choose them with --before and --after."),
        )
    return several


def _level(word: str) -> str:
    levels = [*LEVELS[1:], "unit"]
    if word in levels:
        return word
    raise NameUnknownError(
        msg("“{word}” is no level of places that tables could be of.", word=word),
        expected=msg("The levels are: {levels}.", levels=levels),
        remedy=did_you_mean(word, levels),
    )


def _single(found: Sequence[Flow]) -> NotHeldError:
    if not found:
        return NotHeldError(msg("No unit is left that can be used."))
    names = [flow.name(0) for flow in found[:5]]
    return NotHeldError(
        msg("There is a single unit ({names}), and its totals alone say nothing of who went where.", names=names)
        if len(found) == 1
        else msg(
            "Each contest or place has a single unit ({names}), whose totals alone say nothing of who went where.",
            names=names,
        ),
        remedy=msg(
            "An estimate compares units: name results by commune or by polling station, or leave --where and --each out."
        ),
    )


def _size(flow: Flow) -> int:
    return int(flow.before.counts.size) * int(flow.after.counts.shape[1])


class _Progress:
    """The parts of several estimates as one, whichever is done first."""

    def __init__(self, several: Sequence[Flow], progress: Callable[[float], None] | None) -> None:
        self._total, self._done = max(sum(map(_size, several)), 1), 0.0
        self._progress, self._one_at_a_time = progress, Lock()

    def of(self, flow: Flow) -> Callable[[float], None] | None:
        """Return what one estimate calls."""
        progress = self._progress
        if progress is None:
            return None
        told = 0.0

        def tell(part: float) -> None:
            nonlocal told
            with self._one_at_a_time:
                self._done += (part - told) * _size(flow)
                told = part
                progress(min(self._done / self._total, 1.0))

        return tell


@dataclass(frozen=True)
class _Shown:
    """The table of what was estimated."""

    found: list[Estimated]
    is_local: bool

    def table(self, notes: tuple[Message, ...], provenance: Provenance) -> Table:
        """Return the answer: a section for each estimate, or for each of its places."""
        shown = [(one, place) for one in self.found for place in range(len(one.cells.names))]
        sizes = [one.cells.votes[0].size for one, _ in shown]
        frame = pd.concat([_rows(one) for one in self.found], ignore_index=True)
        at_the_end = self.is_local and len(self.found) == 1  # it is of all places
        notes = (*(_said(self.found[0]) if at_the_end else ()), *notes)

        def section(at: int, start: int, stop: int) -> Section:
            one, place = shown[at]
            earlier, later = one.flow.captions
            said = () if place or at_the_end else _said(one)
            lead = None if self.is_local else Cautions(one).lead
            return Section(from_to(earlier, later), start, stop, _subtitle(one, place), lead, said)

        sections = Sections(list(accumulate(sizes)), section)
        return Table("transfers", msg("Transfers"), frame, COLUMNS, sections, notes, provenance, crossed=CROSSED)


def _said(one: Estimated) -> tuple[Message, ...]:
    """Return what is to be known of one estimate."""
    return (*one.parts.said, *notes_of(one.flow), *Cautions(one).notes)


def _subtitle(one: Estimated, place: int) -> Message:
    earlier, later = one.flow.captions
    contests = [caption.contest for caption in (later, earlier) if caption.contest != caption.election]
    where = one.cells.names[place] or (None if contests else one.flow.within)
    names = [name for name in (*contests[:1], where) if name]
    units = int(one.cells.units[place])
    if not names:
        return msgn("{n:count} unit", "{n:count} units", units)
    return msgn("{names}: {n:count} unit", "{names}: {n:count} units", units, names=names)


def _rows(one: Estimated) -> pd.DataFrame:
    """Return the cells of an estimate: place by place, option before by option before."""
    cells, flow = one.cells, one.flow
    tables, lines, columns = cells.votes.shape
    earlier, later = flow.captions
    size = cells.votes.size
    before = np.repeat(cells.before, columns)
    voters = np.where(before > 0, before, np.nan)
    options = {"before": flow.before.options, "after": flow.after.options}
    across = {
        "before": np.tile(np.repeat(np.arange(lines), columns), tables),
        "after": np.tile(np.arange(columns), tables * lines),
    }
    filled: dict[str, Any] = {
        "election_before": _repeated(earlier.election, size),
        "round_before": earlier.round,
        "election_after": _repeated(later.election, size),
        "round_after": later.round,
        "contest_before": _repeated(earlier.contest, size),
        "contest_after": _repeated(later.contest, size),
        "place": _named(cells.names, lines * columns),
        "units": np.repeat(cells.units, lines * columns),
        "share": rates(cells.votes.ravel() * HUNDRED / voters),
        "lower": rates(cells.lower.ravel() * HUNDRED),
        "upper": rates(cells.upper.ravel() * HUNDRED),
        "votes": cells.whole.ravel(),
        "votes_estimated": cells.votes.ravel(),
        "bound_lower": cells.low.ravel(),
        "bound_upper": cells.high.ravel(),
        "bound_lower_share": rates(cells.low.ravel() * HUNDRED / voters),
        "bound_upper_share": rates(cells.high.ravel() * HUNDRED / voters),
        "before_votes": before,
        "after_votes": np.repeat(cells.after[:, None, :], lines, axis=1).ravel(),
    }
    for side, held in options.items():
        said, kind = np.empty(len(held), dtype="object"), [option.kind for option in held]
        said[:] = [option.said for option in held]
        filled[side] = said[across[side]]
        filled[f"{side}_label"] = pd.array(
            np.array([option.label for option in held], dtype="object")[across[side]], "str"
        )
        filled[f"{side}_is"] = np.array(kind, dtype="object")[across[side]]
    return pd.DataFrame({column.name: filled[column.name] for column in COLUMNS})


def _repeated(word: str, size: int) -> Any:
    return np.full(size, word, dtype="object")


def _named(names: list[str | None], cells: int) -> Any:
    return pd.array(np.repeat(np.array(names, dtype="object"), cells), dtype="str")
