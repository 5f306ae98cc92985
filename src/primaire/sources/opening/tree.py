"""JSON to one sheet of text: a list of records, what is nested in them under dotted headers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeGuard

from primaire.errors import Problem, SourceError
from primaire.messages import Message, msg
from primaire.sources.opening.sheet import Sheet, text_of
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.sources.opening.content import Content

_SPACE: Final = " \t\r\n"
_PLAIN: Final = frozenset((str, bool, type(None)))
"""What is no object and no list: numbers are read as their digits."""

Path = tuple[str, ...]
"""The dotted names of lists, each as seen from the records of the one before: ``("results", "candidates")``."""


def is_json(data: bytes) -> bool:
    """Return whether bytes are JSON or JSON Lines, by what they begin with: ``{`` or ``[``.

    >>> is_json(b' {"records": []}'), is_json(b"a;b")
    (True, False)
    """
    return data[:256].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"{", b"["))


def read_json(content: Content, records: str | None = None) -> Sheet:
    """Return a list of records as a table: the headers, then a row per record.

    Objects inside a record are flattened to dotted headers (``fields.inscrits``). One list of objects inside a record is
    expanded to one row each, its headers after the list's name (``candidates.voix``), the record's own fields repeated;
    so are the fields around the list of records. Lists of plain values are joined by commas; other lists are left out,
    and a remark names them. Numbers keep their digits; null is ``""``.

    Args:
        content: JSON, or JSON Lines.
        records: where the records are: ``results[].candidates[]``, ``data.records``, ``[]`` for a file that is a list. By
            default, the list that makes most rows; inside the list that is named, the longest.

    Raises:
        SourceError: malformed JSON, with its line and column; no list of that name, or no record at all.
    """
    document = _document(content)
    table = _Table()
    table.expand(document, _chosen(content, _lists(document), records), {}, None)
    if not table.headers:
        raise SourceError(
            msg("“{name}” is JSON, but holds no record: no object with fields.", name=content.name),
            remedy=msg("Name a file with a list of objects, one for each place or candidate."),
        )
    return table.sheet()


def _document(content: Content) -> object:
    """Return the value that a file holds; of several, as in JSON Lines, the list of them."""
    try:
        text = content.plain.decode(json.detect_encoding(content.plain))
        values = list(_values(text.removeprefix("\ufeff")))
    except UnicodeDecodeError as error:
        raise _malformed(content, msg("byte {byte} cannot be read as text", byte=error.start), None) from error
    except json.JSONDecodeError as error:
        reason = msg("column {column}: {reason}", column=error.colno, reason=error.msg)
        raise _malformed(content, reason, error.lineno) from error
    except RecursionError as error:
        raise _malformed(content, msg("nested too deeply"), None) from error
    return values[0] if len(values) == 1 else values


def _values(text: str) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None)
    end = len(text)
    start = end - len(text.lstrip(_SPACE))
    while start < end:
        value, start = decoder.raw_decode(text, start)
        yield value
        while start < end and text[start] in _SPACE:
            start += 1


def _malformed(content: Content, reason: Message, line: int | None) -> SourceError:
    return SourceError(
        msg("“{name}” is JSON that is malformed or cut short.", name=content.name),
        remedy=msg("Download or copy it again."),
        problems=(Problem(reason, content.name, line),),
    )


def _lists(document: object) -> dict[Path, int]:
    """Return the paths of all lists of objects, with the number of rows that each makes."""
    found: dict[Path, int] = {}

    def visit(value: object, outer: Path, name: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                visit(inner, outer, f"{name}.{key}" if name else key)
        elif _is_records(value):
            path = (*outer, name)
            found[path] = found.get(path, 0) + len(value)
            for record in value:
                if not (isinstance(record, dict) and _PLAIN.issuperset(map(type, record.values()))):
                    visit(record, path, "")

    visit(document, (), "")
    return found


def _chosen(content: Content, lists: dict[Path, int], records: str | None) -> Path:
    """Return the path of the list to read, down to the longest inside it; () for a file that is one single record."""
    if records is None:
        # Where two make as many rows, the inner one has the fields of both.
        asked = max(lists, key=lambda path: (lists[path], len(path)), default=())
    else:
        asked = tuple(part.strip(".") for part in records.removesuffix("[]").split("[]"))
    if records is not None and asked not in lists:
        known = [_spelled(path) for path in lists]
        raise SourceError(
            msg("“{name}” has no list of records “{records}”.", name=content.name, records=records),
            expected=msg("The lists in it are: {known}.", known=known) if known else None,
            remedy=did_you_mean(records, known),
        )
    inside = [path for path in lists if len(path) == len(asked) + 1 and path[:-1] == asked]
    return max(inside, key=lists.__getitem__, default=asked) if asked else asked


def _spelled(path: Path) -> str:
    return ".".join(f"{name}[]" for name in path)


def _is_records(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


@dataclass
class _Table:
    """The rows while they are made. Headers stand in the order in which they are first seen."""

    headers: dict[str, None] = field(default_factory=dict)
    records: list[dict[str, str]] = field(default_factory=list)
    lists: dict[str, None] = field(default_factory=dict)
    hidden: dict[str, None] = field(default_factory=dict)

    def expand(self, value: object, path: Path, around: dict[str, str], prefix: str | None) -> None:
        """Add the rows of the list at the end of a path, with what stands around it on each of them.

        ``prefix`` goes before the headers of ``value``; None for the whole document, whose records need none either.
        """
        fields = self.flat(value, prefix or "", path[0] if path else None)
        if not fields.keys().isdisjoint(around):
            self.hidden |= dict.fromkeys(name for name in fields if name in around)
        here = around | fields
        records = _at(value, path[0]) if path else []
        if not records:
            if not self.headers.keys() >= here.keys():
                self.headers |= dict.fromkeys(here)
            self.records.append(here)
        for record in records:
            self.expand(record, path[1:], here, "" if prefix is None else f"{prefix}{path[0]}.")

    def flat(self, value: object, prefix: str, expanded: str | None) -> dict[str, str]:
        """Return the headers and cells of an object: at once where it holds plain values only, as most records do."""
        if isinstance(value, dict) and _PLAIN.issuperset(map(type, value.values())):
            cells = [cell if type(cell) is str else text_of(cell) for cell in value.values()]
            return dict(zip([prefix + key for key in value] if prefix else value, cells, strict=True))
        return dict(self.fields(value, prefix, expanded))

    def fields(self, value: object, prefix: str, expanded: str | None) -> Iterator[tuple[str, str]]:
        """Yield the headers and cells of an object. Lists that make no cell are noted, but for the one expanded."""
        for key, inner in value.items() if isinstance(value, dict) else ():
            deeper = expanded.removeprefix(f"{key}.") if expanded and expanded.startswith(f"{key}.") else None
            if isinstance(inner, dict):
                yield from self.fields(inner, f"{prefix}{key}.", deeper)
            elif not isinstance(inner, list):
                yield f"{prefix}{key}", text_of(inner)
            elif any(isinstance(item, (dict, list)) for item in inner):
                self.lists |= {} if key == expanded else {f"{prefix}{key}": None}
            elif inner:
                yield f"{prefix}{key}", ", ".join(map(text_of, inner))

    def sheet(self) -> Sheet:
        names = list(self.headers)
        rows = [names]
        for record in self.records:
            # Most records have all fields, in one order.
            same = len(record) == len(names) and list(record) == names
            rows.append(list(record.values()) if same else [record.get(name, "") for name in names])
        lists = msg("left out, being lists inside the records: {names}", names=list(self.lists))
        hidden = msg("left out around the records, which have fields of that name: {names}", names=list(self.hidden))
        remarks = [remark for remark, names in ((lists, self.lists), (hidden, self.hidden)) if names]
        return Sheet(rows, remarks=tuple(remarks))


def _at(value: object, name: str) -> list[object]:
    """Return the objects of the list that a dotted name leads to; none where it leads to no list."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)] if not name else []
    if not isinstance(value, dict):
        return []
    if isinstance(value.get(name), list):
        return _at(value[name], "")
    return next(
        (_at(inner, name.removeprefix(f"{key}.")) for key, inner in value.items() if name.startswith(f"{key}.")), []
    )
