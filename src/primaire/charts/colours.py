"""Who is drawn in which colour: a file of the user's, then what parties are known by, then the palette in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from primaire.charts.inks import OTHERS, PALETTE, Ink
from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_HEADINGS: Final = {
    "name": ("name", "nom", "candidate", "candidat", "label", "nuance", "party", "parti", "list", "liste"),
    "colour": ("color", "colour", "couleur"),
    "dark": ("dark", "sombre"),
}
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True)
class Colours:
    """The colours of names, which are compared without case and accents.

    Attributes:
        own: those that the user gave.
    """

    own: Mapping[str, Ink] = field(default_factory=dict)

    def known(self, name: str, label: str | None = None) -> Ink | None:
        """Return the colour of a candidate or a party; None where nothing says one.

        What the user says of the name comes first, then of the label; then what the label is known by, then the name.
        """
        own = next((self.own[key] for key in map(fold, filter(None, (name, label))) if key in self.own), None)
        if own is not None:
            return own
        party = _party(name, label)
        return None if party is None else party.ink

    def of(
        self, people: Iterable[tuple[str, str | None]], given: Mapping[str, Ink] = MappingProxyType({})
    ) -> dict[str, Ink]:
        """Return a colour for each name, given with its label: its own, else the next of the palette, then grey.

        A colour of the palette that somebody is known by is left to them. Who was ``given`` a colour of the palette in
        another panel keeps it.
        """
        kept = {name: ink for name, ink in given.items() if ink != OTHERS}
        found = {name: self.known(name, label) or kept.get(name) for name, label in people}
        taken = {ink for ink in found.values() if ink is not None}
        free = iter([ink for ink in PALETTE if ink not in taken])
        return {name: ink if ink is not None else next(free, OTHERS) for name, ink in found.items()}

    def well_known(self, people: Sequence[tuple[str, str | None]]) -> dict[str, Ink]:
        """Return the own colours of names, grey for the others; nothing where no more than half have one.

        For pictures that tell names apart by their labels: a colour there says a party, or nothing. One that the user gave
        is never nothing: it may be there to pick a single name out.
        """
        found = {name: self.known(name, label) for name, label in people}
        asked = any(fold(word) in self.own for person in people for word in person if word)
        if not asked and 2 * sum(ink is not None for ink in found.values()) <= len(found):
            return {}
        return {name: OTHERS if ink is None else ink for name, ink in found.items()}


def read_colours(source: str | Path) -> Colours:
    """Read a table of names and colours: ``name,color`` and, for dark paper, ``dark``; colours as ``#c2255c``.

    Names are those of candidates, lists, parties or nuances. Commas, semicolons or tabs.

    Raises:
        SourceError: the file cannot be read, its first line does not name the columns, or a line has no name or no
            colour. All lines that are wrong are listed.
    """
    from primaire.sources.opening.content import open_content
    from primaire.sources.own.text import read_grid

    grid = read_grid(open_content(source))
    at = _columns(grid.header.cells)
    if at is None:
        raise SourceError(
            msg("“{name}” does not say which colours names have.", name=str(source)),
            expected=msg(
                "Its first line names the columns: name and color. It holds: {cells}.", cells=grid.header.cells
            ),
        )
    found, problems = {}, []
    for row in grid.rows:
        name, light, dark = (
            row.cells[place].strip() if place is not None and place < len(row.cells) else "" for place in at
        )
        inks = [_hex(light), _hex(dark or light)]
        if name and None not in inks:
            found[fold(name)] = Ink(*(ink for ink in inks if ink is not None))
        else:
            problems.append(Problem(msg("a line needs a name and a colour such as #c2255c"), str(source), row.line))
    if problems or not found:
        raise SourceError(
            msg("“{name}” does not say which colours names have.", name=str(source)),
            expected=msg(
                "A line holds a name, its colour and, if that is another on dark paper, that one: Hamon,#c2255c"
            ),
            problems=tuple(problems),
        )
    return Colours(found)


def _columns(header: Sequence[str]) -> tuple[int, int, int | None] | None:
    words = [fold(cell) for cell in header]
    name, colour, dark = (
        next((at for at, word in enumerate(words) if word in known), None) for known in _HEADINGS.values()
    )
    return None if name is None or colour is None else (name, colour, dark)


def _hex(word: str) -> str | None:
    found = _HEX.fullmatch(word)
    if found is None:
        return None
    digits = found[1].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)  # noqa: PLR2004  #rrggbb


class _Party(NamedTuple):
    """A line of ``parties.csv``: a colour, and a seat counted from the left, None where there is none by convention."""

    ink: Ink
    bench: int | None


def bench(name: str, label: str | None = None) -> int | None:
    """Return where the party of a candidate or list sits, counted from the left; None where it is not known.

    >>> bench("Liste citoyenne", "LEXG"), bench("X", "LR") > bench("X", "SOC"), bench("Liste citoyenne")
    (0, True, None)
    """
    party = _party(name, label)
    return None if party is None else party.bench


def _party(name: str, label: str | None) -> _Party | None:
    """Return the party of a label, by its code or name; else of a candidate's name.

    A list may be called as a party is coded, or by a word of its name (Ensemble, Renaissance): codes are those of labels alone.
    """
    codes, names = _parties()
    for key, tables in ((label, (codes, names)), (name, (names,))):
        found = next((table[fold(key)] for table in tables if fold(key) in table), None) if key else None
        if found is not None:
            return found
    return None


@cache
def _parties() -> tuple[dict[str, _Party], dict[str, _Party]]:
    """Return French parties by their codes, and by their names and those of who stood for President: ``parties.csv``."""
    codes: dict[str, _Party] = {}
    names: dict[str, _Party] = {}
    for line in files("primaire.charts").joinpath("parties.csv").read_text("utf-8").splitlines()[1:]:
        light, dark, place, coded, named = line.split(",")
        party = _Party(Ink(light, dark), int(place) if place else None)
        codes.update({fold(code): party for code in coded.split("|")})
        names.update({fold(name): party for name in named.split("|") if name})
    return codes, names
