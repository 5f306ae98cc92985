"""Mappings written as TOML that a person enjoys correcting: every section says what it is for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from primaire.sources.meaning.mapping import AUTO, FromColumn
from primaire.sources.meaning.mapping_file import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as MappingOf

    from primaire.sources.meaning.mapping import Candidates, Entry, Mapping, Reference, Value, Vote

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_WIDEST: Final = 48
"""Comments are aligned after lines up to this length."""


@dataclass(frozen=True)
class Comments:
    """What a file says beside its keys: above everything, of each column that is named, and below everything."""

    top: tuple[str, ...] = ()
    columns: MappingOf[Reference, str] = field(default_factory=dict)
    end: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    """One line, and the columns it names."""

    text: str
    columns: tuple[Reference, ...] = ()


_Section = list[_Line]

_ABOUT: Final = {
    "[recognise]": "A file with all these headers is read with this mapping.",
    "[table]": "How the table is written in the file.",
    "[units]": "Where the votes were counted.",
    "[[vote]]": "What was voted on. Two rounds or two votes in one table are two of these.",
    "[vote.ballots]": "The counts of a unit's ballots.",
    "[vote.percentages]": "Percentages as printed, to compare the counts with.",
    "[vote.candidates.figures]": "Names that are no candidates, but counts of ballots.",
    "[vote.candidates.names]": "The name of each number.",
}
_ABOUT_CANDIDATES: Final = {
    "rows": "Candidates: one row for each, in each unit.",
    "blocks": "Candidates: these columns, again and again along the row.",
    "columns": "Candidates: a column of votes for each.",
}


def write_mapping(mapping: Mapping, comments: Comments | None = None) -> str:
    """Return a mapping as TOML, of which :func:`~primaire.sources.meaning.mapping_file.parse_mapping` reads the same mapping.

    Of several columns that print the same percentage, the first is kept. The name is not written: it is the file's.
    """
    comments = comments or Comments()
    sections: list[_Section] = [
        [_line("mapping", str(VERSION))],
        _titled("[recognise]", [_line("headers", _list(mapping.headers))] if mapping.headers else []),
        _titled("[table]", _layout(mapping)),
        _titled("[units]", [*_valued("level", mapping.level), *_named(mapping.places)]),
    ]
    for vote in mapping.votes:
        sections += _vote(vote)
    parts = [
        [comment(line) for line in comments.top],
        *(_with_comments(section, comments.columns) for section in sections if section),
        [comment(line) for line in comments.end],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def comment(text: str) -> str:
    """Return a line of comment, whatever stands in the text."""
    return f"# {_CONTROL.sub(' ', text)}".rstrip()


def quoted(text: str) -> str:
    """Return a text as TOML writes it.

    >>> print(quoted('a "b" c'))
    "a \\"b\\" c"
    """
    # JSON escapes what TOML wants escaped, but for one character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else quoted(text)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def _inline(words: MappingOf[str, str]) -> str:
    return f"{{ {', '.join(f'{_key(key)} = {quoted(value)}' for key, value in words.items())} }}"


def _reference(column: Reference) -> str:
    return str(column) if isinstance(column, int) else quoted(column)


def _columns(columns: tuple[Reference, ...]) -> str:
    return _reference(columns[0]) if len(columns) == 1 else f"[{', '.join(map(_reference, columns))}]"


def _line(key: str, value: str, *columns: Reference) -> _Line:
    return _Line(f"{_key(key)} = {value}", columns)


def _named(columns: MappingOf[str, Reference]) -> _Section:
    return [_line(key, _reference(column), column) for key, column in columns.items()]


def _words(words: MappingOf[str, str]) -> _Section:
    return [_line(key, quoted(value)) for key, value in words.items()]


def _titled(title: str, section: _Section, about: str | None = None) -> _Section:
    about = _ABOUT.get(title) if about is None else about
    said = [_Line(comment(about))] if about else []
    return [*said, _Line(title), *section] if section else []


def _valued(key: str, value: Value | None, *, plain: bool = False) -> _Section:
    """Return the line of a value; ``plain``: a number or a date, which stands without quotation marks."""
    if value is None:
        return []
    if not isinstance(value, FromColumn):
        return [_line(key, value if plain else quoted(value))]
    columns = f"column{'' if len(value.columns) == 1 else 's'} = {_columns(value.columns)}"
    values = f", values = {_inline(value.values)}" if value.values else ""
    return [_line(key, f"{{ {columns}{values} }}", *value.columns)]


def _only(only: MappingOf[Reference, tuple[str, ...]]) -> _Section:
    conditions = [f"{{ column = {_reference(column)}, is = {_list(words)} }}" for column, words in only.items()]
    return [_line("only", f"[{', '.join(conditions)}]", *only)] if only else []


def _layout(mapping: Mapping) -> _Section:
    layout = mapping.layout
    texts = {
        "sheet": layout.sheet,
        "encoding": layout.encoding,
        "separator": layout.separator,
        "decimal_mark": layout.decimal_mark,
        "records": layout.records,
    }
    header = [] if layout.header is None else [_line("header", str(layout.header))]
    return [*header, *_words({key: text for key, text in texts.items() if text is not None}), *_only(layout.only)]


def _vote(vote: Vote) -> list[_Section]:
    percentages = {f"{one.figure}/{one.base}": one.column for one in reversed(vote.percentages)}
    head = [
        *_valued("election", vote.election),
        *_valued("round", vote.round, plain=True),
        *_valued("date", vote.date, plain=True),
        *(_valued("contest", vote.contest) if vote.contest != AUTO else []),
        *_only(vote.only),
    ]
    return [
        _titled("[[vote]]", head),
        _titled("[vote.ballots]", _named(vote.ballots)),
        _titled("[vote.percentages]", _named(dict(reversed(percentages.items())))),
        *_candidates(vote.candidates),
        *(_entry(entry, first=not place) for place, entry in enumerate(vote.candidates.entries)),
    ]


def _candidates(candidates: Candidates) -> list[_Section]:
    if candidates.layout not in ("rows", "blocks"):
        return []
    repeat = [] if candidates.repeat is None else [_line("repeat", str(candidates.repeat))]
    fields = [_line(name, _columns(columns), *columns) for name, columns in candidates.fields.items()]
    added = [_line("lines_added", "true")] if candidates.lines_added else []
    return [
        _titled(
            "[vote.candidates]",
            [_line("layout", quoted(candidates.layout)), *repeat, *fields, *added],
            _ABOUT_CANDIDATES[candidates.layout],
        ),
        _titled("[vote.candidates.figures]", _words(candidates.figures)),
        _titled("[vote.candidates.names]", _words(candidates.names)),
    ]


def _entry(entry: Entry, *, first: bool) -> _Section:
    constants = {"name": entry.name, "label": entry.label, "list": entry.list, "number": entry.number}
    said = _words({key: text for key, text in constants.items() if text is not None})
    return _titled(
        "[[vote.candidate]]", [*said, *_named(entry.columns)], _ABOUT_CANDIDATES["columns"] if first else None
    )


def _with_comments(section: _Section, said: MappingOf[Reference, str]) -> list[str]:
    width = max((len(line.text) for line in section if line.columns and len(line.text) <= _WIDEST), default=0)
    lines = []
    for line in section:
        remarks = [said[column] for column in line.columns if column in said]
        lines.append(f"{line.text:{width}}  {comment(' | '.join(remarks))}" if remarks else line.text)
    return lines
