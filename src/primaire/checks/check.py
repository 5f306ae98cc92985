"""The answer of ``primaire check``: every finding of every family, one row each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from primaire.captions import Caption, Lines, captions
from primaire.checks.asked import codes_asked
from primaire.checks.codes import CODES, ERROR, SEVERITIES, TO_CHECK, WARNING
from primaire.checks.families import FAMILIES
from primaire.matching import fold
from primaire.messages import Message, msg, msgn, spoken, term
from primaire.table import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.captions import Captions
    from primaire.checks.finding import Answer, Seen
    from primaire.schema import Returns

_COLUMNS: Final = (
    Column("severity", term("severity"), "term", place="heading"),
    Column("code", term("code"), "text", missing=None),
    Column("file", term("file"), "sentence", missing=None, place="hidden"),
    Column("line", term("from line"), "count", missing=None),
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
_TYPES: Final = dict.fromkeys(("severity", "code", "election", "contest", "level", "unit", "remedy"), "str")
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
        one row per finding: ``severity``, ``code``, ``file`` (with the sheet, of a workbook) and ``line`` (a line of
        text, a row of a sheet; NA where it is of none), ``election``, ``round``, ``contest``, ``level`` and ``unit`` (NA where it is not of one unit),
        ``place``, ``seen`` and ``expected`` in words, the ``remedy``, and for outliers the
        ``chance`` (as a float). By severity, the gravest first, then in the order
        of the sources, and by code. No rows: nothing was found, and the notes say what was looked at.

    Raises:
        NameUnknownError: a code does not exist, or none is left to look for.
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
    places = _places(returns)
    rows = [
        _row(one, stands, told, several) | {"file": places.get(_file_and_line(one, stands)[0] or "")} for one in found
    ]
    files = list(dict.fromkeys(file.name for file in returns.provenance.files))
    return Table(
        "check",
        _title(files),
        _frame(rows),
        _columns(several_files=len(places) > 1),
        sections=list(_sections(found, returns, files, every=wanted >= set(CODES))),
        notes=tuple(_notes(answers, wanted)),
        provenance=returns.provenance,
    )


def has_errors(table: Table) -> bool:
    """Tell whether an answer of :func:`check` has an error."""
    return bool((table.frame["severity"] == ERROR).any())


def _places(returns: Returns) -> dict[str, Message]:
    """Return how files and their sheets are told to a person: without their folders, if these do not tell them apart."""
    files = returns.provenance.files
    names = {file.name: PurePath(file.name).name for file in files}
    if len(set(names.values())) < len(names):
        names = {name: name for name in names}
    return {
        file.place: spoken(
            msg("{file}", file=names[file.name])
            if file.sheet is None
            else msg("{file}, sheet {sheet}", file=names[file.name], sheet=file.sheet),
            file.place,
        )
        for file in files
    }


def _severity(one: Seen) -> int:
    return SEVERITIES.index(CODES[one.code].severity)


def _ordered(found: list[Seen], returns: Returns, stands: Lines) -> list[Seen]:
    files = {file.place: number for number, file in enumerate(returns.provenance.files)}

    def place(one: Seen) -> tuple[int, int, int | float, int | float, str]:
        file, line = _file_and_line(one, stands)
        nowhere = float("inf")
        ballot = next((at for at in (one.ballot, one.first) if at is not None), nowhere)
        return _severity(one), files.get(file or "", len(files)), nowhere if line is None else line, ballot, one.code

    return sorted(found, key=place)


def _file_and_line(one: Seen, stands: Lines) -> tuple[str | None, int | None]:
    ballot = one.first if one.ballot is None else one.ballot
    return (one.file, one.line) if ballot is None else (stands["file"][ballot], stands["line"][ballot])


def _seen(one: Seen) -> Message:
    """Return what is seen, and set apart from it, what was expected instead, or would explain it."""
    if one.expected is not None:
        return msg("{seen}; expected: {expected}", seen=one.message, expected=one.expected)
    if one.hint is not None:
        return msg("{seen}; {hint}", seen=one.message, hint=one.hint)
    return one.message


def _row(one: Seen, stands: Lines, told: Captions, several: set[str]) -> dict[str, Any]:
    code, unit = CODES[one.code], None if one.ballot is None else told[one.ballot]
    expected = one.expected or one.hint or msg("{expected:term}", expected=code.expected)
    of_unit = {name: getattr(unit, name, None) for name in ("election", "round", "contest", "level", "unit")}
    return {
        "severity": code.severity,
        "code": one.code,
        "line": _file_and_line(one, stands)[1],
        **of_unit,
        "place": one.place if unit is None else _place(unit, several),
        "seen": spoken(_seen(one), one.message),
        "expected": expected,
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


def _sections(found: Sequence[Seen], returns: Returns, files: Sequence[str], *, every: bool) -> Iterator[Section]:
    """Yield one section per severity; the first begins with how much was found in all, of every code or of some."""
    counts = Counter(_severity(one) for one in found)
    lead = _lead([counts[at] for at in range(len(SEVERITIES))], len(returns.ballots), every=every)
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
        "{code}, expected: {expected:term}. {remedy:term}", code=code, expected=meant.expected, remedy=meant.remedy
    )


def _lead(counts: Sequence[int], units: int, *, every: bool) -> Message:
    errors, warnings, others = counts
    where = msgn("{n:count} unit", "{n:count} units", units)
    said = [
        *([msgn("{n:count} error", "{n:count} errors", errors)] if errors else []),
        *([msgn("{n:count} warning", "{n:count} warnings", warnings)] if warnings else []),
        *([msgn("{n:count} to be checked", "{n:count} to be checked", others)] if others else []),
    ]
    if errors:
        return msg("{counts} in {units}.", units=where, counts=said)
    if said and every:
        return msg("No error, but {counts} in {units}.", units=where, counts=said)
    if said:
        return msg("No error among the codes looked for, but {counts} in {units}.", units=where, counts=said)
    if every:
        return msg("No error found in {units}.", units=where)
    return msg("No error among the codes looked for in {units}.", units=where)


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
