"""Options put together: by name as the user says, and small candidates by a stated rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.errors import NameUnknownError, Problem
from primaire.flows.options import (
    ABSTENTION,
    BLANK,
    BLANK_NULL,
    CANDIDATE,
    GROUP,
    NULL,
    OTHERS,
    Counted,
    Option,
)
from primaire.matching import fold, pick
from primaire.messages import Message, msg
from primaire.schema import shortened
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from primaire.schema import Returns

SIDES: Final = ("before", "after")

_WORDS: Final = {
    ABSTENTION: ("abstention", "abstentions", "abst", "not voting"),
    BLANK: ("blank", "blanks", "blanc", "blancs"),
    NULL: ("null", "nulls", "nul", "nuls", "invalid", "spoilt"),
    BLANK_NULL: ("blank and null", "blancs et nuls", "blank null", "blancs nuls"),
}
"""What people call the options that are no candidates."""


@dataclass(frozen=True)
class Grouped:
    """One line of what is put together.

    Attributes:
        option: the name of a candidate, or a part of it, a label, or abstention, blank, null.
        group: what it is put into.
        side: ``before`` or ``after``; None for both.
        file, line: where it is written.
    """

    option: str
    group: str
    side: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Merging:
    """What is put together on one side: groups by the options' names and kinds, and the rule for the small.

    Attributes:
        groups: the group of each candidate's name, or of a kind.
        keep: names that no rule puts together.
        below: per cent of the registered voters below which candidates are small; None for no rule.
    """

    groups: Mapping[str, str]
    keep: frozenset[str]
    below: float | None

    def of(self, counted: Counted) -> Counted:
        """Return the options put together. Every unit's total stays."""
        return self._small(self._grouped(counted))

    def _grouped(self, counted: Counted) -> Counted:
        wanted = [self.groups.get(option.name or option.kind) for option in counted.options]
        if not any(wanted):
            return counted
        names = list(dict.fromkeys(filter(None, wanted)))
        groups = [counted.taken([place for place, group in enumerate(wanted) if group == name]) for name in names]
        rest = counted.taken([place for place, group in enumerate(wanted) if group is None])
        people = sum(option.kind == CANDIDATE for option in rest.options)
        both = Counted(
            (*(Option(GROUP, name, parts=of.options) for name, of in zip(names, groups, strict=True)), *rest.options),
            np.column_stack([*(of.counts.sum(axis=1) for of in groups), rest.counts]),
        )
        named = list(range(len(names) + people))
        named.sort(key=lambda place: -both.counts[:, place].sum())
        return both.taken([*named, *range(len(named), len(both.options))])

    def _small(self, counted: Counted) -> Counted:
        if self.below is None:
            return counted
        total, registered = counted.counts.sum(axis=0), counted.counts.sum()
        small = [
            place
            for place, option in enumerate(counted.options)
            if option.kind == CANDIDATE
            and option.name not in self.keep
            and 100 * total[place] < self.below * registered
        ]
        if len(small) < 2:  # noqa: PLR2004  one alone stays who it is
            return counted
        stay = [place for place in range(len(counted.options)) if place not in small]
        named = sum(counted.options[place].kind in {CANDIDATE, GROUP} for place in stay)
        others = counted.taken(small)
        both = counted.taken(stay).joined(Option(OTHERS, parts=others.options), others.counts.sum(axis=1))
        return both.taken([*range(named), len(stay), *range(named, len(stay))])


def merging(
    before: Returns,
    after: Returns,
    *,
    below: float | None = None,
    keep: Sequence[str] = (),
    groups: Mapping[str, str] | Sequence[Grouped] | None = None,
) -> tuple[Merging, Merging]:
    """Return what is put together on either side, names being looked up among those who stood.

    Raises:
        NameUnknownError: a name is that of nobody, or of several where one is meant; a side is neither before nor after;
            an option is in two groups.
    """
    lines = [Grouped(*each) for each in groups.items()] if isinstance(groups, Mapping) else list(groups or ())
    people = [_People.of(side) for side in (before, after)]
    kept = frozenset(name for wanted in keep for name in _kept(wanted, people))
    chosen = _chosen(lines, people)
    one, other = (Merging(each, kept, below) for each in chosen)
    return one, other


@dataclass(frozen=True)
class _People:
    """Who stood on one side, by name and by label."""

    names: tuple[str, ...]
    labels: dict[str, list[str]]

    @classmethod
    def of(cls, figures: Returns) -> _People:
        people = figures.candidates
        labels: dict[str, list[str]] = {}
        for name, label in zip(people["candidate"], people["label"], strict=True):
            if isinstance(label, str):
                labels.setdefault(fold(label), []).append(name)
        return cls(tuple(dict.fromkeys(people["candidate"])), labels)

    def called(self, wanted: str) -> list[str]:
        """Return the names, or the kind, that a word means: the same name, else a label, else a part of a name."""
        found = pick(wanted, self.names)
        exact = [name for name in found if fold(name) == fold(wanted)]
        if exact:
            return exact
        kind = next((kind for kind, words in _WORDS.items() if fold(wanted) in words), None)
        return [kind] if kind else self.labels.get(fold(wanted), found)


def _kept(wanted: str, people: list[_People]) -> list[str]:
    found = [name for side in people for name in side.called(wanted)]
    if not found:
        raise NameUnknownError(
            msg("No option is called “{name}” in either vote.", name=wanted), remedy=_nearest(wanted, people)
        )
    return found


def _chosen(lines: Iterable[Grouped], people: list[_People]) -> list[dict[str, str]]:
    """Return the group of each name on either side. Raises NameUnknownError with every line that means nothing."""
    chosen: list[dict[str, str]] = [{}, {}]
    problems = []
    for line in lines:
        mistake = _wrong(line, people, chosen)
        if mistake is not None:
            problems.append((line, mistake))
            continue
        for at in _places(line):
            chosen[at].update(dict.fromkeys(people[at].called(line.option), line.group))
    if problems:
        first = problems[0][0]
        listed = tuple(Problem(said, line.file, line.line, value=line.option) for line, said in problems)
        raise NameUnknownError(
            msg("“{name}” cannot be put into the group “{group}”.", name=first.option, group=first.group),
            remedy=_nearest(first.option, people),
            problems=listed,
        )
    return chosen


def _places(line: Grouped) -> list[int]:
    return [0, 1] if line.side is None else [SIDES.index(line.side)]


def _wrong(line: Grouped, people: list[_People], chosen: list[dict[str, str]]) -> Message | None:
    """Return what is wrong with a line; None where it says what it means."""
    if line.side is not None and line.side not in SIDES:
        return msg("is for the side “{side}”, which is before, after or left empty", side=line.side)
    found = {at: people[at].called(line.option) for at in _places(line)}
    if not any(found.values()):
        return msg("means no option")
    for at, names in found.items():
        labelled = set(names) <= set(people[at].labels.get(fold(line.option), ()))
        if len(names) > 1 and not labelled:
            return msg("could mean each of: {names}", names=shortened(names, 5))
        twice = next((name for name in names if chosen[at].get(name, line.group) != line.group), None)
        if twice is not None:
            return msg("is in the group “{group}” already", group=chosen[at][twice])
    return None


def _nearest(wanted: str, people: list[_People]) -> Message:
    names = list(dict.fromkeys(name for side in people for name in side.names))
    kinds = [ABSTENTION, BLANK, NULL]
    return did_you_mean(wanted, [*names, *(word for name in names for word in name.split())]) or msg(
        "The options are: {names}; and {kinds:term}.", names=shortened(names), kinds=kinds
    )
