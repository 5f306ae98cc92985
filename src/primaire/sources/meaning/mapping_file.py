"""Mappings as files: TOML that a person writes or corrects, read strictly. ``docs/mappings.md`` describes every key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from primaire.errors import SourceError
from primaire.messages import msg
from primaire.sources.cells import CellError, parse_date, parse_round
from primaire.sources.meaning.mapping import (
    AUTO,
    BALLOT_FIGURES,
    CANDIDATE_FIELDS,
    IGNORED,
    OWN_PLACE,
    TABLE_WIDE,
    Candidates,
    Entry,
    FromColumn,
    Layout,
    Mapping,
    Printed,
    Reference,
    Value,
    Vote,
)
from primaire.sources.meaning.references import GAP
from primaire.sources.own.columns import WORDS
from primaire.toml_node import Node, read_toml

VERSION: Final = 1
"""The version of the format; a file of a later one is refused."""

LEVELS: Final = tuple(WORDS["level"])
PLACES: Final = (*OWN_PLACE, *(column for level in LEVELS[1:] for column in (f"{level}_code", level)))
"""What a column can say of a unit's place."""

BASES: Final = tuple(WORDS["share_base"])
PERCENTAGES: Final = tuple(f"{figure}/{base}" for figure in BALLOT_FIGURES for base in BASES if figure != base)
"""What a column of percentages can be: a figure in percent of its base."""

CONTESTS: Final = (AUTO, TABLE_WIDE, *LEVELS)
"""What the contest of a table can be, where no column names it."""

NAMING: Final = ("name", "label", "list", "number")
"""What a candidate is told apart by: at least one of these is needed."""

OF_CANDIDATE: Final = tuple(name for name in CANDIDATE_FIELDS if name not in NAMING)
"""What a column of one candidate's own can hold."""

COUNTED: Final = ("votes", "share_valid", "share_voters", "share_registered")
"""What is read of a candidate: at least one of these is needed."""

YEAR: Final = "{year}"
"""What stands in an election's name for the year of the vote's date."""


def parse_mapping(text: str, name: str) -> Mapping:
    """Read a mapping.

    Args:
        text: TOML as ``docs/mappings.md`` describes it.
        name: what the mapping is called in messages: its file, or the name it is registered by.

    Raises:
        SourceError: it is no TOML, it is of a later version, or it does not say what is needed.
        NameUnknownError: it uses a key or a word that does not exist. Either lists everything that is wrong.
    """
    root = read_toml(text, name)
    _check_version(root, name)
    units, votes = root.table("units"), root.tables("vote")
    mapping = Mapping(
        votes=tuple(map(_vote, votes)),
        places=_columns(units, PLACES),
        level=_value(units, "level", _is_level),
        layout=_layout(root.table("table")),
        headers=root.table("recognise").texts("headers"),
        name=name,
    )
    _check_places(mapping, units, votes)
    root.document.finish(
        msg("The mapping “{name}” cannot be used as it is.", name=name),
        msg("Correct what is listed; docs/mappings.md describes every key."),
    )
    return mapping


def _check_version(root: Node, name: str) -> None:
    version = root.cells.get("mapping")
    if type(version) is int and version > VERSION:
        raise SourceError(
            msg("The mapping “{name}” is written in version {version} of the format.", name=name, version=version),
            expected=msg("This primaire reads version {known}.", known=VERSION),
            remedy=msg("A newer primaire reads it."),
        )
    if version is None:
        reason = msg("the version of the format is missing; begin the file with: mapping = {known}", known=VERSION)
        root.refuse("mapping", reason)
    root.number("mapping", least=1)
    if "vote" not in root.cells:
        root.refuse("vote", msg("is missing; a table reports at least one vote: [[vote]]"))


def _layout(node: Node) -> Layout:
    encoding = node.text("encoding")
    if encoding is not None and not _is_encoding(encoding):
        node.refuse("encoding", msg("is no encoding; write utf-8, cp1252, ..."), encoding, misnamed=True)
    separator = node.take("separator")
    if separator is not None and not (isinstance(separator, str) and len(separator) == 1):
        node.refuse("separator", msg("write one character in quotation marks"), separator)
    return Layout(
        sheet=node.text("sheet"),
        encoding=encoding,
        separator=separator,
        decimal_mark=node.word("decimal_mark", (",", ".")),
        header=node.number("header", least=0),
        records=node.text("records"),
        only=_only(node),
    )


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, ValueError):  # also what encodes no text, such as base64
        return False
    return True


def _vote(node: Node) -> Vote:
    vote = Vote(
        election=_value(node, "election"),
        round=_value(node, "round", _is_round) or "1",
        date=_value(node, "date", _is_date),
        contest=_value(node, "contest", _is_contest) or AUTO,
        ballots=_columns(node.table("ballots"), BALLOT_FIGURES),
        percentages=_percentages(node.table("percentages")),
        candidates=_candidates(node),
        only=_only(node),
    )
    if vote.date is None and isinstance(vote.election, str) and YEAR in vote.election:
        node.refuse("election", msg("{gap} stands for the year of the date, and this vote has none", gap=YEAR))
    return vote


def _percentages(node: Node) -> tuple[Printed, ...]:
    order = list(node.cells)
    found = _columns(node, PERCENTAGES)
    return tuple(Printed(found[key], *key.split("/")) for key in sorted(found, key=order.index))


def _candidates(vote: Node) -> Candidates:
    entries = tuple(map(_entry, vote.tables("candidate")))
    if "candidates" not in vote.cells:
        vote.table("candidates")
        return Candidates("columns" if entries else "none", entries=entries)
    node = vote.table("candidates")
    if entries:
        node.refuse("", msg("candidates that have columns of their own stand in [[vote.candidate]] alone"))
    given = set(node.cells)
    layout = node.word("layout", ("rows", "blocks"))
    candidates = Candidates(
        layout="blocks" if layout == "blocks" else "rows",
        fields={field: columns for field in CANDIDATE_FIELDS if (columns := _references(node, field))},
        repeat=node.number("repeat", least=1),
        figures=_figures(node.table("figures")),
        names=node.table("names").free(),
        lines_added=node.flag("lines_added"),
    )
    _check_candidates(node, given, candidates)
    return candidates


def _check_candidates(node: Node, given: set[str], candidates: Candidates) -> None:
    """Refuse what does not make candidates; ``given`` are the keys that were there, rightly filled or not."""
    if "layout" not in given:
        node.refuse("layout", msg("is missing; write “rows” (one row for each candidate) or “blocks” (along the row)"))
    if not given & set(NAMING):
        node.refuse("", msg("nothing tells the candidates apart; give a column for one of: {keys}", keys=NAMING))
    if not given & set(COUNTED):
        node.refuse("", msg("no column counts their votes; give one for: {keys}", keys=COUNTED))
    if candidates.names and "number" not in given:
        node.refuse("names", msg("names are given to numbers, and there is no column “number”"))
    if candidates.layout == "blocks":
        _check_blocks(node, candidates)
    elif "repeat" in given and "layout" in given:
        node.refuse("repeat", msg("only blocks repeat; one row for each candidate has none"))


def _check_blocks(node: Node, candidates: Candidates) -> None:
    if candidates.lines_added:
        node.refuse("lines_added", msg("only rows are added; a candidate has one block in each unit"))
    if candidates.figures:
        node.refuse("figures", msg("only rows can be counts of ballots; those of a block have columns of their own"))
    for field, columns in candidates.fields.items():
        numbered = [isinstance(column, str) and column.count(GAP) == 1 for column in columns]
        if candidates.repeat is None and not all(numbered):
            reason = msg("write {gap} where the header has the block's number, or give “repeat”", gap=GAP)
            node.refuse(field, reason)
        if candidates.repeat is not None and any(numbered):
            reason = msg("{gap} finds every block by its header, and “repeat” by counting; take out one", gap=GAP)
            node.refuse(field, reason)


def _entry(node: Node) -> Entry:
    if "name" not in node.cells:
        node.refuse("name", msg("is missing"))
    if not set(node.cells) & set(COUNTED):
        node.refuse("", msg("no column counts their votes; give one for: {keys}", keys=COUNTED))
    return Entry(
        name=node.text("name") or "",
        columns=_columns(node, OF_CANDIDATE),
        label=node.text("label"),
        list=node.text("list"),
        number=node.constant("number"),
    )


def _figures(node: Node) -> dict[str, str]:
    found = node.free()
    words = (*BALLOT_FIGURES, IGNORED)
    return {name: figure for name, figure in found.items() if node.is_one_of(name, figure, words)}


def _only(node: Node) -> dict[Reference, tuple[str, ...]]:
    found: dict[Reference, tuple[str, ...]] = {}
    for condition in node.tables("only"):
        column, words = _reference(condition, "column"), condition.texts("is")
        if column is None or not words:
            condition.refuse("", msg('write a column and its words, like {{ column = "Gender", is = ["all"] }}'))
        elif column in found:
            condition.refuse("column", msg("stands twice; put all its words into one list"), column)
        else:
            found[column] = words
    return found


def _columns(node: Node, keys: tuple[str, ...]) -> dict[str, Reference]:
    return {key: column for key in keys if (column := _reference(node, key)) is not None}


def _reference(node: Node, key: str) -> Reference | None:
    value: Reference | None = node.take(key)
    if value is None or _is_reference(value):
        return value
    node.refuse(key, msg("write a column's header in quotation marks, or its number (1 is the first)"), value)
    return None


def _references(node: Node, key: str) -> tuple[Reference, ...]:
    if not isinstance(node.cells.get(key), list):
        column = _reference(node, key)
        return () if column is None else (column,)
    value = node.take(key)
    if value and all(map(_is_reference, value)):
        return tuple(value)
    node.refuse(key, msg("write a list of columns, each a header in quotation marks or a number"))
    return ()


def _is_reference(value: object) -> bool:
    return value >= 1 if type(value) is int else isinstance(value, str) and bool(value.strip())


Check = Callable[[Node, str, str], bool]


def _any(_node: Node, _key: str, _value: str) -> bool:
    return True


def _value(node: Node, key: str, check: Check = _any) -> Value | None:
    """Return what is said once for the table, or the columns that say it row by row."""
    if not isinstance(node.cells.get(key), dict):
        constant = node.constant(key)
        return constant if constant is None or check(node, key, constant) else None
    inner = node.table(key)
    if ("column" in inner.cells) == ("columns" in inner.cells):
        inner.refuse("", msg('write one column, or several columns: {{ columns = ["office", "district"] }}'))
    columns = _references(inner, "columns") + _references(inner, "column")
    values = inner.table("values")
    meant = {cell: word for cell, word in values.free().items() if check(values, cell, word)}
    return FromColumn(columns, meant)


def _is_level(node: Node, key: str, value: str) -> bool:
    return node.is_one_of(key, value, LEVELS)


def _is_contest(node: Node, key: str, value: str) -> bool:
    # What a column says of contests is their names.
    return node.path[-1] == "values" or node.is_one_of(key, value, CONTESTS)


def _is_round(node: Node, key: str, value: str) -> bool:
    return _parses(parse_round, node, key, value)


def _is_date(node: Node, key: str, value: str) -> bool:
    return _parses(lambda cell: parse_date(cell, european=False), node, key, value)


def _parses(parse: Callable[[str], object], node: Node, key: str, value: str) -> bool:
    try:
        parse(value)
    except CellError as error:
        node.refuse(key, error.reason, value)
        return False
    return True


def _check_places(mapping: Mapping, units: Node, votes: list[Node]) -> None:
    """Refuse levels, of units and of contests, that no column says the place of."""
    level = mapping.level
    named = (level,) if isinstance(level, str) else tuple(level.values.values()) if level else ()
    for one in dict.fromkeys(named):
        _check_place(mapping, one, units, "level")
    for vote, node in zip(mapping.votes, votes, strict=True):
        if vote.contest in LEVELS:
            _check_place(mapping, str(vote.contest), node, "contest")


def _check_place(mapping: Mapping, level: str, node: Node, key: str) -> None:
    columns = (level, f"{level}_code")
    if level != LEVELS[0] and not mapping.places.keys() & {*columns, *OWN_PLACE}:
        reason = msg("no column says which {level:term} a row is of; give one for: {keys}", level=level, keys=columns)
        node.refuse(key, reason)
