"""Diff: what happened between publications of one result, and whether counting more votes explains it."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import rates
from primaire.captions import HEADING, Lines, origin_column, percent
from primaire.errors import NameUnknownError
from primaire.exact import HUNDRED
from primaire.matching import fold
from primaire.messages import Message, msg, term
from primaire.provenance import Provenance
from primaire.publications.between import brought_together
from primaire.publications.chance import EFFECTS
from primaire.publications.judgement import (
    COUNTS_STAY,
    LEVEL,
    RATIO,
    SHARES_STAY,
    SIGNATURE,
)
from primaire.publications.sentences import IN_WORDS, lead, method, on_base, on_figures, on_tests
from primaire.publications.steps import ADDED, GONE, LOWERED, REVISED, UNITS, Step
from primaire.publications.update import WHOLES
from primaire.schema import weaker
from primaire.scores import scores
from primaire.table import Column, Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.captions import Caption
    from primaire.publications.chance import Chance
    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]

_CHANCES: Final = {
    **{f"p_{name}": (name, 0) for name in (SIGNATURE, RATIO)},
    **{
        f"p_{name}_{effect}": (name, place)
        for name in (SHARES_STAY, COUNTS_STAY)
        for place, effect in enumerate(EFFECTS)
    },
}


_LABELS: Final = {
    SIGNATURE: term("probability that new counts are the old percentages of the new total"),
    RATIO: term("probability that new counts are the old ones times one ratio"),
    SHARES_STAY: term("probability that printed shares move as little"),
    COUNTS_STAY: term("probability that votes keep one ratio as nearly"),
}


def _of_total(name: str, label: str) -> tuple[Column, ...]:
    """Return the columns of a total below the rows: after, before and the change."""
    return (
        Column(f"{name}_after", label, "count", place="foot", missing=None),
        Column(f"{name}_before", term("before"), "count", place="foot", missing=None, beside=f"{name}_after"),
        Column(f"{name}_change", term("change"), "change", place="foot", missing=None, beside=f"{name}_after"),
    )


def _of_side(side: str, share: str) -> tuple[Column, ...]:
    return (
        Column(
            f"share_{side}",
            share,
            "share",
            missing=None,
            origin=f"share_{side}_origin",
            places=f"share_{side}_decimals",
        ),
        origin_column(f"share_{side}_origin"),
        Column(f"share_{side}_decimals", term("decimals published"), "count", place="hidden"),
    )


_COLUMNS: Final = (
    Column("before", term("before"), "text", place="heading"),
    Column("after", term("after"), "text", place="heading"),
    *HEADING,
    Column("base", term("shares of"), "term", place="heading"),
    Column("candidate", term("candidate"), "text"),
    Column("votes_before", term("votes before"), "count", missing=None, origin="votes_before_origin"),
    origin_column("votes_before_origin"),
    Column("votes_after", term("votes after"), "count", missing=None, origin="votes_after_origin"),
    origin_column("votes_after_origin"),
    Column("change", term("change"), "change", missing=None, origin="change_origin"),
    origin_column("change_origin"),
    *_of_side("before", term("% before")),
    *_of_side("after", term("% after")),
    Column("ratio", term("ratio"), "factor", decimals=5, missing=None, origin="change_origin"),
    Column("share_added", term("% of what was added"), "share", missing=None, origin="change_origin"),
    *_of_total("voters", term("Voters after")),
    *_of_total("valid", term("Valid after")),
    Column(ADDED, term("Units added"), "count", place="hidden"),
    Column(GONE, term("Units gone"), "count", place="hidden"),
    Column(REVISED, term("Units revised"), "count", place="hidden"),
    Column(LOWERED, term("Units where votes went down"), "count", place="hidden"),
    Column("finding", term("finding"), "term", place="hidden"),
    Column("to_check", term("to be checked"), "flag", place="hidden"),
    Column("tests", term("tests made"), "count", place="hidden"),
    *(Column(name, _LABELS[test], "index", place="hidden") for name, (test, _) in _CHANCES.items()),
    Column("p_corrected", term("smallest probability times the number of tests"), "index", place="hidden"),
    Column("fewer_decimals", term("with fewer decimals"), "count", place="hidden"),
    Column("p_fewer_decimals", term("all shares the same: probability"), "index", place="hidden"),
)


def diff(
    publications: Sequence[tuple[str, Returns]], *, by: str | Sequence[str] = "contest", level: float = LEVEL
) -> Table:
    """Set each publication of a result against the next one.

    Args:
        publications: what each is called, and its figures as read, the earliest first.
        by: what units are added up by; see :func:`primaire.tally.tally`.
        level: how often honest counting may raise a false alarm between two publications, above 0 and below 1.

    Returns:
        One row per two publications, contest and round (or place) and candidate. ``votes_before``, ``votes_after``, their ``change`` and
        ``ratio`` (after / before); ``share_before``, ``share_after`` (% of ``base``: of what printed percentages are, else
        of valid votes) and ``share_added``, the share of the candidate among the ballots that were added. NA where a
        figure that is needed is not known. Repeated on each row: ``voters_*`` and ``valid_*``; ``units_*``, how many units were
        added, are gone, were revised or lost votes (NA where there are none to compare); ``finding``, one of
        :data:`primaire.publications.judgement.FINDINGS`, and ``to_check``; and the probabilities of the tests, 0 to 1, NA for a test
        that does not apply: ``p_signature`` and ``p_ratio``, ``p_constant_shares_*`` and ``p_constant_counts_*`` by design effect,
        ``p_corrected``, the smallest of those that decide times the number of tests of all contests (at most 1); ``tests``, how
        many were made of this one; and ``fewer_decimals`` with ``p_fewer_decimals``, how often all shares would be the same when
        printed with so many. See :mod:`primaire.publications`.

    Raises:
        NotHeldError: there are fewer than two publications, or two are not of the same result.
        NameUnknownError: ``by`` is not one of those that exist, or ``level`` not between 0 and 1.
    """
    if not 0 < level < 1:
        raise NameUnknownError(msg("The level {level} is not between 0 and 1.", level=level))
    steps = [Step.of(found, level) for found in brought_together(publications, by)]
    frame = pd.concat([_rows(step) for step in steps], ignore_index=True)
    made = any(judgement.examined.chances for step in steps for judgement in step.judgements)
    return Table(
        name="diff",
        title=msg("Publications of one result"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=_sections(steps, frame, level),
        notes=(*method(level, made), *(note for step in steps for note in step.notes)),
        provenance=reduce(add, (found.provenance for _, found in publications), Provenance()),
    )


def _rows(step: Step) -> pd.DataFrame:
    """Return the rows of two publications."""
    found, rows, pair = step.found, step.found.sides.frame, step.found.sides.pair
    facts = found.pairs.right.facts.take(found.pairs.other[pair]).reset_index(drop=True)
    bases = [None if update.doubtful else update.base for update in step.updates]
    columns = {
        "before": found.labels[0],
        "after": found.labels[1],
        **{column.name: facts[column.name] for column in HEADING},
        "base": np.array(bases, dtype="object")[pair],
        "candidate": rows["candidate"],
        **{
            f"{name}_{side}{end}": rows[f"{name}_{side}{end}"]
            for name in ("votes",)
            for side in ("before", "after")
            for end in ("", "_origin")
        },
        **_changes(rows),
        **_shares(step, np.array([update.base for update in step.updates])[pair]),
        **_totals(step, pair),
        **{name: _sum(step, name, pair) for name in UNITS},
        **{name: pd.Series(values).take(pair).array for name, values in _judged(step).items()},
    }
    frame = pd.DataFrame(columns)
    told = np.argsort(np.argsort(step.order)[pair], kind="stable")
    return frame.assign(share_added=_share_added(frame, pair)).take(told)


def _changes(rows: pd.DataFrame) -> dict[str, Any]:
    before, after = rows["votes_before"], rows["votes_after"]
    return {
        "change": after - before,
        "ratio": pd.Series(percent(after, before)) / HUNDRED,
        "change_origin": weaker(rows["votes_before_origin"], rows["votes_after_origin"]),
    }


def _shares(step: Step, base: Any) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    sides = step.found.sides
    for side, figures, at in (
        ("before", step.found.before, sides.left_rows),
        ("after", step.found.after, sides.right_rows),
    ):
        held = scores(figures)
        for end in ("", "_origin", "_decimals"):
            of_base = [held[f"share_{name}{end}"].take(np.maximum(at, 0)).mask(at < 0).array for name in WHOLES]
            columns[f"share_{side}{end}"] = pd.Series(of_base[0]).where(base == WHOLES[0], pd.Series(of_base[1]))
    return columns


def _totals(step: Step, pair: Wholes) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name in WHOLES:
        before = step.found.before.ballots[name].array.take(step.found.pairs.one[pair])
        after = step.found.after.ballots[name].array.take(step.found.pairs.other[pair])
        columns |= {f"{name}_before": before, f"{name}_after": after, f"{name}_change": after - before}
    return columns


def _sum(step: Step, name: str, pair: Wholes) -> Any:
    if step.sums is None:
        return pd.array([None] * len(pair), dtype="Int64")
    return pd.array(step.sums[name][pair], dtype="Int64")


def _judged(step: Step) -> dict[str, Any]:
    every = step.judgements
    chances = {
        name: [_value(one.examined.chances.get(test, ()), place) for one in every]
        for name, (test, place) in _CHANCES.items()
    }
    fewer = [one.examined.fewer for one in every]
    return {
        "finding": pd.array([one.finding for one in every], dtype="str"),
        "to_check": [one.flagged for one in every],
        "tests": [len(one.examined.chances) for one in every],
        **{name: rates(np.array(values, dtype="float64")) for name, values in chances.items()},
        "p_corrected": rates(np.array([one.corrected.value if one.corrected else np.nan for one in every])),
        "fewer_decimals": pd.array([one[0] if one else None for one in fewer], dtype="Int64"),
        "p_fewer_decimals": rates(np.array([one[1].value if one else np.nan for one in fewer])),
    }


def _value(chances: Sequence[Chance], place: int) -> float:
    return chances[place].value if place < len(chances) else float("nan")


def _share_added(frame: pd.DataFrame, pair: Wholes) -> Any:
    """Return each candidate's part of the ballots of the base that were added, in per cent.

    NA where none were, and where any were taken away: from a candidate of the contest, or with units that are gone or revised.
    """
    added = frame["voters_change"].where(frame["base"] == WHOLES[0], frame["valid_change"])
    taken = (frame["change"] < 0).fillna(False) | (frame[GONE] > 0).fillna(False) | (frame[REVISED] > 0).fillna(False)
    taken = taken.astype("bool").groupby(pair).transform("any")
    return percent(frame["change"].astype("Int64"), added.astype("Int64").mask((added <= 0) | taken))


def _sections(steps: Sequence[Step], frame: pd.DataFrame, level: float) -> Sections:
    places = [(step, pair) for step in steps for pair in step.order]
    sizes = [size for step in steps for size in np.diff([0, *step.found.sides.stops])[step.order].tolist()]
    names = Lines(frame)["candidate"]

    def section(at: int, start: int, stop: int) -> Section:
        step, pair = places[at]
        earlier, caption = step.found.pairs.captions(pair)
        update, judgement = step.updates[pair], step.judgements[pair]
        around = step.around(pair)
        sentence = lead(judgement, update, names[start:stop], around, level)
        for first in reversed(step.overview if pair == step.order[0] else ()):
            sentence = msg("{first} {second}", first=first, second=sentence)
        place, labels = caption.subtitle or caption.place, step.found.labels
        subtitle = (
            msg("{place}: {before} → {after}", place=place, before=labels[0], after=labels[1])
            if update.doubtful
            else msg(
                "{place}: {before} → {after}, in % of {base:term}",
                place=place,
                before=labels[0],
                after=labels[1],
                base=IN_WORDS[update.base],
            )
        )
        notes = (
            *on_figures(judgement, update, around),
            *step.on_units(pair),
            *step.on_others(pair),
            *on_tests(judgement, update, names[start:stop], level),
            *on_base(judgement, update),
            *_on_source(caption),
        )
        return Section(_title(earlier, caption), start, stop, subtitle, sentence, tuple(notes), step.folded(pair))

    return Sections(np.cumsum(sizes).tolist(), section)


def _on_source(caption: Caption) -> tuple[Message, ...]:
    return (*((caption.doubt,) if caption.doubt else ()), *caption.remarks)


def _title(earlier: Caption, caption: Caption) -> Message:
    """Return the title of a contest; without the election, where each file calls it by its own name."""
    if fold(earlier.election) == fold(caption.election):
        return caption.title
    if caption.date is None:
        return msg("Round {round}", round=caption.round)
    return msg("Round {round}, {date:date}", round=caption.round, date=caption.date)
