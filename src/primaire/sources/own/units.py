"""Rows brought together to units: what is filled in by default, and what the rows of one unit say of its ballots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.sources.own.columns import COUNTS_OF_BALLOTS, PER_BALLOT
from primaire.sources.own.factors import Column, Places, converted, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Record = dict[str, Any]

_KEY: Final = ("election", "round", "contest", "level", "unit")
_FINEST_FIRST: Final = ("station", "commune", "canton", "constituency", "departement", "region")
_OF_CANDIDATES: Final = ("label", "list", "number", "votes", "share", "seats", "elected")
_ASIDE: Final = ("share_decimals", "share_base", "approximate", "source", "note")


@dataclass(frozen=True)
class Units:
    """The rows of a table by the unit they belong to.

    Attributes:
        ballots: one record per unit: its key, and what its rows say of its ballots.
        of_row: for each row, the number of its unit.
        columns: what the rows say of candidates, by column.
        said: what rows say of their unit, each different record once; said_by: for each row, the number of its record.
        unit_said: for each of ``said``, the number of its unit.
    """

    ballots: list[Record]
    of_row: Sequence[int]
    columns: dict[str, Column]
    said: list[Record]
    said_by: Sequence[int]
    unit_said: Sequence[int]
    rows: Counter[int]

    def counts_alone(self, row: int) -> bool:
        """Tell whether a row holds the ballots of a unit that has no candidate: the only row of its unit."""
        said = self.said[self.said_by[row]]
        return (
            self.rows[self.of_row[row]] == 1
            and ("format_version" in said or any(name in said for name in COUNTS_OF_BALLOTS))
            and all(self.columns[name][1][row] < 0 for name in _OF_CANDIDATES if name in self.columns)
        )

    def contradictions(self, lines: Sequence[int]) -> Iterator[tuple[Message, int, str, str]]:
        """Yield candidates that stand twice in a unit, and ballot columns that differ between the rows of a unit.

        Each is a reason, a row, a column and its value; ``lines`` are those of the rows.
        """
        yield from self._candidates_twice(lines)
        several = {unit for unit, number in Counter(self.unit_said).items() if number > 1}
        first: dict[tuple[int, str], tuple[object, int]] = {}
        # Nearly always all rows of a unit say the same, and there is nothing to compare.
        for row, unit in enumerate(self.of_row if several else ()):
            if unit in several:
                said = self.said[self.said_by[row]]
                for column in PER_BALLOT:
                    if said.get(column) is not None:
                        value, line = first.setdefault((unit, column), (said[column], lines[row]))
                        if value != said[column]:
                            reason = msg(
                                "differs from “{first}” on line {line}, for the same unit", line=line, first=value
                            )
                            yield reason, row, column, str(said[column])

    def _candidates_twice(self, lines: Sequence[int]) -> Iterator[tuple[Message, int, str, str]]:
        names, _ = column = self.columns["candidate"]
        folded = converted(column, fold)[1]
        stands = [(unit, name) for unit, name in zip(self.of_row, folded, strict=True) if name >= 0]
        if len(set(stands)) == len(stands):
            return
        first: dict[tuple[int, int], int] = {}
        for row, key in enumerate(zip(self.of_row, folded, strict=True)):
            if key[1] >= 0 and key in first:
                reason = msg("stands twice in the same unit and round, first on line {line}", line=first[key])
                yield reason, row, "candidate", names[column[1][row]]
            first.setdefault(key, lines[row])


def units_of(columns: Mapping[str, Column], size: int, title: str) -> Units:
    """Bring rows together to units.

    Args:
        columns: by their names in the format, those that hold something.
        size: the number of rows.
        title: the name of an election that has none.
    """
    held = [name for name in PER_BALLOT if name in columns]
    texts = Places()
    said_by = texts.of(zip(*(columns[name][1] for name in held), strict=True) if held else [()] * size)
    said = [
        _with_defaults(
            {name: columns[name][0][place] for name, place in zip(held, each, strict=True) if place >= 0}, title
        )
        for each in texts
    ]
    keys = Places()
    unit_said = keys.of(tuple(record[name] for name in _KEY) for record in said)
    ballots: list[Record] = [{} for _ in keys]
    for unit, record in zip(unit_said, said, strict=True):
        # Of what its rows say, the first that says something.
        ballots[unit] = {**record, **ballots[unit]}
    of_row = [unit_said[place] for place in said_by]
    rest = {name: columns[name] for name in ("candidate", *_OF_CANDIDATES, *_ASIDE) if name in columns}
    rest.setdefault("candidate", ([], [-1] * size))
    _complete(ballots, of_row, rest)
    return Units(ballots, of_row, _with_shares(rest, of_row), said, said_by, unit_said, Counter(of_row))


def _with_defaults(record: Record, title: str) -> Record:
    finest = next((level for level in _FINEST_FIRST if level in record or f"{level}_code" in record), None)
    record.setdefault("election", title)
    record.setdefault("round", 1)
    record.setdefault("contest", record["election"])
    # What primaire wrote is complete: a level that is not there is not known.
    record.setdefault("level", None if "format_version" in record else finest)
    place = record.get(finest) or record.get(f"{finest}_code") if finest else None
    record.setdefault("unit", place or record["contest"])
    return record


def _complete(ballots: list[Record], of_row: Sequence[int], rest: Mapping[str, Column]) -> None:
    """Enter what the rows of each unit say together: which counts are approximations, sources and notes."""
    for unit, approximate in _distinct(of_row, rest, "approximate"):
        ballots[unit]["approximate"] = ballots[unit].get("approximate", frozenset()) | approximate
    for name in ("source", "note"):
        texts: dict[int, list[str]] = {}
        for unit, text in _distinct(of_row, rest, name):
            texts.setdefault(unit, []).append(text)
        for unit, ballot in enumerate(ballots):
            by_default = None if "format_version" in ballot or unit not in texts else "; ".join(texts[unit])
            ballot[name] = ballot.get(f"unit_{name}", by_default)


def _distinct(of_row: Sequence[int], columns: Mapping[str, Column], name: str) -> Iterator[tuple[int, Any]]:
    """Yield each unit with each different value that a column has in it, in order."""
    if name in columns:
        values, places = columns[name]
        for unit, place in dict.fromkeys(zip(of_row, places, strict=True)):
            if place >= 0:
                yield unit, values[place]


def _with_shares(columns: Mapping[str, Column], of_row: Sequence[int]) -> dict[str, Column]:
    """Return the columns with percentages apart from their decimals, and words of yes and no as true and false.

    All percentages of a unit have the decimals of the longest, unless it is said: a spreadsheet writes 35.70 as 35.7.
    """
    typed = dict(columns)
    if "elected" in typed:
        typed["elected"] = converted(typed["elected"], lambda word: word == "yes")
    if "share" in typed:
        shares, places = typed["share"]
        most: dict[int, int] = {}
        for unit, (_, decimals) in _distinct(of_row, typed, "share"):
            most[unit] = max(decimals, most.get(unit, 0))
        told = plain(typed.get("share_decimals", ([], [-1] * len(of_row))))
        decimals = [
            None if place < 0 else most[unit] if said is None else said
            for unit, place, said in zip(of_row, places, told, strict=True)
        ]
        typed["share"] = [share for share, _ in shares], places
        typed["share_decimals"] = converted((decimals, range(len(decimals))), lambda number: number)
    return typed
