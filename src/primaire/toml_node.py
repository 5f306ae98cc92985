"""A TOML file that a person wrote, taken apart key by key, every problem with the line on which it stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from primaire.errors import NameUnknownError, Problem, SourceError
from primaire.matching import closest
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

KeyPath = tuple[str | int, ...]

_AT_LINE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")


@dataclass
class Document:
    """A file while it is read: where its keys stand, and what was wrong so far."""

    name: str
    text: str
    nodes: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    misnamed: bool = False

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """The line of each key: looked for when something is wrong, since that takes longer than reading."""
        return lines_of(self.text)

    def refuse(self, path: KeyPath, reason: Message, value: object = None, *, misnamed: bool = False) -> None:
        """Note a problem. ``misnamed``: it is a name that does not exist."""
        known = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)
        line = None if known is None else self.lines[known]
        key = ".".join(part for part in path if isinstance(part, str)) or None
        shown = None if value is None or isinstance(value, (dict, list)) else str(value)
        self.problems.append(Problem(reason, self.name, line, key, shown))
        self.misnamed = self.misnamed or misnamed

    def refuse_unknown(self) -> None:
        """Refuse every key that nobody asked for so far."""
        for node in self.nodes:
            node.refuse_rest()

    def finish(self, seen: Message, remedy: Message) -> None:
        """Refuse every key that nobody asked for. Raises NameUnknownError or SourceError if anything was wrong."""
        self.refuse_unknown()
        if self.problems:
            self.problems.sort(key=lambda problem: problem.line or 0)
            kind = NameUnknownError if self.misnamed else SourceError
            raise kind(seen, remedy=remedy, problems=tuple(self.problems))


@dataclass
class Node:
    """A table of the file. Whoever reads it takes the keys it knows; what is left at the end is unknown.

    A key that is not there is empty: None, an empty text, table or list. A value of another kind than asked for is a
    problem, and empty.
    """

    document: Document
    path: KeyPath
    cells: dict[str, Any]
    known: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.document.nodes.append(self)

    def refuse(self, key: str, reason: Message, value: object = None, *, misnamed: bool = False) -> None:
        """Note a problem with a key of this table, or with the table itself where the key is empty."""
        self.document.refuse((*self.path, key) if key else self.path, reason, value, misnamed=misnamed)

    def refuse_rest(self) -> None:
        for key in self.cells:
            near = closest(key, self.known)
            reason = (
                msg("unknown key; did you mean “{near}”?", near=near)
                if near
                else msg("unknown key; the keys here are: {keys}", keys=self.known)
            )
            self.refuse(key, reason, misnamed=True)
        self.cells = {}

    def take(self, key: str) -> Any:
        """Return the value of a key, whatever it is; None where there is none."""
        self.known.append(key)
        return self.cells.pop(key, None)

    def text(self, key: str) -> str | None:
        """Return a text that is not blank."""
        value = self.take(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.refuse(key, msg("write a text in quotation marks"), value)
        return None

    def word(self, key: str, words: Iterable[str]) -> str | None:
        """Return a text that is one of some words."""
        found = self.text(key)
        return found if found is None or self.is_one_of(key, found, words) else None

    def is_one_of(self, key: str, value: str, words: Iterable[str]) -> bool:
        """Tell whether a value is one of some words, and refuse it if it is not."""
        words = list(words)
        if value in words:
            return True
        near = closest(value, words)
        reason = (
            msg("is not known here; did you mean “{near}”?", near=near)
            if near
            else msg("is not one of: {words}", words=words)
        )
        self.refuse(key, reason, value, misnamed=True)
        return False

    def number(self, key: str, least: int) -> int | None:
        """Return a whole number, at least ``least``."""
        value = self.take(key)
        if value is None or (type(value) is int and value >= least):
            return value
        self.refuse(key, msg("write a whole number, {least} or more", least=least), value)
        return None

    def flag(self, key: str) -> bool:
        """Return whether a key is there and true."""
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.refuse(key, msg("write true or false"), value)
        return False

    def constant(self, key: str) -> str | None:
        """Return a text, number or date as text: what stands for itself."""
        value = self.cells.get(key)
        if type(value) in (int, date):
            return str(self.take(key))
        return self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, of which some may be empty."""
        value = self.take(key)
        if value is None:
            return ()
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.refuse(key, msg('write a list of texts, like ["one", "two"]'), value)
        return ()

    def table(self, key: str) -> Node:
        """Return a table inside this one."""
        value = self.take(key)
        if value is not None and not isinstance(value, dict):
            self.refuse(key, msg('write a table, like {{ key = "value" }} or [{key}]', key=key), value)
        return Node(self.document, (*self.path, key), value if isinstance(value, dict) else {})

    def tables(self, key: str) -> list[Node]:
        """Return a list of tables inside this one."""
        value = self.take(key)
        if value is None:
            return []
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return [Node(self.document, (*self.path, key, place), item) for place, item in enumerate(value)]
        self.refuse(key, msg("is a list of tables; each begins with two brackets: [[{key}]]", key=key))
        return []

    def free(self) -> dict[str, str]:
        """Return all keys of a table whose keys are the user's own, with their texts."""
        return {key: text for key in list(self.cells) if (text := self.constant(key)) is not None}


def read_toml(text: str, name: str) -> Node:
    """Return the outermost table of a TOML file. Raises SourceError, with the line, for what is no TOML."""
    try:
        cells = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place and place[1] else None
        reason = _AT_LINE.sub("", str(error))
        raise SourceError(
            msg("“{name}” is not valid TOML.", name=name),
            remedy=msg(
                "Texts stand in quotation marks, lists in brackets: docs/mappings.md and docs/rules.md show whole files."
            ),
            problems=(Problem(msg("{reason}", reason=reason), name, line),),
        ) from error
    return Node(Document(name, text), (), cells)


def lines_of(text: str) -> dict[KeyPath, int]:
    """Return the line on which each key and table of a TOML file stands (1 is the first).

    A key inside a value that runs over several lines has no line of its own.

    >>> lines_of("mapping = 1\\n[[vote]]\\nround = 1\\n[vote.ballots]\\nvoters = 'Votants'")[("vote", 0, "ballots", "voters")]
    5
    """
    lines: dict[KeyPath, int] = {}
    lists: dict[KeyPath, int] = {}
    above: KeyPath = ()
    for number, line in enumerate(text.split("\n"), start=1):
        found = _on_one_line(line)
        if line.lstrip().startswith("["):
            above = _header(found, lists, opens=line.lstrip().startswith("[[")) if found else above
            lines.setdefault(above, number)
        else:
            _note(found, above, number, lines)
    return lines


def _on_one_line(line: str) -> dict[str, Any]:
    """Return what a line says by itself, or else its key: its value may go on below."""
    for part in (line, f"{line.partition('=')[0]} = 0"):
        try:
            return tomllib.loads(part)
        except tomllib.TOMLDecodeError:
            continue
    return {}


def _header(found: dict[str, Any], lists: dict[KeyPath, int], *, opens: bool) -> KeyPath:
    """Return the path of the table that a header begins; of a list of tables, the one that was opened last."""
    path: KeyPath = ()
    inside: Any = found
    while inside:
        if isinstance(inside, list):
            inside = inside[0]
            continue
        ((key, inside),) = inside.items()
        path = (*path, key)
        if opens and isinstance(inside, list):
            lists[path] = lists.get(path, -1) + 1
        if path in lists:
            path = (*path, lists[path])
    return path


def _note(found: dict[str, Any], above: KeyPath, number: int, lines: dict[KeyPath, int]) -> None:
    for key, value in found.items():
        lines.setdefault((*above, key), number)
        if isinstance(value, dict):
            _note(value, (*above, key), number, lines)
