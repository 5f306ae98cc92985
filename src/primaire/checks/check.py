"""The answer of ``primaire check``: every finding of every family, one row each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from primaire.captions import Caption, Lines, captions
from primaire.checks.asked import codes_asked
from primaire.checks.codes import CODES, ERROR, SEVERITIES, TO_CHECK, WARNING
from primaire.checks.families import FAMILIES
from primaire.matching import fold
from primaire.messages import Message, msg, msgn, term
from primaire.table import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.captions import Captions
    from primaire.checks.finding import Answer, Seen
    from primaire.schema import Returns

_COLUMNS: Final = (
    Column("severity", term("severity"), "term", place="heading"),
    Column("code", term("code"), "text", missing=None),
    Column("file", term("file"), "text", missing=None, place="hidden"),
    Column("line", term("line"), "count", missing=None),
    Column("election", term("election"), "text", place="hidden"),
    Column("round", term("round"), "count", place="hidden"),
    Column("contest", term("contest"), "text", place="hidden"),
    Column("level", term("level"), "term", place="hidden"),
    Column("unit", term("unit"), "text", place="hidden"),
    Column("place", term("where"), "sentence", missing=None),
    Column("seen", term("what is seen"), "sentence", missing=None),
    Column("expected", term("expected"), "sentence", place="hidden"),
    Column("remedy", term("what to do"), "term", place="hidden"),
    Column("chance", term("chance"), "factor", place="hidden"),
)
_TYPES: Final = dict.fromkeys(("severity", "code", "file", "election", "contest", "level", "unit", "remedy"), "str")
_MEANING: Final = {
    ERROR: msg("Errors: figures that cannot all be right."),
    WARNING: msg("Warnings: most often a mistake, and not always one."),
    TO_CHECK: msg("To be checked: rare among its like, and perhaps quite right."),
}
_FEW_FILES: Final = 3
"""How many files a title names."""


def check(returns: Returns, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Table:
    """List everything in a data set that contradicts itself, or is worth a second look.

    Args:
        returns: as read, before anything is derived; with ``printed=True``, all that the file itself prints is compared.
        select: codes, or how they begin (``PRI1``): only these are looked for. Without any, all are.
        ignore: codes, or how they begin, that are left out.

    Returns:
        one row per finding: ``severity``, ``code``, ``file`` and ``line`` (a line of text, a row of a sheet; NA where it is
        of several), ``election``, ``round``, ``contest``, ``level`` and ``unit`` (NA where it is not of one unit),
        ``place``, ``seen`` and ``expected`` in words, the ``remedy``, and for outliers the ``chance``. By severity, the gravest first, then in the order
        of the sources, and by code. No rows: nothing was found, and the notes say what was looked at.

    Raises:
        NameUnknownError: a code does not exist.
    """
    wanted = codes_asked(select, ignore)
    answers = [
        (family.name, family.run(returns))
        for family in FAMILIES
        if any(code.startswith(family.codes) for code in wanted)
    ]
    told = captions(returns)
    stands = Lines(returns.ballots)
    found = _ordered([one for _, answer in answers for one in answer.seen if one.code in wanted], returns, stands)
    several = {name for name in ("election", "round", "contest") if len(returns.ballots[name].unique()) > 1}
    rows = [_row(one, stands, told, several) for one in found]
    files = list(dict.fromkeys(file.name for file in returns.provenance.files))
    return Table(
        "check",
        _title(files),
        _frame(rows),
        _columns(several_files=len(files) > 1),
        sections=list(_sections(found, returns, files)),
        notes=tuple(_notes(answers, wanted)),
        provenance=returns.provenance,
    )


def has_errors(table: Table) -> bool:
    """Tell whether an answer of :func:`check` has an error."""
    return bool((table.frame["severity"] == ERROR).any())


def _severity(one: Seen) -> int:
    return SEVERITIES.index(CODES[one.code].severity)


def _ordered(found: list[Seen], returns: Returns, stands: Lines) -> list[Seen]:
    files = {file.name: number for number, file in enumerate(returns.provenance.files)}

    def place(one: Seen) -> tuple[int, int, int | float, int | float, str]:
        file, line = _file_and_line(one, stands)
        nowhere = float("inf")
        ballot = nowhere if one.ballot is None else one.ballot
        return _severity(one), files.get(file or "", len(files)), nowhere if line is None else line, ballot, one.code

    return sorted(found, key=place)


def _file_and_line(one: Seen, stands: Lines) -> tuple[str | None, int | None]:
    return (one.file, one.line) if one.ballot is None else (stands["file"][one.ballot], stands["line"][one.ballot])


def _row(one: Seen, stands: Lines, told: Captions, several: set[str]) -> dict[str, Any]:
    code, unit = CODES[one.code], None if one.ballot is None else told[one.ballot]
    file, line = _file_and_line(one, stands)
    of_unit = {name: getattr(unit, name, None) for name in ("election", "round", "contest", "level", "unit")}
    return {
        "severity": code.severity,
        "code": one.code,
        "file": file,
        "line": line,
        **of_unit,
        "place": one.place if unit is None else _place(unit, several),
        "seen": one.message if one.expected is None else msg("{seen}; {more}", seen=one.message, more=one.expected),
        "expected": one.expected or msg("{expected:term}", expected=code.expected),
        "remedy": code.remedy,
        "chance": one.chance,
    }


def _place(unit: Caption, several: set[str]) -> Message:
    """Return a unit in words: of its election, round and contest what tells it apart, its commune, and its name."""
    parts: list[Message] = []
    if "election" in several:
        parts.append(msg("{election}", election=unit.election))
    if "round" in several:
        parts.append(msg("round {round}", round=unit.round))
    if "contest" in several and unit.contest not in {unit.unit, unit.election}:
        parts.append(msg("{contest}", contest=unit.contest))
    around = unit.within[-1] if unit.within else None
    said = fold(f"{unit.unit or ''} {unit.contest if 'contest' in several else ''}")
    if around is not None and fold(around) not in said:
        parts.append(msg("{place}", place=around))
    return msg("{parts}", parts=[*parts, unit.place])


def _frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {column.name: pd.Series([row[column.name] for row in rows], dtype="object") for column in _COLUMNS}
    )
    return frame.astype({**_TYPES, "line": "Int64", "round": "Int64", "chance": "Float64"})


def _columns(*, several_files: bool) -> tuple[Column, ...]:
    return tuple(
        replace(column, place="body") if column.name == "file" and several_files else column for column in _COLUMNS
    )


def _title(files: Sequence[str]) -> Message:
    if not files:
        return msg("Check")
    if len(files) > _FEW_FILES:
        return msg("Check: {n:count} files", n=len(files))
    return msg("Check: {files}", files=list(files))


def _sections(found: Sequence[Seen], returns: Returns, files: Sequence[str]) -> Iterator[Section]:
    """Yield one section per severity; the first begins with how much was found in all."""
    counts = Counter(_severity(one) for one in found)
    lead = _lead([counts[at] for at in range(len(SEVERITIES))], len(returns.ballots))
    if not found:
        yield Section(_title(files), 0, 0, lead=lead)
    start = 0
    for at in sorted(counts):
        stop = start + counts[at]
        codes = list(dict.fromkeys(one.code for one in found[start:stop]))
        yield Section(
            _title(files) if start == 0 else _MEANING[SEVERITIES[at]],
            start,
            stop,
            subtitle=_MEANING[SEVERITIES[at]] if start == 0 else None,
            lead=lead if start == 0 else None,
            notes=tuple(_remedy(code) for code in sorted(codes)),
        )
        start = stop


def _remedy(code: str) -> Message:
    meant = CODES[code]
    return msg(
        "{code}: expected: {expected:term}. {remedy:term}", code=code, expected=meant.expected, remedy=meant.remedy
    )


def _lead(counts: Sequence[int], units: int) -> Message:
    errors, warnings, others = counts
    where = msgn("{n:count} unit", "{n:count} units", units)
    said = [
        *([msgn("{n:count} error", "{n:count} errors", errors)] if errors else []),
        *([msgn("{n:count} warning", "{n:count} warnings", warnings)] if warnings else []),
        *([msgn("{n:count} to be checked", "{n:count} to be checked", others)] if others else []),
    ]
    if not said:
        return msg("No error found in {units}.", units=where)
    if not errors:
        return msg("No error, but {counts} in {units}.", units=where, counts=said)
    return msg("{counts} in {units}.", units=where, counts=said)


def _notes(answers: Sequence[tuple[str, Answer]], wanted: frozenset[str]) -> Iterator[Message]:
    for name, answer in answers:
        for said in answer.said:
            if answer.applies:
                yield msg("{family:term}: {said}", family=name, said=said)
            else:
                yield msg("{family:term}, not applicable: {said}", family=name, said=said)
    left = sorted(set(CODES) - wanted)
    if left:
        yield msg("Not looked for, as asked: {codes}.", codes=left)
