"""What stands on a page, in order and without a language: chapters of sentences and tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from primaire.messages import Message
from primaire.provenance import Provenance
from primaire.table import Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style

Manner = Literal["", "lead", "quiet", "warning"]
"""How a sentence stands out: not at all, as what to read first, as a remark, as what one must not overlook."""


@dataclass(frozen=True)
class Said:
    """Sentences, one paragraph each."""

    sentences: tuple[Message, ...]
    manner: Manner = ""


@dataclass(frozen=True)
class Shown:
    """A table, and what goes with it.

    Attributes:
        table: its sections are shown one after the other, with their notes; its own title is not.
        caption: what it is called on the page.
        picture: what draws what is to be seen first.
        key_figures: whether the figures that its rows share lead, as figures of the whole round.
        headed: whether a section has its title above it, even where it is the only one.
        leads: whether each section's sentence is shown.
        linked: name of the column whose cells lead to their explanation.
    """

    table: Table
    caption: Message
    picture: Callable[[Style], Picture] | None = None
    key_figures: bool = False
    headed: bool = False
    leads: bool = True
    linked: str | None = None


@dataclass(frozen=True)
class Drawn:
    """Pictures without a table of their own, each as wide as the page has room for."""

    pictures: tuple[Callable[[Style], Picture], ...]


@dataclass(frozen=True)
class Listed:
    """Sentences, one item each."""

    items: tuple[Message, ...]


@dataclass(frozen=True)
class Explained:
    """Words that tables lead to, each with what it means: the id is the word."""

    words: tuple[tuple[str, tuple[Message, ...]], ...]


@dataclass(frozen=True)
class Folded:
    """What is opened on demand."""

    summary: Message
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Detail:
    """One of many contests: what it is called, and the sections of the table that are its rounds."""

    summary: Message
    sections: tuple[int, ...]


@dataclass(frozen=True)
class Details:
    """Many contests, each opened on demand, as far as the page has room."""

    table: Table
    contests: tuple[Detail, ...]


Block = Said | Shown | Drawn | Listed | Explained | Folded | Details


@dataclass(frozen=True)
class Chapter:
    """A part of the page with a heading of its own. ``key`` is its id, ``short`` what leads to it, if not its title."""

    key: str
    title: Message
    blocks: tuple[Block, ...]
    chapters: tuple[Chapter, ...] = ()
    short: Message | None = None


@dataclass(frozen=True)
class Headline:
    """What one vote says in one sentence: the vote, that sentence, what to know of it, and the chapter that has the rest."""

    title: Message
    lead: Message
    remark: Message | None = None
    key: str | None = None


@dataclass(frozen=True)
class Page:
    """A whole page."""

    title: Message
    subtitle: Message | None
    headlines: tuple[Headline, ...]
    warning: Message | None
    chapters: tuple[Chapter, ...]


def bare(table: Table) -> Table:
    """Return a table without the account of its sources, which the page gives once."""
    return replace(table, provenance=Provenance())


def unrepeated(table: Table, said: Iterable[Message]) -> Table:
    """Return a table without the notes that the page has already."""
    known = {str(message) for message in said}

    def make(place: int, start: int, stop: int) -> Section:
        section = table.parts()[place]
        notes = tuple(note for note in section.notes if str(_gist(note)) not in known)
        return replace(section, start=start, stop=stop, notes=notes)

    sections: Sequence[Section] = Sections([section.stop for section in table.parts()], make)
    return replace(table, sections=sections, notes=tuple(note for note in table.notes if str(note) not in known))


def _gist(note: Message) -> Message:
    """Return a note without the round that it is said of."""
    held = note.values.get("note")
    return held if isinstance(held, Message) else note


def pictured(kind: str, table: Table) -> Callable[[Style], Picture]:
    """Return what draws the picture of a table, of a kind of :data:`primaire.charts.KINDS`."""

    def drawn(style: Style) -> Picture:
        from primaire.charts import draw

        return draw(table, style, kind)

    return drawn


def hidden(table: Table, *names: str) -> Table:
    """Return a table in which people do not see some columns."""
    columns = tuple(replace(one, place="hidden") if one.name in names else one for one in table.columns)
    return replace(table, columns=columns)


def latest_first(table: Table) -> Table:
    """Return a table whose sections, each of one round, begin with the last round; those without rows have none."""
    rounds = table.frame["round"].tolist()
    held = [section for section in table.parts() if section.stop > section.start]
    sections = sorted(held, key=lambda section: -rounds[section.start])
    return replace(table, sections=tuple(sections))


def noted(table: Table, notes: tuple[Message, ...]) -> Table:
    """Return a table of one section with these notes alone, as a picture has them."""
    return replace(table, notes=(), sections=tuple(replace(section, notes=notes) for section in table.parts()))


def came(table: Table) -> Table:
    """Return an answer of turnout as narrow as it may be: without days, which stand above, without abstention, which is
    what turnout is not, and without what is known of no round."""
    unknown = [name for name in ("registered", "turnout", "blank_null") if table.frame[name].isna().all()]
    apart = ["blank_null"] if table.frame["blank"].notna().any() else []
    return hidden(table, "date", "abstention", *unknown, *apart)
