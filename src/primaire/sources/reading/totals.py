"""Rows that are totals of others: recognised, compared with what they sum, and left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.captions import FIGURES
from primaire.matching import fold
from primaire.messages import msg, msgn
from primaire.provenance import Found
from primaire.schema import LEVELS, PLACES
from primaire.sources.reading.codes import within
from primaire.sources.reading.geography import cities_counted_twice, commune_code, is_arrondissement
from primaire.sources.reading.keys import key_of
from primaire.sources.reading.unvoted import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.gathered import Coded
    from primaire.sources.reading.polls import Polls

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

MOST_COMPARED: Final = 2_000
"""Totals that are compared with what they sum: each takes a look at all rows."""

_TOTAL = re.compile(
    r"\s*(?:(?:sous[- ]|grand )?tota(?:l|ux)\b.*|ensemble|cumul|summe|france(?: (?:enti[eè]re|m[eé]tropolitaine))?|m[eé]tropole|national|all precincts|.*\btotals?)\s*",
    re.IGNORECASE,
)


_WHOLE = (
    b"ensemble\n",
    b"cumul\n",
    b"summe\n",
    b"national\n",
    b"france\n",
    b"france e",
    b"france m",
    b"all precincts\n",
)
_MAY_BE_TOTAL = (
    *(b"total", b"totaux", b"tropole"),
    *(b"\n" + word for word in _WHOLE),
    *(b'\n"' + word.replace(b"\n", b'"\n') for word in _WHOLE),
)
"""What stands in the words of a column, each a line and perhaps in quotes, where one of them may be a total's name."""

_FEW = 2
"""Rows, and counts, that do not equal a sum by chance."""
_GREAT = ("13", "69", "75")
_CITIES = (b"\nparis", b"\nlyon", b"\nmarseille")
_CITY_PART = re.compile(r"(Paris|Lyon|Marseille)[ -]+(?:\d{1,2} ?(?:er|e|[eè]me)?)(?: .*)?", re.IGNORECASE)
_GENERAL = re.compile(r"(?:total|totaux|general|france|entiere|ensemble|\s)+")


def is_total(word: str) -> bool:
    """Tell whether a place is called a total.

    >>> [is_total(word) for word in ("TOTAL CANTON 04", "Total", "Totainville", "France entière", "SOMME")]
    [True, True, False, True, False]
    """
    return _TOTAL.fullmatch(word) is not None


def without_totals(found: Polls, raw: Raw) -> tuple[Polls, list[Found]]:
    """Return units without the rows that are totals of others, and what in these contradicts the others.

    A total is a row whose place is called so, a row of a wider level than the rows whose place it names, a city that
    stands beside its arrondissements, and a row that has in all counts the sum of all others.
    """
    total = _called_total(found) | _beside_arrondissements(found) | _beside_parts_by_name(found)
    total |= _wider(found, total)
    total |= _sum_of_all_others(found, total)
    if not total.any() or total.all():
        return found, []
    contradictions = list(_contradictions(found, total, raw))
    remarks = [
        msgn(
            "One row is a total of others: it is compared with these, and not added.",
            "{n:count} rows are totals of others: they are compared with these, and not added.",
            int(total.sum()),
        )
    ]
    if total.sum() > MOST_COMPARED:
        remarks.append(msg("Of these totals, only the first {most:count} are compared.", most=MOST_COMPARED))
    return replace(found.keep(~total), remarks=(*found.remarks, *remarks)), contradictions


def _called_total(found: Polls) -> Flags:
    called = np.zeros(len(found), dtype="bool")
    for column in found.texts.values():
        # One search through all words together: a country has 35,000 communes.
        if column.mentions(_MAY_BE_TOTAL):
            called |= np.array([*(is_total(word) for word in column.words), False])[column.codes]
    return called


def _beside_arrondissements(found: Polls) -> Flags:
    """Tell which rows are cities that stand beside their arrondissements or sectors."""
    beside = np.zeros(len(found), dtype="bool")
    column, departement = found.text("commune_code"), found.texts.get("departement_code")
    rows = np.arange(len(found))
    if departement is not None and not any("SN" in word or "R" in word for word in column.words):
        # Only three departements have such a city: the codes of a whole country need not be brought into one form.
        great = np.array([*(word.lstrip("0") in _GREAT for word in departement.words), False])
        rows = np.flatnonzero(great[departement.codes])
    codes = within(column.at(rows), None if departement is None else departement.at(rows), commune_code)
    cities = cities_counted_twice(set(codes.words))
    if cities:
        beside[rows] = np.array([*(word in cities for word in codes.words), False])[codes.codes]
    return beside


def _beside_parts_by_name(found: Polls) -> Flags:
    """Tell which rows are a city beside “Paris 1er arrondissement” and the like, where no codes tell."""
    column = found.text("commune")
    if "commune_code" in found.texts or not column.mentions(_CITIES):
        return np.zeros(len(found), dtype="bool")
    parts = {part[1].lower() for word in column.words if (part := _CITY_PART.fullmatch(word))}
    return np.array([*(word.lower() in parts for word in column.words), False])[column.codes]


def _wider(found: Polls, total: Flags) -> Flags:
    """Tell which rows are of a wider level than others of the same vote that lie in their place."""
    of_level = _levels(found)
    wider = np.zeros(len(found), dtype="bool")
    finest = of_level[~total].max(initial=0)
    codes = [found.texts[name] for name in PLACES if name in found.texts and name.endswith("_code")]
    filled = np.zeros(len(found), dtype="int64")
    for bit, column in enumerate(codes):
        filled |= (column.codes >= 0).astype("int64") << bit
    for level, which in {*zip(of_level.tolist(), filled.tolist(), strict=True)} if (of_level < finest).any() else ():
        if level >= finest:
            continue
        # Rows that name the same kinds of places lie around what has the same words there.
        named = [column for bit, column in enumerate(codes) if which >> bit & 1]
        key = key_of([found.election, found.round, *named])
        rows = (of_level == level) & (filled == which) & ~total
        wider |= rows & np.isin(key, key[~total & (of_level > level)])
    return wider


def _sum_of_all_others(found: Polls, total: Flags) -> Flags:
    """Tell which row, whatever its name, has in all its counts the sum of all other rows of its vote, three at least."""
    known = [column for column in found.counts.values() if column.known.any()]
    vote = key_of([found.election, found.round, found.contest])
    _, group = np.unique(vote, return_inverse=True)
    others = np.bincount(group, ~total)[group] - 1
    same = ~total & (others >= _FEW) & (len(known) >= _FEW)
    for column in known:
        values = column.values.astype("int64")
        added = np.bincount(group, np.where(total, 0, values)).astype("int64")[group]
        same &= (2 * values == added) & (values > 0)
    return same


def _levels(found: Polls) -> Wholes:
    return np.array([LEVELS.index(word) for word in found.level.words] or [0])[found.level.codes]


def _inside(found: Polls, row: int, of_level: Wholes, total: Flags) -> Flags:
    """Tell which rows of a finer level lie in the place of a row, in the same vote."""
    same: Flags = ~total & (of_level > of_level[row])
    same &= (found.election.codes == found.election.codes[row]) & (found.round == found.round[row])
    for name in PLACES:
        column = found.texts.get(name)
        if column is not None and column.codes[row] >= 0 and name.endswith("_code"):
            same &= column.codes == column.codes[row]
    return same


def _contradictions(found: Polls, total: Flags, raw: Raw) -> Iterator[Found]:
    """Yield, for each total, the counts that differ from the sum of what it is the total of."""
    if not found.counts and not len(found.entries.row):
        return
    of_level = _levels(found)
    finest = of_level == of_level[~total].max(initial=0)
    communes = within(found.text("commune_code"), found.texts.get("departement_code"), commune_code)
    rows = np.flatnonzero(total & _filled(found))[:MOST_COMPARED]
    for row, line in zip(rows.tolist(), raw.lines_at(found.positions[rows]).tolist(), strict=True):
        for what, printed, added in _disagreement(found, row, _scopes(found, row, total, finest, of_level, communes)):
            yield Found(
                "PRI131",
                place_of(found, row),
                msg(
                    "the printed total of {what:term} is {printed:count}, but the rows add up to {added:count}",
                    what=FIGURES.get(what, what),
                    printed=printed,
                    added=added,
                ),
                line,
            )


def _disagreement(found: Polls, row: int, scopes: Iterator[tuple[Flags, bool]]) -> list[tuple[str, int, int]]:
    """Return how a total differs from what it is surely the total of; nothing where it agrees with what it may be."""
    differing: list[tuple[str, int, int]] | None = None
    for scope, sure in scopes:
        if not scope.any():
            continue
        differences = _differences(found, row, scope)
        if not differences:
            return []
        if sure and differing is None:
            differing = differences
    return differing or []


def _filled(found: Polls) -> Flags:
    """Tell which rows count anything: a total that nobody filled in says nothing."""
    filled = np.zeros(len(found), dtype="bool")
    for column in found.counts.values():
        filled |= column.known & (column.values > 0)
    filled[found.entries.row[found.entries.votes.values > 0]] = True
    return filled


def _scopes(  # noqa: PLR0913, PLR0917  computed once for all totals
    found: Polls, row: int, total: Flags, finest: Flags, of_level: Wholes, communes: Coded
) -> Iterator[tuple[Flags, bool]]:
    """Yield what a total may be the total of, and whether that is sure: what lies in its place, a place that its name
    holds, the rows above it, all rows."""
    same = ~total & (found.election.codes == found.election.codes[row]) & (found.round == found.round[row])
    named = _inside(found, row, of_level, total)
    if named.any():
        yield (named & finest if (named & finest).any() else named), _says_place(found, row)
    city = _arrondissements(communes, row)
    if city.any():
        yield same & city, True
    said = fold(" ".join(_text(column, row) for column in found.texts.values()))
    for name in PLACES:
        column = found.texts.get(name)
        if column is not None:
            words = np.array([*(_is_named(fold(word), said) for word in column.words), False])
            if words.any():
                yield same & words[column.codes], True
    before = np.flatnonzero(total[:row])
    above = np.zeros(len(found), dtype="bool")
    above[(int(before[-1]) + 1 if len(before) else 0) : row] = True
    yield same & above, False
    yield same & finest, _GENERAL.fullmatch(said) is not None


def _says_place(found: Polls, row: int) -> bool:
    """Tell whether a total names the place that it is the total of, by a code."""
    return any(
        column.codes[row] >= 0 and not is_total(column.words[column.codes[row]])
        for name, column in found.texts.items()
        if name.endswith("_code")
    )


def _is_named(word: str, said: str) -> bool:
    """Tell whether a place's word stands in the name of a total, numbers with or without zeros in front."""
    if word.isdigit():
        return word.lstrip("0") in {number.lstrip("0") for number in said.split() if number.isdigit()}
    return len(word) > 1 and f" {word} " in f" {said} "


def _arrondissements(communes: Coded, row: int) -> Flags:
    """Tell which rows are arrondissements of the city of a row."""
    city = _text(communes, row)
    words = np.array([*(bool(city) and is_arrondissement(word, city) for word in communes.words), False])
    return words[communes.codes]


def _differences(found: Polls, row: int, scope: Flags) -> list[tuple[str, int, int]]:
    differences = []
    for what, column in found.counts.items():
        if column.known[row] and column.known[scope].all():
            printed, added = int(column.values[row]), int(column.values[scope].sum())
            if printed != added:
                differences.append((what, printed, added))
    entries = found.entries
    printed_votes: dict[str, int] = {}
    printed_at = np.flatnonzero((entries.row == row) & entries.votes.known).tolist()
    # A total may give the votes of each nuance, where the rows give those of each candidate.
    by_label = all((one := found.people[int(entries.person[at])]).name == one.label for at in printed_at)
    for at in printed_at:
        name = found.people[int(entries.person[at])].name
        printed_votes[name] = printed_votes.get(name, 0) + int(entries.votes.values[at])
    inside = scope[entries.row] & entries.votes.known
    sums = np.bincount(entries.person[inside], entries.votes.values[inside], minlength=len(found.people))
    added_votes: dict[str, int] = {}
    for person, votes in zip(found.people, sums.tolist(), strict=True):
        called = person.label if by_label else person.name
        added_votes[called] = added_votes.get(called, 0) + int(votes)
    differences += [
        (name, votes, added_votes[name]) for name, votes in printed_votes.items() if votes != added_votes.get(name, 0)
    ]
    return differences


def _text(column: Coded, row: int) -> str:
    code = int(column.codes[row])
    return column.words[code] if code >= 0 else ""
